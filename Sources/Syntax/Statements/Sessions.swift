package struct Copy: Hashable, Sendable {
  /// `nil` for `COPY (query) TO`.
  package let relation: RelationReference?
  package let query: Statement.Kind?
  package let columns: [String]
  /// True for COPY FROM, which writes the table.
  package let isFrom: Bool
  package let usesStandardStream: Bool
  /// The command after PROGRAM, which the server runs.
  package let program: String?

  package init(
    relation: RelationReference?,
    query: Statement.Kind?,
    columns: [String],
    isFrom: Bool,
    usesStandardStream: Bool,
    program: String? = nil
  ) {
    self.relation = relation
    self.query = query
    self.columns = columns
    self.isFrom = isFrom
    self.usesStandardStream = usesStandardStream
    self.program = program
  }
}

package enum TransactionControl: Hashable, Sendable {
  /// `isStart` for START TRANSACTION, which differs only in its tag; `isReadOnly` where the statement says it.
  case begin(isStart: Bool, isReadOnly: Bool? = nil)
  case commit(chain: Bool)
  case rollback(chain: Bool)
  case savepoint(String)
  case release(String)
  case rollbackTo(String)
  case prepare(String)
  case commitPrepared(String)
  case rollbackPrepared(String)
}

package struct SetConstraints: Hashable, Sendable {
  /// Empty means ALL.
  package let names: [QualifiedName]
  package let isDeferred: Bool

  package init(names: [QualifiedName], isDeferred: Bool) {
    self.names = names
    self.isDeferred = isDeferred
  }
}

/// SET, RESET, ALTER SYSTEM SET, ALTER DATABASE … SET and ALTER ROLE … SET.
package struct SetParameter: Hashable, Sendable {
  package enum Scope: Hashable, Sendable {
    case session
    /// SET LOCAL
    case transaction
    case system
    case database(String)
    /// `nil` role is ALL.
    case role(RoleReference?, database: String?)
  }

  package let scope: Scope
  /// `nil` for RESET ALL.
  package let name: String?
  /// Constants as text, `nil` for DEFAULT and RESET.
  package let values: [String]?
  package let isReset: Bool

  /// Whether transactions only read, where it sets that: `SET TRANSACTION READ ONLY` and its kin.
  package var readOnly: Bool? {
    for value in values ?? [] {
      if let isReadOnly = Self.readOnly(inMode: value) { return isReadOnly }
    }
    return nil
  }

  /// Of a mode of SET TRANSACTION or BEGIN, as PostgreSQL's grammar names them.
  package static func readOnly(inMode mode: String) -> Bool? {
    guard mode.hasPrefix("transaction_read_only ") else { return nil }
    return !["0", "false", "off", "no"].contains(mode.dropFirst("transaction_read_only ".count).lowercased())
  }

  package init(scope: Scope, name: String?, values: [String]?, isReset: Bool) {
    self.scope = scope
    self.name = name
    self.values = values
    self.isReset = isReset
  }
}

package enum Discard: String, Hashable, Sendable {
  case all = "ALL"
  case plans = "PLANS"
  case sequences = "SEQUENCES"
  case temporary = "TEMP"
}

package struct Explain: Hashable, Sendable {
  package let statement: Statement.Kind
  /// True for EXPLAIN ANALYZE, which runs the statement.
  package let runs: Bool

  package init(statement: Statement.Kind, runs: Bool) {
    self.statement = statement
    self.runs = runs
  }
}
