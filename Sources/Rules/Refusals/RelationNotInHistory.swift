import Catalog
import Execution
import Linting
import Syntax

struct RelationNotInHistory: StatementRule {
  let id = "relation-not-in-history"
  let summary = "No migration makes what the statement needs."
  let risk = Risk.medium
  let explanation = """
    The history begins with an empty schema and makes its tables, but not this one: a slip in the name, a file that is \
    missing, or something that was made by hand. In a new database, such as that of a test or of a new colleague, the \
    migration fails.

    Nothing is asked of schemas that the history does not make, such as `auth`, of tables in which migration runners keep \
    what has run, and of histories that begin with a table which they do not make.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN email text;
    """
  let reference = "https://www.postgresql.org/docs/current/errcodes-appendix.html"
  let examples: [RuleExample] = [
    .bad(
      "a slip",
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
    let near = context.before.names(near: error).map(\.quotedIdentifier)
    let question = near.isEmpty ? nil : "did you mean \(NearestName.alternatives(near))?"
    return [
      context.finding(
        self,
        .missing(error, object),
        fix: Finding.Fix(question ?? "make it in a migration before this one, or mend the name")
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
    "no migration makes \(object): in a new database PostgreSQL refuses the statement (\(error.state.rawValue))"
  }
}
