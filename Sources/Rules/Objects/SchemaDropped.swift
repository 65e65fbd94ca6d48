import Catalog
import Execution
import Linting
import Syntax

struct SchemaDropped: StatementRule {
  let id = "schema-dropped"
  let alsoKnownAs = ["atlas: DS101", "pgfence: drop-schema"]
  let summary = "DROP SCHEMA … CASCADE takes every table in it along, without naming one."
  let risk = Risk.critical
  let tellsOfLoss = true
  let explanation = """
    CASCADE drops all that is in the schema: tables with their rows, views, functions, types, sequences, and what uses \
    them in other schemas. The statement names none of it, and no down migration brings the rows back. Each table and \
    each table that a foreign key points to is locked against reads and writes until the transaction ends.

    Without CASCADE, PostgreSQL drops a schema only if it is empty. Code that names it still breaks, at Medium.
    """
  let alternative = """
    -- after the code stopped using them, in migrations of their own, each with a backup
    -- sqllint:allow table-dropped unused since release 41, backup taken
    DROP TABLE billing.invoices;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-dropschema.html"
  let examples: [RuleExample] = [
    .bad(
      "with the tables in it",
      history: ["CREATE SCHEMA billing;", "CREATE TABLE billing.invoices (id bigint);"],
      "DROP SCHEMA billing CASCADE;"
    ),
    .bad("an empty one, at Medium", history: ["CREATE SCHEMA billing;"], "DROP SCHEMA billing;"),
    .good("one that never was", "DROP SCHEMA IF EXISTS billing CASCADE;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .drop(let drop) = context.statement.kind, drop.objectKind == .schema else { return [] }
    let dropped = context.effects.breaks.compactMap { breakage -> String? in
      if case .objectGone(.schema, let name) = breakage { name } else { nil }
    }
    let losses = context.effects.losses
    let emptied = dropped.filter { losses.contains(.object(.schema, name: $0)) }
    if dropped.isEmpty { return [] }
    let allow = Finding.Fix(
      "make sure that no running code uses it, take a backup, and say so with the reason:\n-- sqllint:allow \(id) reason"
    )
    guard !emptied.isEmpty else {
      let breaks = dropped.map { Breakage.objectGone(.schema, name: $0) }
      return [context.finding(self, .dropping(dropped), risk: .medium, fix: allow, breaks: breaks)]
    }
    let tables = losses.compactMap { loss -> QualifiedName? in if case .table(let name) = loss { name } else { nil } }
    return [context.finding(self, .losing(dropped, tables), fix: allow)]
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ schemas: [String]) -> Self {
    "dropping \(schemas.map(\.quotedIdentifier).named("schema", "schemas")) breaks running code that looks there for names"
  }

  fileprivate static func losing(_ schemas: [String], _ tables: [QualifiedName]) -> Self {
    let schemas = schemas.map(\.quotedIdentifier).named("schema", "schemas")
    guard !tables.isEmpty else {
      return """
        dropping \(schemas) with CASCADE loses all that is in there for good, and breaks running code that uses it
        """
    }
    let count = String.count(tables.count, "table", "tables")
    return """
      dropping \(schemas) loses \(count) with all rows for good, \(tables.map(\.displayName).shortList), and breaks \
      running code that uses what is in there
      """
  }
}
