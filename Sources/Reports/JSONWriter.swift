/// Writes JSON piece by piece: pretty-printed, with a line feed at the end.
///
/// Text is as it is in the files; control characters and their kin are `\uXXXX`, and so is the second of two number
/// signs (``Swift/String/withoutCommands`` says why), so that the JSON is safe to print.
/// What is written goes on in chunks, so that a report of any size takes little memory. Foundation's encoder builds a
/// tree of all that it is given first, which took a quarter of a run's time and most of its memory.
package struct JSONWriter: ~Copyable {
  private static let chunkSize = 1 << 16

  /// What has been written and not passed on.
  private var bytes: [UInt8] = []
  private let output: ([UInt8]) -> Void
  private var depth = 0
  /// What begins a line of each depth so far: a line feed and spaces.
  private var lineStarts: [[UInt8]] = [[.lineFeed]]
  /// Whether the object or array at hand holds nothing so far.
  private var isEmpty = true
  /// Whether what is written is wanted once more.
  private var isRecording = false
  /// The key before the present one, to hold the order.
  private var lastKey: StaticString = ""

  private init(_ output: @escaping ([UInt8]) -> Void) {
    self.output = output
    bytes.reserveCapacity(Self.chunkSize + (1 << 12))
  }

  /// Writes a whole document, chunk by chunk.
  package static func write(to output: @escaping ([UInt8]) -> Void, _ value: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(output)
    value(&writer)
    writer.bytes.append(.lineFeed)
    writer.output(writer.bytes)
  }

  /// A whole document as text.
  package static func text(_ value: (inout JSONWriter) -> Void) -> String {
    var bytes: [UInt8] = []
    write(to: { bytes += $0 }, value)
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Objects

  /// Its members come in the order of their keys.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    let outerKey = lastKey
    lastKey = ""
    members(&self)
    lastKey = outerKey
    close(UInt8(ascii: "}"))
  }

  /// Writes a few members that are the same for all objects of a kind, which stand at one depth. `layouts` keeps what
  /// they look like.
  mutating func members<Kind: Hashable>(
    of kind: Kind,
    in layouts: inout [Kind: [UInt8]],
    _ members: (inout JSONWriter) -> Void
  ) {
    if let layout = layouts[kind] {
      bytes.append(contentsOf: layout)
      isEmpty = false
    } else {
      let start = bytes.count
      isRecording = true
      members(&self)
      isRecording = false
      layouts[kind] = Array(bytes[start...])
    }
  }

  /// The key is written as it is, and so must need no escape.
  package mutating func member(_ key: StaticString, _ value: (inout JSONWriter) -> Void) {
    assert(lastKey.description < key.description, "\(key) comes before \(lastKey)")
    lastKey = key
    next()
    bytes.append(.quote)
    write(key)
    write("\" : " as StaticString)
    value(&self)
  }

  mutating func member(_ key: StaticString, _ text: String) { member(key) { $0.write(text) } }

  mutating func member(_ key: StaticString, _ number: Int) { member(key) { $0.write(number) } }

  mutating func member(_ key: StaticString, _ isTrue: Bool) { member(key) { $0.write(isTrue) } }

  mutating func member(_ key: StaticString, _ texts: [String]) { member(key, texts) { $0.write($1) } }

  mutating func member<Elements: Collection>(
    _ key: StaticString,
    _ elements: Elements,
    _ element: (inout JSONWriter, Elements.Element) -> Void
  ) {
    member(key) { $0.array(elements, element) }
  }

  /// Null where there is no text.
  mutating func member(_ key: StaticString, orNull text: String?) {
    member(key) { if let text { $0.write(text) } else { $0.writeNull() } }
  }

  mutating func member(_ key: StaticString, orNull number: Int?) {
    member(key) { if let number { $0.write(number) } else { $0.writeNull() } }
  }

  // MARK: - Arrays

  package mutating func array<Elements: Collection>(
    _ elements: Elements,
    _ element: (inout JSONWriter, Elements.Element) -> Void
  ) {
    open(UInt8(ascii: "["))
    // By index: an iterator would copy each element first, with all that it refers to.
    for index in elements.indices {
      next()
      element(&self, elements[index])
    }
    close(UInt8(ascii: "]"))
  }

  /// An array whose elements are written one by one.
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "["))
    elements(&self)
    close(UInt8(ascii: "]"))
  }

  mutating func element(_ value: (inout JSONWriter) -> Void) {
    next()
    value(&self)
  }

  // MARK: - Layout

  private mutating func open(_ bracket: UInt8) {
    bytes.append(bracket)
    depth += 1
    isEmpty = true
  }

  private mutating func close(_ bracket: UInt8) {
    // Foundation's layout, which readers of the format know: a blank line is what an empty array holds.
    if isEmpty { bytes.append(.lineFeed) }
    depth -= 1
    startLine()
    bytes.append(bracket)
    isEmpty = false
  }

  /// Begins an element or a member.
  private mutating func next() {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    if bytes.count >= Self.chunkSize, !isRecording {
      output(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    startLine()
  }

  private mutating func startLine() {
    while lineStarts.count <= depth { lineStarts.append(lineStarts[lineStarts.count - 1] + [.space, .space]) }
    bytes.append(contentsOf: lineStarts[depth])
  }

  // MARK: - Values

  package mutating func writeNull() { write("null" as StaticString) }

  package mutating func write(_ isTrue: Bool) { write(isTrue ? "true" : "false" as StaticString) }

  package mutating func write(_ number: Int) {
    guard (0..<1_000_000).contains(number) else {
      bytes.append(contentsOf: String(number).utf8)
      return
    }
    var power = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
      power /= 10
    }
  }

  package mutating func write(_ text: String) {
    bytes.append(.quote)
    let isWritten = text.utf8.withContiguousStorageIfAvailable { utf8 in
      var bits: UInt8 = 0
      for byte in utf8 { bits |= byte.bitOfSpecial }
      guard bits < 0x80 else { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if isWritten != true { escape(text) }
    bytes.append(.quote)
  }

  /// Text of the program's own.
  private mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ text: String) {
    let utf8 = Array(text.utf8)
    if utf8.contains(where: { $0 >= 0x7F }) {
      var last: Unicode.Scalar = " "
      for scalar in text.unicodeScalars {
        let isPlain = scalar == "#" && last != "#" && !last.properties.isDefaultIgnorableCodePoint
        if isPlain { bytes.append(.numberSign) } else { escape(scalar) }
        last = scalar
      }
      return
    }
    var start = 0
    var last = UInt8.space
    for (offset, byte) in utf8.enumerated() {
      defer { last = byte }
      guard byte.isSpecial, byte != .numberSign || last == .numberSign else { continue }
      bytes.append(contentsOf: utf8[start..<offset])
      escape(Unicode.Scalar(byte))
      start = offset + 1
    }
    bytes.append(contentsOf: utf8[start...])
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\": bytes.append(contentsOf: [.backslash, UInt8(truncatingIfNeeded: scalar.value)])
    case "\u{8}": write("\\b" as StaticString)
    case "\t": write("\\t" as StaticString)
    case "\n": write("\\n" as StaticString)
    case "\u{C}": write("\\f" as StaticString)
    case "\r": write("\\r" as StaticString)
    case "#": write("\\u0023" as StaticString)
    case _ where scalar.isHidden:
      for unit in scalar.utf16 { bytes.append(contentsOf: ("\\u" + hexadecimal(unit, digits: 4)).utf8) }
    case _ where scalar.isASCII: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    default: bytes.append(contentsOf: Character(scalar).utf8)
    }
  }
}

extension UInt8 {
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let numberSign = UInt8(ascii: "#")

  /// Whether it cannot stand in a string as it is, or may be part of what cannot: a control character, a quote, a
  /// backslash, a number sign, two of which begin a command of CI runners, or a byte from 0x7F on.
  fileprivate var isSpecial: Bool { bitOfSpecial >= 0x80 }

  /// Has its highest bit set if the byte is special. Without a branch, so that the compiler takes many bytes at a time.
  fileprivate var bitOfSpecial: UInt8 {
    (self &- 0x20) | (self &+ 1) | ((self ^ 0x22) &- 1) | ((self ^ 0x23) &- 1) | ((self ^ 0x5C) &- 1)
  }
}
