import Syntax
import Testing

@testable import PostgresParser

@Suite("Code inside a DO block")
struct EmbeddedCodeTests {
  private func code(_ body: String, language: String = "plpgsql") -> EmbeddedCode {
    EmbeddedCodeReader.code(language: language, body: body, nesting: 0)
  }

  /// The statements of a text as they come out of a block.
  private func kinds(_ texts: [String]) throws -> [Statement.Kind] {
    try texts.flatMap { try RawParser.parse(Array($0.utf8)[...], base: nil).map(\.kind) }
  }

  @Test(
    "every statement and every expression that reads or calls is found, in the order of the text",
    arguments: [
      ("BEGIN ALTER TABLE a ADD b int; UPDATE a SET b = 1; END", ["ALTER TABLE a ADD b int", "UPDATE a SET b = 1"]),
      ("BEGIN PERFORM f(1); CALL p(2); END", ["SELECT f(1)", "CALL p(2)"]),
      ("DECLARE n int := (SELECT 1 FROM a); BEGIN n := f(n); n = 2; END", ["SELECT (SELECT 1 FROM a)", "SELECT f(n)"]),
      (
        "DECLARE n int; BEGIN SELECT b INTO n FROM a; DELETE FROM a RETURNING b INTO n; END",
        ["SELECT b FROM a", "DELETE FROM a RETURNING b"]
      ),
      (
        "BEGIN IF EXISTS (SELECT 1 FROM a) THEN DROP TABLE a; ELSIF f() THEN DROP TABLE b; ELSE DROP TABLE c; END IF; END",
        ["SELECT EXISTS (SELECT 1 FROM a)", "DROP TABLE a", "SELECT f()", "DROP TABLE b", "DROP TABLE c"]
      ),
      (
        "DECLARE r record; BEGIN FOR r IN SELECT 1 FROM a LOOP DROP TABLE b; END LOOP; END",
        ["SELECT 1 FROM a", "DROP TABLE b"]
      ),
      ("BEGIN FOR i IN 1..f() LOOP DROP TABLE b; END LOOP; END", ["SELECT f()", "DROP TABLE b"]),
      (
        "BEGIN LOOP EXIT WHEN f(); DROP TABLE b; END LOOP; WHILE g() LOOP NULL; END LOOP; END",
        ["SELECT f()", "DROP TABLE b", "SELECT g()"]
      ),
      (
        "DECLARE n int := 1; BEGIN CASE n WHEN 1 THEN DROP TABLE a; ELSE DROP TABLE b; END CASE; END",
        ["SELECT \"__Case__Variable_2__\" IN (1)", "DROP TABLE a", "DROP TABLE b"]
      ),
      (
        "BEGIN BEGIN DROP TABLE a; EXCEPTION WHEN OTHERS THEN DROP TABLE b; END; DROP TABLE c; END",
        ["DROP TABLE a", "DROP TABLE b", "DROP TABLE c"]
      ),
      (
        "DECLARE c CURSOR FOR SELECT 1 FROM a; r record; BEGIN FOR r IN c LOOP DROP TABLE b; END LOOP; END",
        ["SELECT 1 FROM a", "DROP TABLE b"]
      ),
      (
        "BEGIN UPDATE a SET b = 1; COMMIT; UPDATE a SET b = 2; ROLLBACK AND CHAIN; END",
        ["UPDATE a SET b = 1", "COMMIT", "UPDATE a SET b = 2", "ROLLBACK AND CHAIN"]
      ),
      ("BEGIN RAISE NOTICE '%', f(); ASSERT g(); END", ["SELECT f()", "SELECT g()"]),
      ("BEGIN NULL; RETURN; END", []),
    ]
  )
  func plpgsql(body: String, expected: [String]) throws {
    let code = code(body)
    #expect(code.statements == (try kinds(expected)))
    #expect(code.unread.isEmpty)
  }

  @Test(
    "the text of an EXECUTE is read if it is always the same",
    arguments: [
      ("'DROP TABLE a'", "DROP TABLE a"), ("'DROP ' || 'TABLE' || ' a'", "DROP TABLE a"),
      ("E'DROP\\nTABLE a'", "DROP TABLE a"),
      ("$q$DROP TABLE a$q$", "DROP TABLE a"), ("'DROP TABLE a'::text", "DROP TABLE a"),
      ("'DROP TABLE a; DROP TABLE b'", "DROP TABLE a; DROP TABLE b"),
      ("format('DROP TABLE %I.%I', 'public', 'My a')", "DROP TABLE public.\"My a\""),
      ("format('ALTER TABLE a ADD b text DEFAULT %L', 'it''s 100%')", "ALTER TABLE a ADD b text DEFAULT 'it''s 100%'"),
      ("format('SELECT %L', E'a\\\\b')", "SELECT E'a\\\\b'"),
      ("format('SELECT ''%%'', %2$s, %1$s', 1, 2)", "SELECT '%', 2, 1"),
      ("concat('DROP TABLE ', quote_ident('Ä'))", "DROP TABLE \"Ä\""),
      ("'SELECT $1' USING 1", "SELECT $1"),
    ]
  )
  func dynamicText(expression: String, expected: String) throws {
    let code = code("BEGIN EXECUTE \(expression); END")
    #expect(code.statements == (try kinds([expected])))
    #expect(code.unread.isEmpty)
    let loop = self.code("DECLARE r record; BEGIN FOR r IN EXECUTE \(expression) LOOP NULL; END LOOP; END")
    #expect(loop.statements == code.statements)
    #expect(loop.unread.isEmpty)
  }

