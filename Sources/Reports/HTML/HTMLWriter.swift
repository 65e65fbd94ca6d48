/// Writes HTML piece by piece, and passes it on in chunks.
///
/// Tags, names of attributes and classes are the program's own (`StaticString`, ``HTMLTag``); whatever comes from files
/// can only be text or an attribute's text, both of which go through ``escape(_:as:)``. Links lead to places of
/// the page alone (``PageAnchor``), so that no address can come from a file either.
package struct HTMLWriter: ~Copyable {
  private static let chunkSize = 1 << 16

  private var bytes: [UInt8] = []
  private let output: ([UInt8]) -> Void

  private init(_ output: @escaping ([UInt8]) -> Void) {
    self.output = output
    bytes.reserveCapacity(Self.chunkSize + (1 << 13))
  }

  /// Writes a whole document, chunk by chunk.
  package static func write(to output: @escaping ([UInt8]) -> Void, _ content: (inout HTMLWriter) -> Void) {
    var writer = HTMLWriter(output)
    writer.own("<!DOCTYPE html>\n")
    content(&writer)
    writer.own("\n")
    writer.output(writer.bytes)
  }

  // MARK: - Elements

  package mutating func element(
    _ tag: HTMLTag,
    _ attributes: [HTMLAttribute],
    content: (inout HTMLWriter) -> Void
  ) {
    start(tag, attributes)
    content(&self)
    end(tag)
  }

  package mutating func element(
    _ tag: HTMLTag,
    _ attributes: HTMLAttribute...,
    content: (inout HTMLWriter) -> Void
  ) {
    element(tag, attributes, content: content)
  }

  package mutating func element(_ tag: HTMLTag, _ attributes: HTMLAttribute..., text: String) {
    start(tag, attributes)
    self.text(text)
    end(tag)
  }

  /// SQL, with its line feeds and tabs.
  package mutating func code(_ tag: HTMLTag, _ attributes: HTMLAttribute..., text: String) {
    start(tag, attributes)
    escape(text, as: .code)
    end(tag)
  }

  /// An element that has no end tag.
  package mutating func void(_ tag: HTMLTag, _ attributes: HTMLAttribute...) { start(tag, attributes) }

  /// A part of a drawing.
  package mutating func path(_ names: StaticString, _ data: String) {
    start(.path, [.class(names), .text("d", data)], isClosed: true)
  }

  /// The content of a style or a script: the program's own, which no escape may change.
  package mutating func raw(_ tag: HTMLTag, _ text: StaticString) {
    start(tag, [])
    own(text)
    end(tag)
  }

  // MARK: - Text

  /// Text on one line: what could steer or hide is shown as an escape.
  package mutating func text(_ text: String) { escape(text, as: .text) }

  /// A word of the program's own between texts.
  package mutating func space() { own(" ") }

  private mutating func start(_ tag: HTMLTag, _ attributes: [HTMLAttribute], isClosed: Bool = false) {
    if bytes.count >= Self.chunkSize {
      output(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    own("<")
    bytes.append(contentsOf: tag.rawValue.utf8)
    for attribute in attributes {
      own(" ")
      own(attribute.name)
      if case .none = attribute.value { continue }
      own("=\"")
      write(attribute.value)
      own("\"")
    }
    own(isClosed ? "/>" : ">")
  }

  private mutating func write(_ value: HTMLAttribute.Value) {
    switch value {
    case .none: break
    case .own(let text): own(text)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .text(let text): escape(text, as: .attribute)
    case .anchor(let anchor): bytes.append(contentsOf: anchor.name.utf8)
    case .link(let anchor): bytes.append(contentsOf: "#\(anchor.name)".utf8)
    }
  }

  private mutating func end(_ tag: HTMLTag) {
    if tag.hasEndTag {
      own("</")
      bytes.append(contentsOf: tag.rawValue.utf8)
      own(">")
    }
    if tag.isBlock { own("\n") }
  }

  /// Where a text stands.
  private enum Context {
    /// Between tags, on one line.
    case text
    /// Between tags, with line feeds and tabs.
    case code
    /// Between quotes.
    case attribute
  }

  private mutating func own(_ text: StaticString) { text.withUTF8Buffer { bytes.append(contentsOf: $0) } }

  /// The one place where text of files becomes a part of the page.
  ///
  /// Besides what HTML asks for, it leaves no scalar that turns, hides or ends a line (as ``Swift/String/visible``), and
  /// nothing that a CI runner takes for an order (as ``Swift/String/withoutCommands``): a page may go to standard output.
  private mutating func escape(_ text: String, as context: Context) {
    var last: Unicode.Scalar = ":"
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      switch scalar {
      case "&": own("&amp;")
      case "<": own("&lt;")
      case ">": own("&gt;")
      case "\"" where context == .attribute: own("&quot;")
      case "'" where context == .attribute: own("&#39;")
      case "#": own("&#35;")
      case ":" where last == ":" || !last.isASCII || last == "\n": own("&#58;")
      case "\n" where context == .code: bytes.append(UInt8(ascii: "\n"))
      case "\t" where context == .code: own("&#9;")
      // A line of Windows ends with both.
      case "\r" where context == .code: break
      case _ where scalar.isHidden: bytes.append(contentsOf: scalar.visibleEscape.utf8)
      case _ where scalar.isASCII: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      default: bytes.append(contentsOf: Character(scalar).utf8)
      }
    }
  }
}

/// The elements that the page is made of.
package enum HTMLTag: String {
  case a, b, body, button, code, dd, details, div, dl, dt, footer, form, h1, h2, h3, h4, head, header, html, input
  case label, li, main, meta, nav, ol, option, output, p, path, pre, script, section, select, small, span, style,
    summary
  case svg, table, tbody, td, th, thead, title, tr, ul

  /// False where HTML lets a sibling or the end of the parent end it: a page has tens of thousands of these.
  fileprivate var hasEndTag: Bool {
    switch self {
    case .dd, .dt, .li, .option, .td, .th, .tr: false
    default: true
    }
  }

  /// Whether a line ends behind it.
  fileprivate var isBlock: Bool {
    switch self {
    case .a, .b, .button, .code, .input, .label, .option, .path, .small, .span, .svg, .summary, .td, .th, .pre: false
    default: true
    }
  }
}

package struct HTMLAttribute {
  fileprivate enum Value {
    case none
    case own(StaticString)
    case number(Int)
    case text(String)
    case anchor(PageAnchor)
    case link(PageAnchor)
  }

  fileprivate let name: StaticString
  fileprivate let value: Value

  /// An attribute whose text the program brings along.
  package static func own(_ name: StaticString, _ value: StaticString) -> Self { Self(name: name, value: .own(value)) }

  /// An attribute that is there or not.
  package static func flag(_ name: StaticString) -> Self { Self(name: name, value: .none) }

  package static func number(_ name: StaticString, _ number: Int) -> Self { Self(name: name, value: .number(number)) }

  /// Text of a file, or text that is put together. The name must be none that runs or loads its text.
  package static func text(_ name: StaticString, _ text: String) -> Self { Self(name: name, value: .text(text)) }

  package static func `class`(_ names: StaticString) -> Self { own("class", names) }

  package static func id(_ anchor: PageAnchor) -> Self { Self(name: "id", value: .anchor(anchor)) }

  /// A link within the page.
  package static func href(_ anchor: PageAnchor) -> Self { Self(name: "href", value: .link(anchor)) }
}

/// A place of the page that links lead to.
package enum PageAnchor: Hashable {
  case timeline, migrations, details, tables
  /// By its number, from 1.
  case migration(Int)
  /// A statement of a migration, by its number from 1.
  case statement(Int, of: Int)
  case table(Int)
  /// A part of a runbook, by its number from 1.
  case part(Int)

  fileprivate var name: String {
    switch self {
    case .timeline: "timeline"
    case .migrations: "migrations"
    case .details: "details"
    case .tables: "tables"
    case .migration(let number): "m\(number)"
    case .statement(let number, let migration): "m\(migration)s\(number)"
    case .table(let number): "t\(number)"
    case .part(let number): "p\(number)"
    }
  }
}
