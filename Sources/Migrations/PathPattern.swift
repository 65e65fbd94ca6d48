/// A glob pattern of paths that are left out.
///
/// `*` and `?` stay within a component, `**` spans any number of them, `[a-z]` and `[!a-z]` are classes. A pattern
/// without a slash matches a name in any folder; one with a slash counts from the folder it was written in, or matches
/// the path as the user gave it. A folder that matches is left out with all that is in it.
package struct PathPattern: Hashable, Sendable {
  package let text: String
  private let isAbsolute: Bool
  private let components: [Component]

  private enum Component: Hashable, Sendable {
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

  /// Whether the path, or a folder that it is in, matches.
  fileprivate func matches(_ path: PathComponents, isAbsolute: Bool) -> Bool {
    guard self.isAbsolute == isAbsolute else { return false }
    return (1...max(path.count, 1)).contains { matchesWhole(path.prefix($0)) }
  }

  /// Goes back to the last `**` only: what an earlier one would match instead, the last one can match as well.
  private func matchesWhole(_ path: PathComponents.SubSequence) -> Bool {
    var index = 0
    var position = path.startIndex
    var retry: (index: Int, position: Int)?
    while position < path.endIndex {
      if index < components.count, case .anyNumber = components[index] {
        retry = (index, position)
        index += 1
      } else if index < components.count, case .glob(let glob) = components[index], glob.matches(path[position]) {
        index += 1
        position += 1
      } else if let last = retry {
        retry = (last.index, last.position + 1)
        index = last.index + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return components[index...].allSatisfy { $0 == .anyNumber }
  }
}

private typealias PathComponents = [[Unicode.Scalar]]

/// The patterns of a run, and the folders that they are written for.
package struct Exclusions: Sendable {
  private let workingFolder: RawPath
  private var layers: [(patterns: [PathPattern], folder: PathComponents)] = []

  /// No pattern yet. `workingFolder` is absolute.
  package init(workingFolder: RawPath) { self.workingFolder = workingFolder }

  /// Adds patterns. Those with a slash count from `folder`, which is absolute or counts from the working folder.
  package mutating func add(_ patterns: [PathPattern], writtenIn folder: RawPath) {
    guard !patterns.isEmpty else { return }
    layers.append((patterns, components(of: folder.absolute(from: workingFolder))))
  }

  package func cover(_ path: RawPath) -> Bool {
    guard !layers.isEmpty else { return false }
    let absolute = components(of: path.absolute(from: workingFolder))
    let given = components(of: path)
    return layers.contains { layer in
      let inside = absolute.starts(with: layer.folder) ? Array(absolute.dropFirst(layer.folder.count)) : nil
      return layer.patterns.contains { pattern in
        pattern.matches(given, isAbsolute: false) || pattern.matches(absolute, isAbsolute: true)
          || inside.map { pattern.matches($0, isAbsolute: false) } ?? false
      }
    }
  }

  private func components(of path: RawPath) -> PathComponents {
    path.bytes.split(separator: .slash).filter { !$0.elementsEqual(".".utf8) }
      .map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
  }
}

/// A pattern of one component of a path.
private struct Glob: Hashable, Sendable {
  fileprivate enum Element: Hashable, Sendable {
    case anyNumber
    case any
    case scalar(Unicode.Scalar)
    case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  private let elements: [Element]

  init(_ text: Substring) {
    var elements: [Element] = []
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": if elements.last != .anyNumber { elements.append(.anyNumber) }
      case "?": elements.append(.any)
      case "[": elements.append(Self.characterClass(in: &rest) ?? .scalar("["))
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

  func matches(_ name: [Unicode.Scalar]) -> Bool {
    var index = 0
    var position = 0
    var retry: (index: Int, position: Int)?
    while position < name.count {
      if index < elements.count, elements[index] == .anyNumber {
        retry = (index, position)
        index += 1
      } else if index < elements.count, elements[index].matches(name[position]) {
        index += 1
        position += 1
      } else if let last = retry {
        retry = (last.index, last.position + 1)
        index = last.index + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return elements[index...].allSatisfy { $0 == .anyNumber }
  }
}

extension Glob.Element {
  fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .anyNumber: false
    case .any: true
    case .scalar(let own): own == scalar
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
