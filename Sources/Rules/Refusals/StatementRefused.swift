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
    The history shows that the statement cannot run: a name is taken or does not exist, something depends on what it \
    takes away, types do not fit. The deployment stops half-way, and what the migration runner leaves behind has to \
    be put right before anything else can run.

    sqllint replays the history in a simulated schema and says what PostgreSQL would say there. It does not know \
    what was changed by hand, outside the migrations: if the statement is right for the real database, the history \
    is wrong about it.
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
    .bad(
      "a new type for a column that a view reads",
      history: [
        "CREATE TABLE users (id bigint, email varchar(50));",
        "CREATE VIEW addresses AS SELECT email FROM users;",
        "CREATE VIEW hosts AS SELECT split_part(email, '@', 2) AS host FROM addresses;",
      ],
      "ALTER TABLE users ALTER COLUMN email TYPE varchar(100);"
    ),
    .good(
      "IF NOT EXISTS",
      history: ["CREATE TABLE users (id bigint, email text);"],
      "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let error = context.refusal, error.isCertain, error.state != .activeSQLTransaction else { return [] }
    return [context.finding(self, .refused(error, context), at: context.placeOfRefusal, fix: context.wayOut(of: error))]
  }
}

extension StatementContext {
  /// What to do about it, and what if it has happened already.
  fileprivate func wayOut(of error: SQLError) -> Finding.Fix {
    let detour = detour(around: error)
    let advice = (detour?.advice ?? advice(on: error)).map { "\($0); " } ?? ""
    return Finding.Fix(
      advice + "if it has already failed: \(migration.failure.recovery)",
      migrations: detour?.migrations ?? []
    )
  }
}

extension Finding.Message {
  fileprivate static func refused(_ error: SQLError, _ context: StatementContext) -> Self {
    let outcome = "\(context.whatStays), and \(context.migration.failure.state)"
    let reason = "\(error.message) (\(error.state.rawValue))\(context.causes(of: error))"
    return "PostgreSQL refuses this: \(reason); \(outcome)"
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
