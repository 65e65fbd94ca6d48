import Catalog
import Syntax

/// Asks for what a table's parts have become.
struct TableChecks {
  let before: Table?
  let after: Table
  let writes: CatalogWrites
  var list = CheckList()

  init(before: Table?, after: Table, in writes: CatalogWrites) {
    (self.before, self.after, self.writes) = (before, after, writes)
  }

  var name: QualifiedName { after.name }

  // MARK: - A new table

  mutating func describe() {
    let kinds = after.kind == .partitionedTable ? "'p'" : after.kind == .foreignTable ? "'f'" : "'r'"
    list.add("table \(name.displayName) exists", CatalogChecks.exists(name, kinds: kinds))
    if !after.columns.isEmpty {
      let known = after.columns.filter { $0.type != nil && $0.type?.isColumnType == false }
      let rows = known.map { column in
        let type = column.type.map { writes.after.regtype($0.withoutModifiers) } ?? ""
        return "(\(column.name.quotedLiteral), \(type.quotedLiteral))"
      }
      if !rows.isEmpty {
        list.add(
          "table \(name.displayName) has its \(rows.count) columns with their types",
          "SELECT count(*) = \(rows.count) FROM (VALUES \(rows.joined(separator: ", "))) AS e (name, type)"
            + " JOIN pg_attribute a ON a.attname = e.name AND a.atttypid = to_regtype(e.type)"
            + " WHERE a.attrelid = \(name.regclass) AND NOT a.attisdropped"
        )
      }
    }
    describeKeys()
    compareTriggers()
    compareSettings()
  }

  /// One question for all of them: a table has many.
  private mutating func describeKeys() {
    let own = after.constraints.filter { !$0.isInherited || $0.isLocal }
    guard !own.isEmpty else { return }
    let rows = own.map { "(\($0.name.quotedLiteral), '\($0.kindLetter)')" }.joined(separator: ", ")
    list.add(
      "table \(name.displayName) has its \(own.count == 1 ? "constraint" : "\(own.count) constraints")",
      "SELECT count(*) = \(own.count) FROM (VALUES \(rows)) AS e (name, kind)"
        + " JOIN pg_constraint c ON c.conname = e.name AND c.contype::text = e.kind"
        + " WHERE c.conrelid = \(name.regclass)"
    )
  }

  // MARK: - A table that was there

  mutating func compareAll() {
    compareParts()
    compareTriggers()
    compareSettings()
  }

  /// Columns and constraints.
  mutating func compareParts() {
    let oldColumns = before?.columns ?? []
    for column in after.columns where column.isLocal || !column.isInherited {
      compare(oldColumns[named: column.name], column)
    }
    for column in oldColumns where (column.isLocal || !column.isInherited) && after.column(column.name) == nil {
      list.add("column \(column.name) of \(name.displayName) is gone", "SELECT NOT \(attribute(column.name))")
    }
    let oldConstraints = before?.constraints ?? []
    for constraint in after.constraints where constraint.isLocal || !constraint.isInherited {
      compare(oldConstraints[named: constraint.name], constraint)
    }
    for constraint in oldConstraints
    where (constraint.isLocal || !constraint.isInherited) && after.constraint(constraint.name) == nil {
      list.add(
        "constraint \(constraint.name) of \(name.displayName) is gone",
        "SELECT NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = \(name.regclass)"
          + " AND conname = \(constraint.name.quotedLiteral) AND contype = '\(constraint.kindLetter)')"
      )
    }
  }

  private func attribute(_ column: String, _ conditions: [String] = []) -> String {
    let all = ["attrelid = \(name.regclass)", "attname = \(column.quotedLiteral)", "NOT attisdropped"] + conditions
    return "EXISTS (SELECT FROM pg_attribute WHERE \(all.joined(separator: " AND ")))"
  }

