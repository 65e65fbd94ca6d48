import Syntax
import Testing

@testable import PostgresParser

func script(_ text: String) -> Script {
  PostgresParser.parse(SourceText(path: "a.sql", text: text))
}

extension Script {
  var statementTexts: [String] { statements.map { source[$0.range] } }
  var commentTexts: [String] { comments.map { source[$0.range] } }
  var skippedTexts: [String] { errors.map { source[$0.skipped] } }
  var errorTexts: [String] { errors.map { source[$0.range] } }
}

@Suite("A script")
struct ScriptTests {
  @Test("its grammar is PostgreSQL's")
  func grammarVersion() {
    #expect(PostgresParser.grammarVersion == "17")
  }

  @Test(
    "a statement reaches from its first token to its last",
    arguments: [
      ("SELECT 1;", ["SELECT 1"]),
      ("-- a\n/* b */ SELECT 1 /* c */ -- d\n ; /* e */ SELECT /* f */ 2 -- g\n", ["SELECT 1", "SELECT /* f */ 2"]),
      (";; SELECT 1 ;;\r\n;SELECT 2", ["SELECT 1", "SELECT 2"]),
      ("-- größe 📏\nSELECT 'größe 📏' ; SELECT 2", ["SELECT 'größe 📏'", "SELECT 2"]),
      ("SELECT '--' ;--;\nSELECT $$/*$$;", ["SELECT '--'", "SELECT $$/*$$"]),
      ("SELECT 1 \u{0B}\u{0C}; ", ["SELECT 1"]),
      ("", []), ("  \n", []), ("-- a", []), ("; ;\n;", []),
      (
        "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;); SELECT 3;",
        ["CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2;)", "SELECT 3"]
      ),
    ]
  )
  func ranges(text: String, expected: [String]) {
    let script = script(text)
    #expect(script.statementTexts == expected)
    #expect(script.errors.isEmpty)
    // The same must come out where one statement makes the parser refuse the whole.
    let broken = PostgresParser.parse(SourceText(path: "a.sql", text: "SELEC 0; " + text))
    #expect(broken.statementTexts == expected)
    #expect(broken.skippedTexts == ["SELEC 0;".dropLast()].map(String.init))
    #expect(broken.commentTexts == script.commentTexts)
  }

  @Test("a string continues after a comment, as PostgreSQL has it")
  func stringAcrossComment() {
    let script = script("SELECT 'a' -- b\n 'c'; -- d\nSELECT 2;")
    #expect(script.errors.isEmpty)
    #expect(script.statementTexts == ["SELECT 'a' -- b\n 'c'", "SELECT 2"])
  }

  @Test("offsets in the tree are those of the file, also after an error and a multi-byte character")
  func offsets() throws {
    let script = script("SELEC 1; -- größe\nDROP TABEL a;\nALTER TABLE accounts ADD b int, DROP c;")
    let statement = try #require(script.statements.first)
    guard case .alterTable(let table) = statement.kind else {
      Issue.record("no ALTER TABLE")
      return
    }
    let offset = try #require(table.relation.offset.byte)
    #expect(script.source[script.source.tokenRange(at: offset)] == "accounts")
  }

  @Test(
    "a statement that PostgreSQL refuses costs no other",
    arguments: [
      ("SELEC 1; SELECT 2;", ["SELECT 2"], ["SELEC 1"], ["SELEC"]),
      ("SELECT 1; SELECT ,; SELECT 2;", ["SELECT 1", "SELECT 2"], ["SELECT ,"], [","]),
      ("SELECT 'é' FROM; SELECT 2;", ["SELECT 2"], ["SELECT 'é' FROM"], [";"]),
      ("SELECT 1; SELECT", ["SELECT 1", "SELECT"], [], []),
      ("ALTER TABLE t ADD", [], ["ALTER TABLE t ADD"], [""]),
      (
        "CREATE TABLE a (id int, CHECK (id > 0);\nDROP TABLE b;", ["DROP TABLE b"],
        ["CREATE TABLE a (id int, CHECK (id > 0)"], [";"]
      ),
      ("SELECT (((1; SELECT ))); SELECT 2;", ["SELECT 2"], ["SELECT (((1", "SELECT )))"], [";", ")"]),
      ("SELECT 1; SELECT 'a;\nSELECT 2;", ["SELECT 1"], ["SELECT 'a;\nSELECT 2"], ["'a;"]),
      ("SELECT 1; /* a;\nSELECT 2;", ["SELECT 1"], ["/* a;\nSELECT 2"], ["/* a;"]),
      ("DO $a$ BEGIN END $b$;\nSELECT 2;", [], ["DO $a$ BEGIN END $b$;\nSELECT 2"], ["$a$ BEGIN END $b$;"]),
      ("SELECT 123abc; SELECT 2", ["SELECT 2"], ["SELECT 123abc"], ["123abc"]),
      ("UPDATE t SET a = 1 LIMIT 5; SELECT 2", ["SELECT 2"], ["UPDATE t SET a = 1 LIMIT 5"], ["LIMIT"]),
    ]
  )
  func recovers(text: String, statements: [String], skipped: [String], tokens: [String]) {
    let script = script(text)
    #expect(script.statementTexts == statements)
    #expect(script.skippedTexts == skipped)
    #expect(script.errorTexts == tokens)
  }

