import Catalog
import Linting
import Syntax

struct UnqualifiedName: StatementRule {
  let id = "unqualified-name"
  let summary = "The search_path of the session decides in which schema the new table is made."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    A name without a schema lands in the first schema of search_path. Where a role, a pooler or another migration sets another \
    one, the table is made elsewhere, and code does not find it.
    """
  let alternative = "CREATE TABLE public.clips (id bigint PRIMARY KEY);"
  let reference = "https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH"
  let examples: [RuleExample] = [
    .bad("a table", "CREATE TABLE clips (id bigint PRIMARY KEY);"),
    .bad("a view", "CREATE VIEW one AS SELECT 1 AS n;"),
    .good("with its schema", "CREATE TABLE public.clips (id bigint PRIMARY KEY);"),
    .good("a temporary table", "CREATE TEMPORARY TABLE clips (id bigint);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let relation: RelationReference
    switch context.statement.kind {
    case .createTable(let create): relation = create.relation
    case .createView(let create): relation = create.relation
    default: return []
    }
    guard relation.name.schema == nil, relation.persistence != .temporary else { return [] }
    let fix = Finding.Fix("write the schema before the name")
    return [context.finding(self, .landing(relation.name), fix: fix)]
  }
}

extension Finding.Message {
  fileprivate static func landing(_ name: QualifiedName) -> Self {
    "\(name.displayName) is made in whatever schema comes first in the search_path of the session"
  }
}
