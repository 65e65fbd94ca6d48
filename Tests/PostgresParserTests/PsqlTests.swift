import Syntax
import Testing

@testable import PostgresParser

@Suite("What belongs to psql")
struct PsqlTests {
  /// What is not SQL, as `kind text`.
  private func nonSQLRanges(_ script: Script) -> [String] {
    script.nonSQLRanges.map { part in
      let text = script.source[part.range]
      return switch part.kind {
      case .metaCommand(let name): "\(name): \(text)"
      case .copyData: "data: \(text)"
      case .placeholder(let placeholder): "variable \(placeholder.name): \(text)"
      case .omitted(let placeholder): "omitted \(placeholder.name): \(text)"
      }
    }
  }

  @Test(
    "meta commands are passed over, with what they do to the statement before them",
    arguments: [
      ("\\connect other\n\\c -\nSELECT 1;", ["SELECT 1"], ["connect: \\connect other", "c: \\c -"]),
      (
        "\\if :x\nSELECT 1;\n\\else\nSELECT 2;\n\\endif", ["SELECT 1", "SELECT 2"],
        ["if: \\if :x", "else: \\else", "endif: \\endif"]
      ),
      ("\\ir 'a; -- b.sql'\r\nSELECT 1;", ["SELECT 1"], ["ir: \\ir 'a; -- b.sql'"]),
      ("\\set n 'it''s; here'\nSELECT 1", ["SELECT 1"], ["set: \\set n 'it''s; here'"]),
      ("\\set q '\nSELECT 1;", ["SELECT 1"], ["set: \\set q '"]),
      (
        "SELECT 1 \\g\nSELECT 2 \\gexec\nSELECT 3 \\gset a_\nSELECT 4;",
        ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4"], ["g: \\g", "gexec: \\gexec", "gset: \\gset a_"]
      ),
      ("SELECT 1 \\; SELECT 2;", ["SELECT 1", "SELECT 2"], [";: \\"]),
      ("\\x \\\\ SELECT 1;", ["SELECT 1"], ["x: \\x \\\\"]),
      ("\\! echo 'a\nSELECT 1;", ["SELECT 1"], ["!: \\! echo 'a"]),
      (
        "\\!true\n\\dt+ public.*\n\\d t\n\\dAc\nSELECT 1;", ["SELECT 1"],
        ["!: \\!true", "dt+: \\dt+ public.*", "d: \\d t", "dAc: \\dAc"]
      ),
      (
        "\\restrict x\nSELECT 1;\n\\unrestrict x\n", ["SELECT 1"],
        ["restrict: \\restrict x", "unrestrict: \\unrestrict x"]
      ),
      (
        "CREATE TABLE a (\n\\i columns.sql\n  b int\n);", ["CREATE TABLE a (\n\\i columns.sql\n  b int\n)"],
        ["i: \\i columns.sql"]
      ),
    ]
  )
  func metaCommands(text: String, statements: [String], expected: [String]) {
    let script = script(text)
    #expect(script.statementTexts == statements)
    #expect(nonSQLRanges(script) == expected)
    #expect(script.errors.isEmpty)
  }

  @Test(
    "a backslash without a command of psql's is an error in its statement",
    arguments: ["\\domain x", "\\data", "\\ ", "\\foo"]
  )
  func unknownCommand(text: String) {
    let script = script("SELECT 1;\nSELECT 2 \(text);\nSELECT 3;")
    #expect(script.statementTexts == ["SELECT 1", "SELECT 3"])
    #expect(script.errorTexts == ["\\"])
    #expect(script.nonSQLRanges.isEmpty)
  }

  @Test("backslashes in strings, identifiers, comments and dollar quotes begin no command")
  func quotedBackslashes() {
    let script = script("SELECT '\\d', \"\\c\", $$\\i x$$, E'\\\\g'; -- \\q\n/* \\q */ \\q\n")
    #expect(script.statements.count == 1)
    #expect(nonSQLRanges(script) == ["q: \\q"])
  }