  @Test(
    "what cannot be read is said, and the rest is read",
    arguments: [
      ("'DROP TABLE ' || quote_ident(t)", "the EXECUTE in line 3 of the block, whose text is made at run time"),
      ("format('DROP TABLE %I', t)", "the EXECUTE in line 3 of the block, whose text is made at run time"),
      ("format('DROP TABLE %10s', 'a')", "the EXECUTE in line 3 of the block, whose text is made at run time"),
      ("format('DROP TABLE %s')", "the EXECUTE in line 3 of the block, whose text is made at run time"),
      ("t", "the EXECUTE in line 3 of the block, whose text is made at run time"),
      (
        "'DROP TABEL a'",
        "the EXECUTE in line 3 of the block, which PostgreSQL refuses: syntax error at or near \"TABEL\""
      ),
    ]
  )
  func unreadText(expression: String, reason: String) throws {
    let code = code("\nDECLARE t text; BEGIN\nEXECUTE \(expression); DROP TABLE b; END")
    #expect(code.unread == [reason])
    #expect(code.statements == (try kinds(["DROP TABLE b"])))
  }

  @Test(
    "a body that cannot be read says why",
    arguments: [
      ("plpgsql", "BEGIN FOO; END", "the body, which PL/pgSQL refuses: syntax error at or near \"FOO\""),
      ("plpgsql", "BEGIN x := 1; END", "the body, which PL/pgSQL refuses: \"x\" is not a known variable"),
      ("plpgsql", "", "the body, which PL/pgSQL refuses: syntax error at end of input"),
      ("plpython3u", "plpy.execute('x')", "the body, which is in the language plpython3u"),
      ("sql", "SELECT FROM WHERE", "the body, which PostgreSQL refuses: syntax error at or near \"WHERE\""),
    ]
  )
  func unreadBody(language: String, body: String, reason: String) {
    let code = code(body, language: language)
    #expect(code.statements == [])
    #expect(code.unread == [reason])
  }

  @Test("the body of a function in SQL is its statements")
  func sqlBody() throws {
    #expect(code("SELECT 1; DELETE FROM a;", language: "SQL").statements == (try kinds(["SELECT 1", "DELETE FROM a"])))
  }

  @Test("a DO statement holds its code, and the statements around it stay whole")
  func doStatement() throws {
    let text = "DROP TABLE a;\nDO $$ BEGIN EXECUTE 'DO $x$ BEGIN DROP TABLE b; END $x$'; END $$;\nDROP TABLE c;"
    let script = script(text)
    #expect(script.statements.count == 3)
    #expect([script.statements[0].kind, script.statements[2].kind] == (try kinds(["DROP TABLE a", "DROP TABLE c"])))
    guard case .anonymousBlock(let block) = script.statements[1].kind,
      case .anonymousBlock(let inner)? = block.code.statements.first
    else {
      Issue.record("no DO inside a DO")
      return
    }
    #expect(inner.code.statements == (try kinds(["DROP TABLE b"])))
  }

  @Test("a statement inside a block has no place in the file")
  func offsets() throws {
    guard case .alterTable(let table)? = code("BEGIN ALTER TABLE a ADD b int; END").statements.first else {
      Issue.record("no ALTER TABLE")
      return
    }
    #expect(table.relation.offset.byte == nil)
  }

  @Test("blocks nested without end are given up, and nothing crashes")
  func nesting() {
    var body = "BEGIN DROP TABLE a; END"
    for level in 0..<100 { body = "BEGIN EXECUTE $q\(level)$DO $b\(level)$\(body)$b\(level)$$q\(level)$; END" }
    var innermost = code(body)
    var depth = 0
    while case .anonymousBlock(let block)? = innermost.statements.first {
      innermost = block.code
      depth += 1
    }
    #expect(depth == EmbeddedCodeReader.maximumNesting)
    #expect(innermost.unread == ["the code, which is nested too deeply"])
    let deep = String(repeating: "IF f() THEN ", count: 2000) + String(repeating: "END IF; ", count: 2000)
    #expect(code("BEGIN \(deep) END").unread == ["the body, which PL/pgSQL refuses: it is nested too deeply"])
  }

  @Test("a body may hold dollar quotes of any name")
  func dollarQuotes() throws {
    let code = code("BEGIN PERFORM $body$ $bbody$ x $body$, f($bb$ $body $bb$); END")
    #expect(code.unread.isEmpty)
    #expect(code.statements == (try kinds(["SELECT $body$ $bbody$ x $body$, f($bb$ $body $bb$)"])))
  }

  @Test("threads read blocks at the same time")
  func threads() async throws {
    let expected = try kinds(["DROP TABLE b"])
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        group.addTask {
          let text = "SELECT 1; DO $$ BEGIN DROP TABLE b; \(index % 3 == 0 ? "FOO" : "NULL"); END $$; SELECT 2;"
          guard case .anonymousBlock(let block)? = script(text).statements.dropFirst().first?.kind else { return false }
          return index % 3 == 0 ? block.code.unread.count == 1 : block.code.statements == expected
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}

@Suite("JSON")
struct JSONValueTests {
  @Test("is read as it is written, in its order")
  func reads() {
    let value = JSONValue(
      parsing: Array(#" [ { "b" : "a\"\\\n\u0001é" , "a":-12}, [], {}, true, false, null ] "#.utf8)
    )
    #expect(
      value
        == .array([
          .object([.init(name: "b", value: .string("a\"\\\n\u{1}é")), .init(name: "a", value: .number(-12))]),
          .array([]), .object([]), .boolean(true), .boolean(false), .null,
        ])
    )
  }

  @Test(
    "is refused where it is none",
    arguments: ["", "[", "[1,]", "{\"a\"}", "{\"a\":}", "\"a", "[1] 2", "tru", "\"\\x\"", "1.5"]
  )
  func refuses(text: String) {
    #expect(JSONValue(parsing: Array(text.utf8)) == nil)
  }
}
