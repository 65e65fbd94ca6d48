import Catalog
import Syntax

/// What PostgreSQL refuses of the definition of a column, in CREATE TABLE and ADD COLUMN alike.
extension Execution {
  /// What the text of the definition shows, and its type.
  ///
  /// Source: `transformColumnDefinition` in `parse_utilcmd.c`, `BuildDescForRelation` in `tablecmds.c`.
  mutating func checkDefinition(_ column: ColumnDefinition, of table: QualifiedName) throws(SQLError) {
    if let type = column.type {
      require(type)
      try checkShell(type)
      if type.isSet {
        throw SQLError(.invalidTableDefinition, "column \(column.name.quotedInErrors) cannot be declared SETOF")
      }
      if type.isBuiltIn, type.isPseudo, type.arrayDimensions == 0 {
        throw SQLError(
          .invalidTableDefinition,
          "column \(column.name.quotedInErrors) has pseudo-type \(type.name.name)"
        )
      }
      if column.type?.serialType == nil { try checkCollation(column.collation, of: type) }
      try checkStorage(column.storage, of: type)
      try checkCompression(column.compression, of: type)
    }
    if !column.constraints.isEmpty { try checkClauses(of: column, table) }
  }

  private func checkClauses(of column: ColumnDefinition, _ table: QualifiedName) throws(SQLError) {
    if let type = column.type, column.constraints.contains(where: \.isIdentity) { try checkIdentityType(type) }
    var seen = ClausesSeen(hasDefault: column.type?.serialType != nil)
    for constraint in column.constraints {
      if let words = seen.conflict(with: constraint.kind) {
        throw SQLError(
          .syntaxError,
          "\(words) for column \(column.name.quotedInErrors) of table \(table.quotedInErrors)"
        )
      }
    }
  }

  /// What its default, its generation expression and its checks say. `table` has the column already.
  func checkExpressions(of column: ColumnDefinition, in table: Table) throws(SQLError) {
    for constraint in column.constraints {
      switch constraint.kind {
      case .default(let value): try checkDefault(value, of: column.name, in: table)
      case .generated(let expression, _): try checkGeneration(expression, of: column.name, in: table)
      case .check(let condition, _): try check(condition, as: .check, of: table)
      default: break
      }
    }
  }

  /// Source: `cookDefault` in `heap.c`.
  func checkDefault(_ value: Expression, of name: String, in table: Table) throws(SQLError) {
    try check(value, as: .defaultValue, of: nil)
    guard let type = table.column(name)?.type, let own = database.certainType(of: value, of: nil),
      database.canAssign(own, to: type) == false
    else { return }
    throw SQLError(
      .datatypeMismatch,
      "column \(name.quotedInErrors) is of type \(type.sql) but default expression is of type \(own.sql)"
    )
  }

  func checkGeneration(_ expression: Expression, of name: String, in table: Table) throws(SQLError) {
    try check(expression, as: .generated, of: table)
    for other in expression.columnNames where other == name || table.column(other)?.generated != nil {
      throw SQLError(
        .invalidObjectDefinition,
        "cannot use generated column \(other.quotedInErrors) in column generation expression"
      )
    }
    guard let type = table.column(name)?.type, let own = database.certainType(of: expression, of: table),
      database.canAssign(own, to: type) == false
    else { return }
    throw SQLError(
      .datatypeMismatch,
      "column \(name.quotedInErrors) is of type \(type.sql) but generation expression is of type \(own.sql)"
    )
  }

  /// Source: `init_params` in `sequence.c`.
  func checkIdentityType(_ type: TypeName) throws(SQLError) {
    let base = database.base(of: type)
    guard base.isBuiltIn, base.arrayDimensions > 0 || !["int2", "int4", "int8"].contains(base.name.name) else { return }
    throw SQLError(.invalidParameterValue, "identity column type must be smallint, integer, or bigint")
  }

  // MARK: - Storage

  func checkStorage(_ storage: String?, of type: TypeName?) throws(SQLError) {
    guard let storage = storage?.lowercased() else { return }
    let known = ["plain", "external", "extended", "main"] + (version >= 16 ? ["default"] : [])
    if !known.contains(storage) {
      throw SQLError(.invalidParameterValue, "invalid storage type \(storage.quotedInErrors)")
    }
    guard storage != "plain", storage != "default", let type, isPlain(type) else { return }
    throw SQLError(
      .featureNotSupported,
      "column data type \(type.withoutModifiers.sql) can only have storage PLAIN"
    )
  }

  func checkCompression(_ method: String?, of type: TypeName?) throws(SQLError) {
    guard let method = method?.lowercased(), method != "default" else { return }
    if let type, isPlain(type) {
      throw SQLError(
        .featureNotSupported,
        "column data type \(type.withoutModifiers.sql) does not support compression"
      )
    }
    if method != "pglz", method != "lz4" {
      throw SQLError(.invalidParameterValue, "invalid compression method \(method.quotedInErrors)")
    }
  }

  private func isPlain(_ type: TypeName) -> Bool {
    let base = database.base(of: type)
    return base.arrayDimensions == 0 && base.isBuiltIn && BuiltInTypes.plain.contains(Substring(base.name.name))
  }
}

extension Constraint {
  fileprivate var isIdentity: Bool { if case .identity = kind { true } else { false } }
}

/// The clauses of a column until now.
private struct ClausesSeen {
  var hasDefault: Bool
  var hasIdentity = false
  var hasGeneration = false
  /// Whether NULL or NOT NULL was said.
  var nullable: Bool?

  init(hasDefault: Bool) { self.hasDefault = hasDefault }

  /// Why a clause cannot stand with those before it.
  mutating func conflict(with kind: Constraint.Kind) -> String? {
    switch kind {
    case .null, .notNull:
      let isNull = kind == .null
      if let nullable, nullable != isNull { return "conflicting NULL/NOT NULL declarations" }
      nullable = isNull
    case .default:
      if hasDefault { return "multiple default values specified" }
      hasDefault = true
    case .identity:
      if hasIdentity { return "multiple identity specifications" }
      if nullable == true { return "conflicting NULL/NOT NULL declarations" }
      hasIdentity = true
      nullable = false
    case .generated:
      if hasGeneration { return "multiple generation clauses specified" }
      hasGeneration = true
    default: break
    }
    if hasDefault, hasIdentity { return "both default and identity specified" }
    if hasDefault, hasGeneration { return "both default and generation expression specified" }
    if hasIdentity, hasGeneration { return "both identity and generation expression specified" }
    return nil
  }
}
