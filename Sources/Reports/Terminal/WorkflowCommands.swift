/// Text that CI runners would take for orders, made harmless. Whatever goes to standard output or standard error passes
/// through here, because runners read both.
///
/// Sources: `ActionCommand.cs` of actions/runner: `::name::` at the start of a line, after white space, and `##[name]`
/// anywhere in a line; the documentation of Azure Pipelines, "Logging commands" (`##vso[…]`), and of TeamCity, "Service
/// messages" (`##teamcity[…]`), which stand anywhere in a line too.
extension String {
  /// The text with a part of each command shown as an escape, so that no runner obeys it.
  package var withoutCommands: String {
    mayHoldCommands ? CommandGuard(self).guarded() : self
  }

  /// Reads bytes first, because nearly all text has no such thing.
  private var mayHoldCommands: Bool {
    var isAtStart = true
    var last: UInt8 = 0
    for byte in utf8 {
      switch byte {
      // What is no ASCII may be nothing to the runner, or white space.
      case UInt8(ascii: "#") where last == UInt8(ascii: "#") || last >= 0x80: return true
      case UInt8(ascii: ":") where isAtStart: return true
      case 0x0A...0x0D: isAtStart = true
      case UInt8(ascii: " "), 0x09, 0x1B, 0x80...: break
      // Colours, such as `ESC [ 1 ; 31 m`, are nothing to whoever looks for commands.
      default: if last == UInt8(ascii: "m") || !byte.isPartOfColor { isAtStart = false }
      }
      last = byte
    }
    return false
  }
}

extension UInt8 {
  fileprivate var isPartOfColor: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"), UInt8(ascii: "["), UInt8(ascii: "m"): true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether it begins a line for any reader: the runners' own, and the lines that Unicode knows.
  fileprivate var endsLine: Bool {
    switch value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether a comparison by the rules of a language, which .NET's `IndexOf` is, passes over it.
  fileprivate var isIgnorable: Bool { value >= 0x80 && properties.isDefaultIgnorableCodePoint }

  fileprivate var isLetter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self)
  }
}

/// Looks for commands scalar by scalar.
private struct CommandGuard {
  private let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  func guarded() -> String {
    var guarded = String.UnicodeScalarView()
    guarded.reserveCapacity(scalars.count)
    var isAtStart = true
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      if isAtStart, let end = endOfColor(from: index) {
        guarded.append(contentsOf: scalars[index..<end])
        index = end
        continue
      }
      let isOrder = isAtStart && scalar == ":" && next(after: index).map { scalars[$0] } == ":"
      if isOrder || beginsBracket(at: index) {
        for part in scalar.visibleEscape.unicodeScalars { guarded.append(part) }
      } else {
        guarded.append(scalar)
      }
      isAtStart = scalar.endsLine || isAtStart && (scalar.properties.isWhitespace || scalar.isIgnorable)
      index += 1
    }
    return String(guarded)
  }

  /// The next scalar that counts.
  private func next(after index: Int) -> Int? {
    scalars[(index + 1)...].firstIndex { !$0.isIgnorable }
  }

  /// Whether `##[`, `##vso[` or another word in its place begins here.
  private func beginsBracket(at index: Int) -> Bool {
    guard scalars[index] == "#", let second = next(after: index), scalars[second] == "#" else { return false }
    return scalars[(second + 1)...].first { !$0.isIgnorable && !$0.isLetter } == "["
  }

  /// Behind an escape sequence that colours text.
  private func endOfColor(from index: Int) -> Int? {
    // The longest that is printed here is `ESC [ 1 ; 31 m`.
    guard scalars[index] == "\u{1B}", let end = scalars[index...].prefix(8).firstIndex(of: "m") else { return nil }
    let parameters = scalars[(index + 1)..<end]
    guard parameters.first == "[", parameters.dropFirst().allSatisfy({ $0 == ";" || ("0"..."9").contains($0) }) else {
      return nil
    }
    return end + 1
  }
}
