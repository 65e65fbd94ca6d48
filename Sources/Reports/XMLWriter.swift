/// Writes XML element by element, and passes it on in chunks. Text reaches the document only through its escapes.
///
/// Foundation's `XMLDocument`, and packages that stand on it, need libxml2, and that needs ICU: 78 MB of a static binary,
/// and more than twice the time to start it.
struct XMLWriter {
  private var bytes: [UInt8] = []
  private var depth = 0
  private let output: ([UInt8]) -> Void

  /// An attribute: its name, and any text.
  typealias Attribute = (name: StaticString, value: String)

  private init(output: @escaping ([UInt8]) -> Void) { self.output = output }

  /// Writes a document with one root element.
  static func write(
    to output: @escaping ([UInt8]) -> Void,
    root: StaticString,
    _ attributes: [Attribute] = [],
    _ content: (inout XMLWriter) -> Void
  ) {
    var writer = XMLWriter(output: output)
    writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    writer.element(root, attributes, content)
    output(writer.bytes)
  }

  /// An element that holds others.
  mutating func element(
    _ name: StaticString,
    _ attributes: [Attribute] = [],
    _ content: (inout XMLWriter) -> Void
  ) {
    open(name, attributes)
    write(">\n")
    depth += 1
    content(&self)
    depth -= 1
    indent()
    close(name)
  }

  /// An element that holds text.
  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String) {
    open(name, attributes)
    write(">")
    write(escaping: text, isAttribute: false)
    close(name)
  }

  /// An element that holds nothing.
  mutating func element(_ name: StaticString, _ attributes: [Attribute]) {
    open(name, attributes)
    write("/>\n")
  }

  // MARK: - Layout

  private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
    if bytes.count >= Self.chunkSize {
      output(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    indent()
    write("<")
    write(name)
    for attribute in attributes {
      write(" ")
      write(attribute.name)
      write("=\"")
      write(escaping: attribute.value, isAttribute: true)
      write("\"")
    }
  }

  private mutating func close(_ name: StaticString) {
    write("</")
    write(name)
    write(">\n")
  }

  private mutating func indent() { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth)) }

  private static let chunkSize = 65_536

  // MARK: - Text

  private mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Line feeds stay in text, and would become spaces in an attribute. `>` is escaped too, because `]]>` may not stand in
  /// text.
  ///
  /// Source: "Extensible Markup Language (XML) 1.0 (Fifth Edition)", 2.2, 2.4 and 3.3.3.
  private mutating func write(escaping text: String, isAttribute: Bool) {
    for scalar in text.withoutCommands.unicodeScalars {
      switch scalar {
      case "&": write("&amp;")
      case "<": write("&lt;")
      case ">": write("&gt;")
      case "\"" where isAttribute: write("&quot;")
      case "\n" where !isAttribute: bytes.append(UInt8(ascii: "\n"))
      case _ where scalar.isHidden: bytes.append(contentsOf: scalar.visibleEscape.utf8)
      // No character of XML.
      case "\u{FFFE}", "\u{FFFF}": write("\u{FFFD}")
      case _ where scalar.isASCII: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      default: bytes.append(contentsOf: Character(scalar).utf8)
      }
    }
  }
}
