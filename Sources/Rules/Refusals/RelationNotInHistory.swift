import Catalog
import Execution
import Linting
import Syntax

struct RelationNotInHistory: StatementRule {
  let id = "relation-not-in-history"
  let summary = "No migration creates what the statement needs."
  let risk = Risk.medium
  let explanation = """
    The history begins with an empty schema and creates its tables, but not this one: a typo in the name, a file that is \
    missing, or something that was created by hand. In a new database, such as that of a test or of a new colleague, the \
    migration fails.

    Schemas that the history does not create, such as `auth`, the tables in which migration runners record what has run, \
    what `external` in .sqllint.yml lists, and histories that begin with a table they do not create are left alone.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN email text;
    """
  let reference = "https://www.postgresql.org/docs/current/errcodes-appendix.html"
  let examples: [RuleExample] = [
    .bad(
      "a typo",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE usres ADD COLUMN email text;"
    ),
    .good(
      "the right name",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN email text;"
    ),
    .good(
      "IF EXISTS",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE IF EXISTS usres ADD COLUMN email text;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let error = context.refusal, !error.isCertain, let object = error.object, object.kind.isAskedFor else {
      return []
    }
    // Told where it was needed first.
    if object.kind.isRelation, context.before.catalog.isMissing(object.name) { return [] }
    let usual = "create it in an earlier migration, correct the name, or list it under `external` in .sqllint.yml"
    return [
      context.finding(
        self,
        .missing(error, object),
        at: context.placeOfRefusal,
        fix: Finding.Fix(context.wayToMissing(error) ?? usual)
      )
    ]
  }
}

extension ObjectKind {
  /// Functions and their kin come from extensions more often than not.
  fileprivate var isAskedFor: Bool { isRelation || self == .column || self == .type }
}

extension Finding.Message {
  fileprivate static func missing(_ error: SQLError, _ object: SQLError.Object) -> Self {
    "no migration before this creates \(object): in a new database PostgreSQL refuses the statement (\(error.state.rawValue))"
  }
}
