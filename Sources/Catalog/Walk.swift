/// A walk over a graph, nearest first: each node is reached once, whatever paths lead to it, and the walk ends even where
/// the graph has a cycle.
///
/// All walks over what refers to one another in the catalog go through it. It never recurses, so that no chain in a
/// history is too long for the stack.
package struct Walk<Node: Hashable> {
  /// Every node reached so far, the start first.
  private var reached: [Node]
  private var isReached: Set<Node>
  /// The position in ``reached`` of the node whose neighbors are looked at next.
  private var position = 0
  /// The position in ``reached`` of the node that ``next(_:)`` gives next.
  private var given = 1

  package init(from start: Node) {
    reached = [start]
    isReached = [start]
  }

  /// The next node besides the start; `nil` when all are reached.
  package mutating func next(_ neighbors: (Node) -> [Node]) -> Node? {
    while given == reached.count, position < reached.count {
      for node in neighbors(reached[position]) where isReached.insert(node).inserted { reached.append(node) }
      position += 1
    }
    guard given < reached.count else { return nil }
    defer { given += 1 }
    return reached[given]
  }

  /// All nodes besides the start.
  package static func nodes(from start: Node, _ neighbors: (Node) -> [Node]) -> [Node] {
    var walk = Walk(from: start)
    var nodes: [Node] = []
    while let node = walk.next(neighbors) { nodes.append(node) }
    return nodes
  }
}