  @Test(
    "the lines after COPY … FROM stdin are data up to their end",
    arguments: [
      "COPY t (a) FROM stdin;", "copy t from STDIN WITH (FORMAT csv); -- a comment", "COPY t FROM stdin \\g",
      "\\copy t from stdin",
    ]
  )
  func copyData(command: String) {
    let data = "1\tit's; not $$ SQL\n\\N\tDROP TABLE a;\n  -- /* \n"
    for lineEnd in ["\n", "\r\n"] {
      let text = "SELECT 1;\n\(command)\n\(data)\\.\nSELECT 2;\n".split(
        separator: "\n",
        omittingEmptySubsequences: false
      )
      .joined(separator: lineEnd)
      let script = script(text)
      #expect(script.errors.isEmpty)
      #expect(script.statementTexts.first == "SELECT 1")
      #expect(script.statementTexts.last == "SELECT 2")
      #expect(script.statements.count == (command.hasPrefix("\\") ? 2 : 3))
      let found = script.nonSQLRanges.filter { $0.kind == .copyData }.map { script.source[$0.range] }
      #expect(found == [data.split(separator: "\n").joined(separator: lineEnd) + lineEnd])
      #expect(script.nonSQLRanges.last?.kind == .metaCommand("."))
      #expect(script.comments.count == (command.contains("--") ? 1 : 0))
    }
  }

  @Test("data may be empty, reach to the end of the file, and follow data")
  func copyDataAtEdges() {
    #expect(script("COPY t FROM stdin;").statementTexts == ["COPY t FROM stdin"])
    #expect(script("COPY t FROM stdin;\n\\.\nSELECT 1").statementTexts == ["COPY t FROM stdin", "SELECT 1"])
    #expect(nonSQLRanges(script("COPY t FROM stdin;\n\\.\n")) == [".: \\."])
    #expect(nonSQLRanges(script("COPY t FROM stdin;\nSELECT 1;\n")) == ["data: SELECT 1;\n"])
    #expect(nonSQLRanges(script("COPY t FROM stdin;\n1\n2")) == ["data: 1\n2"])
    let twice = script("COPY t FROM stdin;\n1\n\\.\nCOPY u FROM stdin;\n'2\n\\.\nSELECT 1")
    #expect(twice.statements.count == 3)
    #expect(nonSQLRanges(twice) == ["data: 1\n", ".: \\.", "data: '2\n", ".: \\."])
    #expect(script("COPY t TO stdout;\nSELECT 1;\nCOPY t FROM 'stdin';\nSELECT 2;").statements.count == 4)
  }

  @Test("errors next to data do not hide it")
  func errorsAroundData() {
    let script = script("SELEC 1;\nCOPY t FROM stdin;\nit's\n\\.\nSELEC 2;\nSELECT 3;")
    #expect(script.statementTexts == ["COPY t FROM stdin", "SELECT 3"])
    #expect(script.skippedTexts == ["SELEC 1", "SELEC 2"])
  }

  @Test(
    "variables are read as names, strings or numbers of unknown value",
    arguments: [
      ("CREATE TABLE :\"name\" (id integer);", ["variable name: :\"name\""]),
      ("COMMENT ON TABLE :name IS :'text';", ["variable name: :name", "variable text: :'text'"]),
      ("SELECT :size + 1 FROM t LIMIT :size;", ["variable size: :size", "variable size: :size"]),
      ("CREATE SEQUENCE s START :größe;", ["variable größe: :größe"]),
      ("SET search_path TO :schema;", ["variable schema: :schema"]),
    ]
  )
  func variables(text: String, expected: [String]) {
    let script = script("SELECT 1; \(text) SELECT 2;")
    #expect(script.statementTexts == ["SELECT 1", String(text.dropLast()), "SELECT 2"])
    #expect(nonSQLRanges(script) == expected)
    #expect(script.errors.isEmpty)
  }

  @Test("a variable's name stands where its value would")
  func variableNames() {

    guard case .drop(let drop)? = script("DROP TABLE :\"name\", :name;").statements.first?.kind else {
      Issue.record("no DROP")
      return
    }
    #expect(drop.objects.map(\.name.name) == [":name", ":name"])
  }

  @Test("casts, slices, strings and comments hold no variables")
  func notVariables() {
    let script = script(
      "SELECT '1'::integer, (ARRAY[1, 2])[1:n], a[:n], ':x', E'\\':x', $$ :x $$; -- :x\nDO $$ BEGIN n:=1; END $$;"
    )
    #expect(script.nonSQLRanges.isEmpty)
    #expect(script.errors.isEmpty)
    #expect(script.statements.count == 2)
  }

  @Test("an error in a statement with variables is found where it is")
  func errorBehindVariable() {
    let script = script("SELECT :a, b c d FROM t; SELECT 1;")
    #expect(script.errorTexts == ["d"])
    #expect(script.statementTexts == ["SELECT 1"])
    #expect(script.nonSQLRanges.isEmpty)
  }
}
