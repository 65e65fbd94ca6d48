/// A walk over a graph, nearest first: each node is reached once, whatever paths lead to it, and the walk ends even where
/// the graph has a cycle.
///
/// All walks over what refers to one another in the catalog go through it. It never recurses, so that no chain in a
/// history is too long for the stack.
package struct Walk<Neighbors: Sequence> where Neighbors.Element: Hashable {
  package typealias Node = Neighbors.Element

  /// Every node reached so far, the start first.
  private var reached: [Node]
  private var isReached: Set<Node>
  /// The neighbors of the node before ``position`` that were not looked at yet: a node may have thousands.
  private var neighbors: Neighbors.Iterator?
  /// The position in ``reached`` of the node whose neighbors are looked at next.
  private var position = 0

  package init(from start: Node) {
    reached = [start]
    isReached = [start]
  }

  /// The next node besides the start; `nil` when all are reached.
  package mutating func next(_ neighborsOf: (Node) -> Neighbors) -> Node? {
    while true {
      while let node = neighbors?.next() {
        guard isReached.insert(node).inserted else { continue }
        reached.append(node)
        return node
      }
      guard position < reached.count else { return nil }
      neighbors = neighborsOf(reached[position]).makeIterator()
      position += 1
    }
  }

  /// All nodes besides the start.
  package static func nodes(from start: Node, _ neighborsOf: (Node) -> Neighbors) -> [Node] {
    var walk = Walk(from: start)
    while walk.next(neighborsOf) != nil {}
    return Array(walk.reached.dropFirst())
  }
}
