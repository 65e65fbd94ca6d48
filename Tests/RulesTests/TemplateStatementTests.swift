import Linting
import Rules
import Testing

@Suite("A statement with placeholders")
struct TemplateStatementTests {
  /// Each finding as its rule and message.
  private func findings(_ sql: String, history: [String] = []) throws -> [Finding] {
    try MigrationReport.linting(history, then: MigrationText(sql: sql)).findings
  }

  @Test(
    "is judged by the table that the placeholder made, and refused by nothing that it leaves unknown",
    arguments: [
      "CREATE TABLE ${s}.users (id int, ${c} text);\nCREATE INDEX ON ${s}.users (${c});",
      "CREATE TABLE {{ .t }} (id int);\nALTER TABLE \"{{ .t }}\" ADD COLUMN {{ .c }} {{ .type }} NOT NULL;",
      "CREATE TABLE IF NOT EXISTS ${s}.users (id ${type} PRIMARY KEY DEFAULT ${n});\nCOMMENT ON TABLE ${s}.users IS ${x};",
      "CREATE SCHEMA ${s};\nSET search_path TO ${s};\nCREATE TABLE a (b int);\nCREATE INDEX ON ${s}.a (b);",
      "GRANT SELECT ON ALL TABLES IN SCHEMA ${s} TO ${role};\nCREATE EXTENSION ${e} SCHEMA ${s};",
      "{{ snapshot \"x\" }}\nCREATE VIEW v AS SELECT * FROM ${s}.users;\n${statement};",
      "CREATE TABLE t (a int) ${options};\n{% if x %}\nCREATE INDEX ON t (a);\n{% endif %}",
      "DO $$ BEGIN CREATE TABLE ${s}.users (id int); CREATE INDEX ON ${s}.users (id); END $$;",
    ]
  )
  func known(sql: String) throws {
    #expect(try findings(sql).map { "\($0.rule): \($0.message)" } == [])
  }

  @Test("knows what an earlier migration made by the same placeholder, and nothing by another")
  func history() throws {
    let sql = "ALTER TABLE ${s}.users ALTER COLUMN a TYPE varchar(100);"
    #expect(try findings(sql, history: ["CREATE TABLE ${s}.users (a varchar(50));"]).isEmpty)
    for other in ["CREATE TABLE ${S}.users (a varchar(50));", "CREATE TABLE s.users (a varchar(50));"] {
      #expect(try findings(sql, history: [other]).map(\.rule) == ["column-type-change-rewrites-table"])
    }
  }

  @Test("shows placeholders as they are written, in messages and in fixes")
  func words() throws {
    let finding = try #require(try findings("CREATE INDEX i_${n} ON ${s}.t_{{ n }} (a, ${c}) WHERE b = ${n};").first)
    #expect(
      finding.message.description == #"building index "i_${n}" blocks writes to "${s}"."t_{{ n }}" until it is done"#
    )
    let fix = finding.fix?.migrations
    #expect(
      fix == [#"CREATE INDEX CONCURRENTLY "i_${n}" ON "${s}"."t_{{ n }}" (a, ${c}) WHERE b = ${n};"#]
    )
  }

  @Test("whose default is a placeholder is not called safe for a table that was there")
  func unknownDefault() throws {
    let sql = "ALTER TABLE t ADD COLUMN a int DEFAULT ${n};"
    #expect(try findings(sql, history: ["CREATE TABLE t (b int);"]).map(\.rule) == ["statement-unclassified"])
    #expect(try findings("CREATE TABLE t (b int);\n\(sql)").isEmpty)
    #expect(try findings("ALTER TABLE t ADD COLUMN a text DEFAULT '${n}';").isEmpty)
  }

  @Test("that a number is needed in has the shortest of lengths, so that no change of a type is called safe")
  func numbers() throws {
    let sql = "ALTER TABLE t ALTER COLUMN a TYPE varchar(${n});"
    let rules = try findings(sql, history: ["CREATE TABLE t (a varchar(50));"]).map(\.rule)
    #expect(rules == ["column-type-change-rewrites-table", "column-type-narrowed"])
  }
}
