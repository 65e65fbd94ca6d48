/// Writes the tree as SQL that PostgreSQL reads as the same tree.
///
/// Parentheses are set by the precedence of `gram.y`, and a few more where they help a reader.
package struct Deparser {
  /// PostgreSQL's names of the nodes that could not be written; their place in the text is empty parentheses.
  package private(set) var unprintable: [String] = []

  package init() {}

  mutating func fail(_ node: String) -> String {
    unprintable.append(node)
    return "()"
  }

  // MARK: - Lists

  mutating func list(_ expressions: [Expression]) -> String {
    expressions.map { text($0) }.joined(separator: ", ")
  }

  package func names(_ names: [String]) -> String { names.map(\.quotedIdentifier).joined(separator: ", ") }

  /// ` (a, b)`; nothing for no names.
  func parenthesized(_ names: [String]) -> String { names.isEmpty ? "" : " (\(self.names(names)))" }

  // MARK: - Leaves

  func text(_ constant: Constant) -> String {
    switch constant {
    case .null: "NULL"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let text): text
    case .string(let text): text.quotedLiteral
    case .bitString(let text): "\(text.prefix(1).uppercased())'\(text.dropFirst())'"
    }
  }

  func text(_ column: ColumnReference) -> String {
    column.parts.enumerated()
      .map { position, part in
        column.isStar && position == column.parts.count - 1 ? "*" : part.quotedIdentifier
      }
      .joined(separator: ".")
  }

  /// An operator as it stands between its operands.
  func operatorText(_ name: QualifiedName) -> String {
    name.schema.map { "OPERATOR(\($0.quotedIdentifier).\(name.name))" } ?? name.name
  }

  // MARK: - Types

  package mutating func text(_ type: TypeName) -> String {
    if type.isColumnType {
      return (type.isSet ? "SETOF " : "") + "\(type.name)%TYPE"
    }
    let dimensions = String(repeating: "[]", count: type.arrayDimensions)
    return (type.isSet ? "SETOF " : "") + elementText(type) + dimensions
  }

  private mutating func elementText(_ type: TypeName) -> String {
    guard type.name.schema == nil else { return type.name.description + modifiers(type) }
    switch type.name.name {
    case "interval": return "interval" + intervalModifiers(type)
    case "bpchar" where !type.modifiers.isEmpty: return "char" + modifiers(type)
    case let name: return (Self.standardNames[name] ?? name.quotedIdentifier) + modifiers(type)
    }
  }

  /// The SQL standard's words for types that PostgreSQL calls otherwise, and those that need no quotes although they are
  /// keywords.
  private static let standardNames = [
    "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
    "bool": "boolean", "bit": "bit", "time": "time", "timestamp": "timestamp", "varchar": "varchar",
    "numeric": "numeric", "json": "json",
  ]

  private mutating func modifiers(_ type: TypeName) -> String {
    type.modifiers.isEmpty ? "" : "(\(list(type.modifiers)))"
  }

  /// The first modifier is a bit mask of fields, the second one the precision.
  ///
  /// Source: `INTERVAL_MASK` in `utils/timestamp.h` and the field numbers in `utils/datetime.h`.
  private mutating func intervalModifiers(_ type: TypeName) -> String {
    guard case .constant(.integer(let mask))? = type.modifiers.first else { return modifiers(type) }
    let fields = Self.intervalFields[mask].map { " \($0)" } ?? ""
    return fields + (type.modifiers.count > 1 ? "(\(text(type.modifiers[1])))" : "")
  }

  private static let intervalFields: [Int: String] = {
    let year = 1 << 2
    let month = 1 << 1
    let day = 1 << 3
    let hour = 1 << 10
    let minute = 1 << 11
    let second = 1 << 12
    return [
      year: "year", month: "month", day: "day", hour: "hour", minute: "minute", second: "second",
      year | month: "year to month", day | hour: "day to hour", day | hour | minute: "day to minute",
      day | hour | minute | second: "day to second", hour | minute: "hour to minute",
      hour | minute | second: "hour to second", minute | second: "minute to second",
    ]
  }()
}

extension String {
  /// The text as a string constant of SQL.
  package var quotedLiteral: String {
    var quoted = contains("\\") ? "E'" : "'"
    for scalar in unicodeScalars {
      if scalar == "'" || scalar == "\\" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }
}

extension Expression {
  /// As SQL.
  package var sql: String {
    var deparser = Deparser()
    return deparser.text(self)
  }
}

extension TypeName {
  /// As SQL.
  package var sql: String {
    var deparser = Deparser()
    return deparser.text(self)
  }
}

extension Query {
  /// As SQL.
  package var sql: String {
    var deparser = Deparser()
    return deparser.text(self)
  }
}
