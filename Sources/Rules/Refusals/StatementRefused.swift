import Catalog
import Execution
import Linting
import Syntax

struct StatementRefused: StatementRule {
  let id = "statement-refused"
  let summary = "PostgreSQL refuses the statement, so the migration fails."
  let risk = Risk.high
  let judgesRefused = true
  let explanation = """
    The history shows that the statement cannot run: a name is taken or does not exist, something depends on what it takes \
    away, types do not fit. The deployment stops half-way, and what the migration runner leaves behind has to be put \
    right before anything else can run.

    sqllint replays the history in a simulated schema and says what PostgreSQL would say there. What was changed by hand, \
    outside the migrations, it does not know: if the statement is right for the real database, the history is wrong about it.
    """
  let alternative = """
    -- there already is a column email: change it, or choose another name
    ALTER TABLE users ADD COLUMN contact_email text;
    """
  let reference = "https://www.postgresql.org/docs/current/errcodes-appendix.html"
  let examples: [RuleExample] = [
    .bad(
      "a column that already exists",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "ALTER TABLE users ADD COLUMN email text;"
    ),
    .bad(
      "a column that does not exist",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "ALTER TABLE users ALTER COLUMN emial TYPE varchar(100);"
    ),
    .bad(
      "a table that a view reads",
      history: ["CREATE TABLE users (id bigint);", "CREATE VIEW ids AS SELECT id FROM users;"],
      "DROP TABLE users;"
    ),
    .bad(
      "a table that was dropped",
      history: ["CREATE TABLE users (id bigint);", "DROP TABLE users;"],
      "CREATE INDEX CONCURRENTLY users_id_idx ON users (id);"
    ),
    .good(
      "IF NOT EXISTS",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let error = context.refusal, error.isCertain, error.state != .activeSQLTransaction else { return [] }
    return [context.finding(self, .refused(error, context), fix: Finding.Fix(context.wayOut(of: error)))]
  }
}

extension StatementContext {
  /// What to do about it, and what if it has happened already.
  fileprivate func wayOut(of error: SQLError) -> String {
    let advice = advice(on: error).map { "\($0); " } ?? ""
    return advice + "if it has already failed: \(migration.failure.recovery)"
  }

  private func advice(on error: SQLError) -> String? {
    switch error.state {
    case .duplicateTable, .duplicateColumn, .duplicateObject, .duplicateSchema, .duplicateFunction:
      return "leave it out, choose another name, or drop the old one in an earlier migration"
    case .undefinedTable, .undefinedColumn, .undefinedObject, .undefinedFunction, .invalidSchemaName:
      let near = before.names(near: error)
      return near.isEmpty ? nil : "did you mean \(NearestName.alternatives(near.map(\.quotedIdentifier)))?"
    case .dependentObjectsStillExist:
      let names = error.dependents.map(\.description)
      guard !names.isEmpty else { return nil }
      let all = names.count > 5 ? names.prefix(5) + ["\(names.count - 5) more"] : names[...]
      return "drop \(Array(all).sentenceList) first, and recreate what is still needed"
    case .cannotCoerce, .datatypeMismatch:
      guard case .alterTable = statement.kind else { return nil }
      return "add USING to say how the values are converted"
    default:
      return nil
    }
  }
}

extension Finding.Message {
  fileprivate static func refused(_ error: SQLError, _ context: StatementContext) -> Self {
    let outcome = "\(context.whatStays), and \(context.migration.failure.state)"
    return "PostgreSQL refuses this: \(error.message) (\(error.state.rawValue)); \(outcome)"
  }
}

extension StatementContext {
  fileprivate var whatStays: String {
    let isFirst = index == 0
    return switch transaction.kind {
    case .own where migration.goesOnAfterErrors: "it alone does nothing"
    case .own: isFirst ? "nothing after it runs" : "what comes before it stays, what comes after it does not run"
    case .implicit, .wrapped, .explicit: "its whole transaction is rolled back"
    }
  }
}
