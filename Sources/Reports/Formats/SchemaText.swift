import Catalog
import Execution
import Syntax

/// The schema as SQL, safe to print: it makes the same schema, and no line of it gives an order to a terminal or a CI
/// runner. What would is written with escapes that PostgreSQL reads: `E'\u001B'`, `U&"\+00001B"`.
package enum SchemaText {
  package static func render(_ database: Database) -> String { safe(database.sql) }

  /// Other SQL, as safe to print, and with the same meaning.
  package static func safe(_ sql: String) -> String {
    guard !sql.isSafe else { return sql }
    let utf8 = Array(sql.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var end = 0
    for token in Lexer(utf8) {
      bytes += utf8[end..<token.range.lowerBound]
      let text = String(decoding: utf8[token.range], as: UTF8.self)
      bytes += (text.isSafe ? text : escaped(text, token)).utf8
      end = token.range.upperBound
    }
    bytes += utf8[end...]
    return String(decoding: bytes, as: UTF8.self).withoutCommands
  }

  private static func escaped(_ text: String, _ token: Token) -> String {
    switch token.kind {
    case .string where text.hasPrefix("'"): literal(text.inner(from: 1).replacing("''", with: "'"))
    case .string where text.hasPrefix("E'"): "E'\(escapes(in: text.inner(from: 2)))'"
    case .dollarString:
      if let tag = text.dropFirst().firstIndex(of: "$") {
        literal(text.inner(from: text[...tag].count))
      } else {
        text.visible
      }
    case .quotedIdentifier where text.hasPrefix("\""): identifier(text.inner(from: 1).replacing("\"\"", with: "\""))
    // A line of a comment may be any text, and nothing else can hold such scalars.
    default: text.visibleLines.joined(separator: "\n").withoutCommands
    }
  }

  private static func literal(_ value: String) -> String {
    "E'\(value.replacing { $0 == "'" ? "''" : $0 == "\\" ? "\\\\" : stringEscape(of: $0) })'"
  }

  /// What an escape string holds, with more escapes; those that it has stay.
  private static func escapes(in text: String) -> String {
    var isEscaped = false
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let escape = stringEscape(of: scalar) {
        // A backslash before a scalar that needs none stands for nothing.
        if isEscaped { bytes.removeLast() }
        bytes += escape.utf8
      } else {
        bytes += Character(scalar).utf8
      }
      isEscaped = !isEscaped && scalar == "\\"
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func identifier(_ name: String) -> String {
    let inner = name.replacing { scalar in
      switch scalar {
      case "\"": "\"\""
      case "\\": "\\\\"
      case "#": escape(scalar, "\\+", digits: 6)
      default: scalar.isHidden ? escape(scalar, "\\+", digits: 6) : nil
      }
    }
    return "U&\"\(inner)\""
  }

  private static func stringEscape(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "#": escape(scalar, "\\u", digits: 4)
    default: scalar.isHidden ? escape(scalar, "\\U", digits: 8) : nil
    }
  }

  private static func escape(_ scalar: Unicode.Scalar, _ sign: String, digits: Int) -> String {
    sign + hexadecimal(scalar.value, digits: digits).uppercased()
  }
}

extension String {
  /// Whether it can be printed among other text. Line ends and tabs are no harm.
  fileprivate var isSafe: Bool {
    let shown = replacing("\r\n", with: "\n")
    return !shown.unicodeScalars.contains { $0.isHidden && $0 != "\n" && $0 != "\t" }
      && shown.withoutCommands == shown
  }

  /// What is between quotes, of which that at the start is so many characters long, and that at the end too but for a
  /// letter before it.
  fileprivate func inner(from start: Int) -> String {
    let closing = hasPrefix("$") ? start : 1
    return String(dropFirst(start).dropLast(closing))
  }
}
