/// A glob pattern of paths that are left out.
///
/// `*` and `?` stay within a component, `**` spans any number of them, `[a-z]` and `[!a-z]` are classes. A pattern
/// without a slash matches a name in any folder; one with a slash counts from the folder it was written in, or matches
/// the path as the user gave it. A folder that matches is left out with all that is in it.
package struct PathPattern: Hashable, Sendable {
  package let text: String
  fileprivate let isAbsolute: Bool
  fileprivate let components: [Component]

  enum Component: Hashable, Sendable {
    case anyNumber
    case glob(Glob)
  }

  package init(_ text: String) {
    self.text = text
    isAbsolute = text.hasPrefix("/")
    let parts = text.split(separator: "/").filter { $0 != "." }
    let isName = !isAbsolute && parts.count == 1 && !text.dropLast().contains("/")
    components = (isName ? [.anyNumber] : []) + parts.map { $0 == "**" ? .anyNumber : .glob(Glob($0)) }
  }
}

extension PathPattern {
  /// A pattern of nothing but one absolute path.
  package init(exactly path: RawPath) {
    self.init(path.text.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined())
  }
}

/// A path as the scalars of its components.
typealias PathComponents = [[Unicode.Scalar]]

/// The patterns of a run, and the folders that they are written for.
package struct Exclusions: Sendable {
  private let workingFolder: RawPath
  private var layers: [Layer] = []
  /// The patterns of the only files that are migrations; none where all are.
  private var inclusions: [Layer] = []
  /// Others that must leave a path out as well, as those of the branch that a change goes to.
  private var others: [Exclusions] = []

  private struct Layer {
    let folder: PathComponents
    var relative = PatternTree()
    var absolute = PatternTree()
  }

  /// No pattern yet. `workingFolder` is absolute.
  package init(workingFolder: RawPath) { self.workingFolder = workingFolder }

  /// Adds patterns. Those with a slash count from `folder`, which is absolute or counts from the working folder.
  package mutating func add(_ patterns: [PathPattern], writtenIn folder: RawPath) {
    guard !patterns.isEmpty else { return }
    layers.append(layer(patterns, in: folder))
  }

  /// Leaves out files that match none of these patterns either, which count as those do.
  package mutating func include(only patterns: [PathPattern], writtenIn folder: RawPath) {
    guard !patterns.isEmpty else { return }
    inclusions.append(layer(patterns, in: folder))
  }

  /// Leaves out only what the others leave out as well.
  package mutating func agree(with others: Exclusions) { self.others.append(others) }

  private func layer(_ patterns: [PathPattern], in folder: RawPath) -> Layer {
    var layer = Layer(folder: components(of: folder.absolute(from: workingFolder)))
    for pattern in patterns {
      if pattern.isAbsolute {
        layer.absolute.insert(pattern.components)
      } else {
        layer.relative.insert(pattern.components)
      }
    }
    return layer
  }

  /// Whether a folder, or a file that is no migration, is left out.
  package func cover(_ path: RawPath) -> Bool {
    !layers.isEmpty && cover(path, layers) && others.allSatisfy { $0.cover(path) }
  }

  /// Whether a file is left out that would be a migration otherwise.
  package func leaveOut(_ file: RawPath) -> Bool {
    guard !layers.isEmpty && cover(file, layers) || !inclusions.isEmpty && !cover(file, inclusions) else {
      return false
    }
    return others.allSatisfy { $0.leaveOut(file) }
  }

  private func cover(_ path: RawPath, _ layers: [Layer]) -> Bool {
    let absolute = components(of: path.absolute(from: workingFolder))
    let given = components(of: path)
    return layers.contains { layer in
      layer.relative.covers(given[...]) || layer.absolute.covers(absolute[...])
        || absolute.starts(with: layer.folder) && layer.relative.covers(absolute.dropFirst(layer.folder.count))
    }
  }

  private func components(of path: RawPath) -> PathComponents {
    path.bytes.split(separator: .slash).filter { !$0.elementsEqual(".".utf8) }
      .map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
  }
}

/// A pattern of one component of a path.
struct Glob: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case anyNumber
    case any
    case scalar(Unicode.Scalar)
    case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  let elements: [Element]

  init(_ text: Substring) {
    var elements: [Element] = []
    var rest = text.unicodeScalars[...]
    // Where one bracket is not closed, none behind it is: looking for its end again and again would take for ever.
    var closes = true
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": if elements.last != .anyNumber { elements.append(.anyNumber) }
      case "?": elements.append(.any)
      case "[":
        let element = closes ? Self.characterClass(in: &rest) : nil
        closes = element != nil
        elements.append(element ?? .scalar("["))
      case "\\": elements.append(.scalar(rest.popFirst() ?? "\\"))
      default: elements.append(.scalar(scalar))
      }
    }
    self.elements = elements
  }

  /// The class that follows a `[`; `nil` where no `]` closes it, so that the bracket stands for itself.
  private static func characterClass(in rest: inout Substring.UnicodeScalarView.SubSequence) -> Element? {
    var inner = rest
    let isNegated = inner.first == "!" || inner.first == "^"
    if isNegated { inner.removeFirst() }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while let low = inner.popFirst() {
      if low == "]", !ranges.isEmpty {
        rest = inner
        return .oneOf(ranges, isNegated: isNegated)
      }
      var high = low
      if inner.first == "-", let end = inner.dropFirst().first, end != "]" {
        high = end
        inner = inner.dropFirst(2)
      }
      ranges.append(min(low, high)...max(low, high))
    }
    return nil
  }
}

extension Glob.Element {
  func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .anyNumber: false
    case .any: true
    case .scalar(let own): own == scalar
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
