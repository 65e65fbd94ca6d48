import Catalog
import Linting
import Syntax

struct ObjectNotIdempotent: StatementRule {
  let id = "object-not-idempotent"
  let alsoKnownAs = ["squawk: prefer-robust-stmts"]
  let summary = "Outside a transaction, a migration that failed cannot be run again."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    Where each statement is a transaction of its own, those before an error stay. When the migration is run again, \
    CREATE meets what it made, and DROP misses what it dropped: somebody must repair it by hand. IF NOT EXISTS and \
    IF EXISTS let it pass.

    Indexes that are built CONCURRENTLY are not reported: IF NOT EXISTS would keep an invalid one.
    """
  let alternative = "CREATE TABLE IF NOT EXISTS clips (id bigint PRIMARY KEY);"
  let reference = "https://www.postgresql.org/docs/current/sql-createtable.html"
  let examples: [RuleExample] = [
    .bad(
      "behind another statement",
      transactionMode: .none,
      "SET search_path = public;\nCREATE TABLE clips (id bigint);"
    ),
    .good(
      "that may be there",
      transactionMode: .none,
      "SET search_path = public;\nCREATE TABLE IF NOT EXISTS clips (id bigint);"
    ),
    .good("in a transaction", "SET search_path = public;\nCREATE TABLE clips (id bigint);"),
    .good("alone in its migration", transactionMode: .none, "CREATE TABLE clips (id bigint);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard context.transaction.kind == .own, !context.isNested, context.migration.script.statements.count > 1,
      let words = context.statement.kind.missingWords
    else { return [] }
    return [context.finding(self, .failing(words), fix: Finding.Fix("write \(words)"))]
  }
}

extension Statement.Kind {
  /// What would let it be run again.
  fileprivate var missingWords: String? {
    let mayBeThere =
      switch self {
      case .createTable(let create): create.ifNotExists || create.relation.persistence == .temporary
      case .createTableAs(let create): create.ifNotExists || create.relation.persistence == .temporary
      case .createIndex(let create): create.ifNotExists || create.isConcurrent
      case .createSchema(let create): create.ifNotExists
      case .createExtension(let create): create.ifNotExists
      default: true
      }
    if !mayBeThere { return "IF NOT EXISTS" }
    switch self {
    case .drop(let drop): return drop.ifExists ? nil : "IF EXISTS"
    case .alterTable(let alter):
      for action in alter.actions {
        if case .addColumn(_, ifNotExists: false) = action.kind { return "IF NOT EXISTS" }
        if case .dropColumn(_, ifExists: false, _) = action.kind { return "IF EXISTS" }
      }
      return nil
    default: return nil
    }
  }
}

extension Finding.Message {
  fileprivate static func failing(_ words: String) -> Self {
    "without \(words), this statement fails when the migration is run again after an error behind it"
  }
}