  @Test("the message is PostgreSQL's, on one line")
  func messages() {
    #expect(script("SELEC 1").errors.map(\.message) == [#"syntax error at or near "SELEC""#])
    #expect(script("SELECT 'a\nb").errors.map(\.message) == [#"unterminated quoted string at or near "'a…""#])
    #expect(script("SELECT (").errors.map(\.message) == ["syntax error at end of input"])
  }

  @Test(
    "a missing semicolon is an error, and the statements on both sides of it are read",
    arguments: [
      (
        "CREATE TABLE a (b int)\nCREATE TABLE c (d int);", ["CREATE TABLE a (b int)", "CREATE TABLE c (d int)"],
        ["CREATE"]
      ),
      (
        "DROP TABLE a -- x\n\n  -- y\n  DROP TABLE b\nSELECT 1", ["DROP TABLE a", "DROP TABLE b", "SELECT 1"],
        ["DROP", "SELECT"]
      ),
      ("SELECT * FROM a\nUPDATE b SET c = 1;", ["SELECT * FROM a", "UPDATE b SET c = 1"], ["b"]),
    ]
  )
  func missingSemicolon(text: String, statements: [String], tokens: [String]) {
    let script = script(text)
    #expect(script.statementTexts == statements)
    #expect(script.errorTexts == tokens)
    #expect(script.skippedTexts.joined() == "")
  }

  @Test(
    "reading goes on at a line that certainly begins a statement, and at no line of a clause",
    arguments: [
      (
        "<<<<<<< HEAD\nCREATE TABLE a (b int);\n=======\nDROP TABLE c;\n>>>>>>> x\n",
        ["CREATE TABLE a (b int)", "DROP TABLE c"], ["<<<<<<< HEAD", "=======", ">>>>>>> x"]
      ),
      (
        "ALTER TABEL a\nDROP COLUMN b,\nALTER COLUMN c SET NOT NULL;\nSELECT 1;", ["SELECT 1"],
        ["ALTER TABEL a\nDROP COLUMN b,\nALTER COLUMN c SET NOT NULL"]
      ),
      ("INSERT INTO a (b c)\nSELECT 1;", [], ["INSERT INTO a (b c)\nSELECT 1"]),
      ("CREATE TABLE a (\nCREATE TABLE b (c int);", ["CREATE TABLE b (c int)"], ["CREATE TABLE a ("]),
      ("CREATE TABLE a (b int b)\nCREATE TABLE b (c int);", ["CREATE TABLE b (c int)"], ["CREATE TABLE a (b int b)"]),
    ]
  )
  func resumes(text: String, statements: [String], skipped: [String]) {
    let script = script(text)
    #expect(script.statementTexts == statements)
    #expect(script.skippedTexts == skipped)
  }

  @Test("semicolons inside a rule or a function's body of SQL do not end it, unless it is broken")
  func nestedSemicolons() {
    let function =
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END"
    let rule = "CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (\nDELETE FROM a;\nDELETE FROM b;\n)"
    let whole = script("SELEC 1;\n\(function);\n\(rule);\nSELECT 3;")
    #expect(whole.statementTexts == [function, rule, "SELECT 3"])
    #expect(whole.errors.count == 1)
    let unseparated = script("SELECT 0\n\(rule);\nSELECT 3;")
    #expect(unseparated.statementTexts == ["SELECT 0", rule, "SELECT 3"])
    let broken = script("\(rule.dropLast());\nCREATE TABLE c (d int);\nSELECT 3;")
    #expect(broken.statementTexts.suffix(2) == ["CREATE TABLE c (d int)", "SELECT 3"])
    #expect(broken.errors.count == 1)
  }

  @Test("many errors take no more time each than a few do", .timeLimit(.minutes(30)))
  func manyErrors() {
    let count = 50_000
    let texts = [
      String(repeating: "SELEC 1;\n", count: count), String(repeating: "CREATE TABLE a (b int\n", count: count),
      String(repeating: "SELECT (1;\n", count: count), String(repeating: "SELECT 1\n", count: count),
      String(repeating: "CREATE RULE r AS ON INSERT TO t DO (SELECT 1;\n", count: count),
      "CREATE RULE r AS ON INSERT TO t DO (" + String(repeating: "SELEC 1;\n", count: count),
    ]
    for text in texts {
      let script = script(text)
      #expect(script.errors.count >= count - 1)
    }
  }

  @Test("comments nested by the hundred thousand take no time, and stay where they are", .timeLimit(.minutes(30)))
  func nestedComments() {
    let open = String(repeating: "/*", count: 100_000)
    let close = String(repeating: "*/", count: 100_000)
    let closed = script("SELECT 'a' \(open) -- \(close)\n'b';\nSELECT 1;")
    #expect(closed.statementTexts == ["SELECT 1"])
    #expect(closed.errorTexts == ["'b'"])
    #expect(closed.comments.map(\.range.count) == [open.count + 4 + close.count])
    let unclosed = script("SELECT 1;\n\(open)")
    #expect(unclosed.statementTexts == ["SELECT 1"])
    #expect(unclosed.errors.first?.message.hasPrefix(#"unterminated /* comment at or near "/*"#) == true)
    #expect(unclosed.errors.first?.message.count == 202)
    #expect(unclosed.skippedTexts.map(\.count) == [open.count])
  }
}