  private mutating func compare(_ old: Column?, _ new: Column) {
    // Of a table that the history never made, nothing is new that a statement only told of.
    if old == nil, after.isAssumed, before == nil, new.type == nil { return }
    var conditions: [String] = []
    var words: [String] = []
    if let type = new.type, !type.isColumnType, old == nil || old?.type?.sql != type.sql {
      conditions += typeConditions(type, since: old?.type)
      words.append("is \(type.sql)")
    }
    if old == nil ? new.isNotNull : old?.isNotNull != new.isNotNull {
      conditions.append(new.isNotNull ? "attnotnull" : "NOT attnotnull")
      words.append(new.isNotNull ? "allows no NULL" : "allows NULL")
    }
    if old == nil ? new.identity != nil : old?.identity != new.identity {
      let letter = new.identity.map { $0 == .always ? "a" : "d" } ?? ""
      conditions.append("attidentity = '\(letter)'")
      words.append(new.identity == nil ? "is no identity column" : "is an identity column")
    }
    compareDefault(old, new, &conditions, &words)
    if old != nil, conditions.isEmpty { return }
    let what =
      words.isEmpty
      ? "exists" : old == nil ? "exists and " + words.joined(separator: ", ") : words.joined(separator: ", ")
    list.add("column \(new.name) of \(name.displayName) \(what)", "SELECT \(attribute(new.name, conditions))")
  }

  private mutating func compareDefault(
    _ old: Column?,
    _ new: Column,
    _ conditions: inout [String],
    _ words: inout [String]
  ) {
    let value = new.defaultValue.flatMap { $0.isNullConstant ? nil : $0 }
    let earlier = old?.defaultValue.flatMap { $0.isNullConstant ? nil : $0 }
    guard old == nil ? value != nil : value != earlier, new.generated == nil else { return }
    guard let value else {
      if old?.generated == nil {
        conditions.append("NOT atthasdef")
        words.append("has no default")
      }
      return
    }
    guard earlier != nil else {
      conditions.append("atthasdef")
      words.append("has a default")
      return
    }
    let stored =
      "(SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum)"
    if let type = new.type, let pattern = value.storedPattern(as: type) {
      conditions.append("\(stored) ~ \(pattern.quotedLiteral)")
      words.append("has the default \(value.sql)")
    } else {
      list.look(
        "column \(new.name) of \(name.displayName) has the default \(value.sql)",
        "SELECT \(stored) FROM pg_attribute WHERE attrelid = \(name.regclass) AND attname = \(new.name.quotedLiteral)"
      )
    }
  }

  private func typeConditions(_ type: TypeName, since old: TypeName?) -> [String] {
    var conditions = ["atttypid = to_regtype(\(writes.after.regtype(type.withoutModifiers).quotedLiteral))"]
    let numbers = type.modifiers.map { modifier -> Int? in
      if case .constant(.integer(let number)) = modifier { number } else { nil }
    }
    if !numbers.isEmpty, type.name.name != "interval", !numbers.contains(nil) {
      let scale = type.name.name == "numeric" && numbers.count == 1 ? ["0"] : []
      let text = (numbers.compactMap { $0.map(String.init) } + scale).joined(separator: ",")
      conditions.append("substring(format_type(atttypid, atttypmod) FROM '[(](.*)[)]') = \(text.quotedLiteral)")
    } else if type.modifiers.isEmpty, let old, old.withoutModifiers.sql == type.sql {
      conditions.append("atttypmod = -1")
    }
    return conditions
  }
}

extension TypeName {
  var withoutModifiers: TypeName { TypeName(name, arrayDimensions: min(arrayDimensions, 1)) }
}

extension Expression {
  fileprivate var isNullConstant: Bool { self == .constant(.null) }

  /// A regular expression for how `pg_get_expr` prints a constant of a type; `nil` where that is not known: values of many
  /// types are printed otherwise than they were written.
  fileprivate func storedPattern(as type: TypeName) -> String? {
    guard type.arrayDimensions == 0 else { return nil }
    switch self {
    case .constant(.boolean(let value)) where type.name.name == "bool": return value ? "^true$" : "^false$"
    case .constant(.integer(let number)) where ["int2", "int4", "int8"].contains(type.name.name):
      return "^'?\(number)'?(::.*)?$"
    case .constant(.string(let text))
    where ["text", "varchar"].contains(type.name.name) && text.utf8.allSatisfy(\.isPlain):
      return "^'\(text)'::"
    case .cast(let operand, let other) where other.name == type.name: return operand.storedPattern(as: type)
    default: return nil
    }
  }
}

extension UInt8 {
  /// Whether neither a regular expression nor a string constant takes it for anything else.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "):
      true
    default: false
    }
  }
}
