/// Many patterns at once: what several begin with is looked at once, so that thousands of patterns cost a path little
/// more than one does.
///
/// A path is read scalar by scalar, and the places that it may have reached in the patterns are kept side by side. Nothing
/// is tried again, so no pattern can take more steps than its length times that of the path.
struct PatternTree: Sendable {
  private struct Node {
    var scalars: [Unicode.Scalar: Int] = [:]
    var classes: [Glob.Element: Int] = [:]
    /// The place in which `*` stays, however much it takes.
    var star: Int?
    /// The place at the start of the component that follows.
    var component: Int?
    /// The place in which `**` stays, however many components it takes.
    var folders: Int?
    var isStar = false
    var isFolders = false
    /// Whether a pattern ends here.
    var isEnd = false
    /// The place before it; the root's is the root.
    var previous = PatternTree.root

    /// Whether one place alone follows.
    var isPassage: Bool {
      let others = [star, component, folders].count { $0 != nil }
      return !isEnd && scalars.count + classes.count + others == 1
    }
  }

  private static let root = 0
  private var nodes = [Node()]
  /// Whether a pattern holds nothing but `**`.
  private var coversAll = false
  /// Whether a pattern holds nothing else either.
  private var coversNothingness = false

  var isEmpty: Bool { nodes.count == 1 && !coversAll && !coversNothingness }

  mutating func insert(_ components: [PathPattern.Component]) {
    // A folder that matches is left out with all that is in it: `**` at the end adds nothing.
    let end = components.lastIndex { $0 != .anyNumber }.map { $0 + 1 } ?? 0
    guard end > 0 else {
      coversNothingness = true
      coversAll = coversAll || !components.isEmpty
      return
    }
    var place = Self.root
    for (index, component) in components[..<end].enumerated() {
      switch component {
      case .anyNumber:
        if !nodes[place].isFolders { place = child(of: place, \.folders) { $0.isFolders = true } }
      case .glob(let glob):
        for element in glob.elements { place = child(of: place, element) }
        if index + 1 < end { place = child(of: place, \.component) }
      }
    }
    nodes[place].isEnd = true
  }

  private mutating func child(of place: Int, _ element: Glob.Element) -> Int {
    switch element {
    case .anyNumber: child(of: place, \.star) { $0.isStar = true }
    case .scalar(let scalar): child(of: place, \.scalars[scalar])
    case .any, .oneOf: child(of: place, \.classes[element])
    }
  }

  private mutating func child(
    of place: Int,
    _ path: WritableKeyPath<Node, Int?>,
    _ prepare: (inout Node) -> Void = { _ in }
  ) -> Int {
    if let known = nodes[place][keyPath: path] { return known }
    var node = Node()
    node.previous = place
    prepare(&node)
    nodes[place][keyPath: path] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }

  /// Whether the path, or a folder that it is in, matches a pattern.
  func covers(_ path: PathComponents.SubSequence) -> Bool {
    guard !path.isEmpty else { return coversNothingness }
    if coversAll { return true }
    var starts: Set = [Self.root]
    var surpassed: Set<Int> = []
    for component in path {
      let reached = starts.compactMap { nodes[$0].folders }
      for place in reached where !surpassed.contains(place) && starts.insert(place).inserted {
        if let earlier = placeSurpassed(by: place) {
          starts.remove(earlier)
          surpassed.insert(earlier)
        }
      }
      let ends = component.reduce(withStars(starts), places)
      if ends.contains(where: { nodes[$0].isEnd }) { return true }
      starts = Set(ends.compactMap { nodes[$0].component }).union(starts.filter { nodes[$0].isFolders })
      if starts.isEmpty { return false }
    }
    return false
  }

  /// Where the places lead with one scalar more.
  private func places(from places: Set<Int>, with scalar: Unicode.Scalar) -> Set<Int> {
    var reached: Set<Int> = []
    for place in places {
      let node = nodes[place]
      if node.isStar { reached.insert(place) }
      if let next = node.scalars[scalar] { reached.insert(next) }
      for (element, next) in node.classes where element.matches(scalar) { reached.insert(next) }
    }
    return withStars(reached)
  }

  /// With those behind a `*` that takes nothing.
  private func withStars(_ places: Set<Int>) -> Set<Int> { places.union(places.compactMap { nodes[$0].star }) }

  /// The last `**` before a place of `**`, where nothing but that place can be reached from it: what the earlier one
  /// would match, the later one can match as well.
  private func placeSurpassed(by place: Int) -> Int? {
    var earlier = nodes[place].previous
    while earlier != Self.root, nodes[earlier].isPassage {
      if nodes[earlier].isFolders { return earlier }
      earlier = nodes[earlier].previous
    }
    return nil
  }
}
