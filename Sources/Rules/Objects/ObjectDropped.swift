import Catalog
import Execution
import Linting
import Syntax

struct ObjectDropped: StatementRule {
  let id = "object-dropped"
  let alsoKnownAs = ["pgfence: drop-view", "pgfence: drop-function", "pgfence: drop-type", "pgfence: drop-trigger"]
  let summary = "Running code that uses the view, function, type or other object breaks."
  let risk = Risk.medium
  let tellsOfLoss = true
  let explanation = """
    Code that runs during the deployment fails where it reads the view, calls the function or names the type. A trigger, \
    a policy or a rule goes without an error: what it kept true is no longer kept. Nothing breaks where the same \
    transaction makes the object again.

    A sequence takes with it the number that it had reached, at High. CASCADE on a type, a domain or an extension drops \
    columns of that type from tables which the statement does not name, with all values, at Critical.
    """
  let alternative = """
    -- CREATE OR REPLACE keeps the object, its privileges and what depends on it
    CREATE OR REPLACE VIEW active_users AS SELECT id, name FROM users;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-depend.html"
  let examples: [RuleExample] = [
    .bad(
      "a view",
      history: ["CREATE TABLE users (id bigint);", "CREATE VIEW active_users AS SELECT id FROM users;"],
      "DROP VIEW active_users;"
    ),
    .bad("a sequence, at High", history: ["CREATE SEQUENCE invoice_numbers;"], "DROP SEQUENCE invoice_numbers;"),
    .bad(
      "a type with the columns of it, at Critical",
      history: ["CREATE TYPE mood AS ENUM ('sad');", "CREATE TABLE users (id bigint, mood mood);"],
      "DROP TYPE mood CASCADE;"
    ),
    .bad(
      "an attribute of a type, at High",
      history: ["CREATE TYPE point3 AS (x integer, y integer, z integer);", "CREATE TABLE spots (place point3);"],
      "ALTER TYPE point3 DROP ATTRIBUTE z;"
    ),
    .good(
      "a function of a trigger, which no code calls",
      history: ["CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"],
      "DROP FUNCTION touch();"
    ),
    .good(
      "a view that is made again",
      history: ["CREATE TABLE users (id bigint);", "CREATE VIEW active_users AS SELECT id FROM users;"],
      "DROP VIEW active_users;\nCREATE VIEW active_users AS SELECT id, id AS number FROM users;"
    ),
    .good("a view that never was", "DROP VIEW IF EXISTS active_users;"),
    .good(
      "a function made in the same migration",
      "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';\nDROP FUNCTION one();"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let kind = context.statement.kind.kindOfDropped else { return [] }
    let dropped = DroppedObjects(context)
    guard !dropped.named.isEmpty || !dropped.columns.isEmpty, !context.goesWithItsColumns(dropped) else { return [] }
    let losesAllOfType = context.effects.losses.contains { loss in
      if case .object(.extension, _) = loss { true } else { false }
    }
    let losesNumber = context.effects.losses.contains { if case .object(.sequence, _) = $0 { true } else { false } }
    let message: Finding.Message =
      switch kind {
      case .attribute: .losingValues(of: dropped)
      case .sequence where losesNumber: .losingNumber(of: dropped)
      default: .dropping(dropped, kind, losesAllOfType: losesAllOfType)
      }
    let risk: Risk =
      losesAllOfType || !dropped.columns.isEmpty ? .critical : losesNumber || kind == .attribute ? .high : self.risk
    return [
      context.finding(
        self,
        message,
        risk: risk,
        fix: Finding.Fix(
          "make sure that no running code uses it, and say so with the reason:\n-- sqllint:allow \(id) reason"
        ),
        // What was in it is lost, even where it is made again.
        breaks: risk == self.risk ? dropped.breaks : []
      )
    ]
  }
}

extension StatementContext {
  /// Whether only types are dropped that columns had when the deployment began: DROP TYPE finds none that still has it, and
  /// what breaks with such a column is told where that is dropped or changed.
  fileprivate func goesWithItsColumns(_ dropped: DroppedObjects) -> Bool {
    guard let start = deploymentStart, dropped.columns.isEmpty, dropped.others.isEmpty else { return false }
    var types: Set<QualifiedName> = []
    for breakage in dropped.breaks {
      guard case .objectGone(.type, let name) = breakage else { return false }
      types.insert(QualifiedName(parsing: name))
    }
    let used = start.tables.values.lazy.flatMap(\.columns).compactMap(\.type).map { before.qualifiedType($0.name) }
    return !types.isEmpty && types.isSubset(of: used)
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ dropped: DroppedObjects, _ kind: ObjectKind, losesAllOfType: Bool) -> Self {
    let gone = dropped.columns + dropped.others
    var also = gone.isEmpty ? "" : " takes \(gone.shortList) with \(dropped.named.count == 1 ? "it" : "them")"
    if losesAllOfType { also = " drops all that uses it, columns of its types with their values" }
    let loses = dropped.columns.isEmpty && !losesAllOfType ? "" : ", for good,"
    return """
      dropping \(dropped.named.shortList)\(also)\(loses)\(also.isEmpty ? "" : " and") \(kind.whatFollows(dropOf: dropped.named.count))
      """
  }

  fileprivate static func losingValues(of dropped: DroppedObjects) -> Self {
    """
    dropping \(dropped.named.shortList) loses what columns of the type hold in it for good, and breaks running code that \
    uses it
    """
  }

  fileprivate static func losingNumber(of dropped: DroppedObjects) -> Self {
    """
    dropping \(dropped.named.shortList) loses the number that it had come to for good, and running code that asks for the \
    next one fails
    """
  }
}

extension ObjectKind {
  fileprivate func whatFollows(dropOf count: Int) -> String {
    let (it, does) = count == 1 ? ("it", "it does") : ("them", "they do")
    return switch self {
    case .view, .materializedView: "breaks running code that reads \(it)"
    case .function, .procedure, .routine, .aggregate: "breaks running code that calls \(it)"
    case .trigger: "ends what \(does) when running code writes"
    case .rule: "ends what \(does) to statements of running code"
    case .policy: "changes which rows running code sees and may write"
    case .role: "breaks running code that logs in as \(it)"
    case .publication, .subscription: "stops the replication that goes through \(it)"
    default: "breaks running code that uses \(it)"
    }
  }
}
