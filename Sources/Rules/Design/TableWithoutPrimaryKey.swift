import Catalog
import Linting
import Syntax

struct TableWithoutPrimaryKey: MigrationRule {
  let id = "table-without-primary-key"
  let summary = "A new table has no primary key, so that nothing tells its rows apart."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    Without a primary key the same row can be there twice, logical replication refuses UPDATE and DELETE, and batches have no \
    order to go by. It is easily added while the table is empty.
    """
  let alternative = "CREATE TABLE clips (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text);"
  let reference = "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS"
  let examples: [RuleExample] = [
    .bad("none", "CREATE TABLE clips (id bigint, title text);"),
    .good("one", "CREATE TABLE clips (id bigint PRIMARY KEY, title text);"),
    .good("one that follows", "CREATE TABLE clips (id bigint, title text);\nALTER TABLE clips ADD PRIMARY KEY (id);"),
    .good("temporary", "CREATE TEMPORARY TABLE clips (id bigint);"),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    context.statements.enumerated().compactMap { index, statement in
      guard statement.refusal?.isCertain != true, case .createTable(let create) = statement.statement.kind,
        create.relation.persistence != .temporary, create.parents.isEmpty
      else { return nil }
      let name = context.end.qualified(create.relation.name)
      guard let table = context.end.catalog.tables[name], table.primaryKey == nil, !table.isPartition,
        context.start.catalog.tables[name] == nil
      else { return nil }
      return context.finding(
        self,
        .missing(name),
        at: index,
        fix: Finding.Fix("give it a primary key while it is empty")
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func missing(_ table: QualifiedName) -> Self {
    "\(table.displayName) has no primary key: rows can be there twice, and logical replication cannot change them"
  }
}
