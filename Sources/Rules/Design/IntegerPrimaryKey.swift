import Catalog
import Linting
import Syntax

struct IntegerPrimaryKey: StatementRule {
  let id = "integer-primary-key"
  let alsoKnownAs = ["squawk: prefer-bigint-over-int"]
  let summary = "A primary key of 32 bits runs out, and widening it then takes a rewrite."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    An integer ends at 2,147,483,647, and a sequence also counts what was rolled back or deleted. When it is \
    reached, every INSERT fails; making the column bigint rewrites the table, every index and each table that refers \
    to it, while everybody waits. Four bytes a row are cheaper.
    """
  let alternative = "CREATE TABLE clips (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"
  let reference = "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT"
  let examples: [RuleExample] = [
    .bad("integer", "CREATE TABLE clips (id integer PRIMARY KEY);"),
    .bad("serial", "CREATE TABLE clips (id serial, PRIMARY KEY (id));"),
    .good("bigint", "CREATE TABLE clips (id bigint PRIMARY KEY, views integer);"),
    .good(
      "of several columns",
      "CREATE TABLE views (clip_id bigint, position integer, PRIMARY KEY (clip_id, position));"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let keys = context.newConstraints { if case .primaryKey = $0.definition.kind { true } else { false } }
    guard let (table, constraints) = keys, table.persistence != .temporary, let key = constraints.first,
      key.columns.count == 1, let column = table.column(key.columns[0]), let type = column.type,
      ["int4", "int2", "serial", "serial4", "smallserial", "serial2"].contains(type.name.name)
    else { return [] }
    return [context.finding(self, .endingSoon(column, of: table.name), fix: Finding.Fix("use bigint"))]
  }
}

extension Finding.Message {
  fileprivate static func endingSoon(_ column: Column, of table: QualifiedName) -> Self {
    let last =
      column.type?.name.name.contains("2") == true || column.type?.name.name == "smallserial"
      ? "32,767" : "2,147,483,647"
    return
      "\(column.name.quotedIdentifier) of \(table.displayName) ends at \(last): widening it then rewrites the table"
  }
}
