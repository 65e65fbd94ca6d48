import Foundation
import Syntax
import Testing

@testable import PostgresParser

@Suite("A long text of one kind")
struct LargeTextTests {
  private func parse(_ text: String) -> Script { PostgresParser.parse(SourceText(path: "case.sql", text: text)) }

  private func repeated(_ text: String, upTo size: Int) -> String {
    String(repeating: text, count: size / text.utf8.count)
  }

  /// Whether four times the text takes less than nine times the time; where it grows with the square, it takes sixteen
  /// times.
  private func isLinear(upTo size: Int = 100_000, _ read: (Int) -> Void) -> Bool {
    func time(_ size: Int) -> UInt64 {
      let start = cpuTime()
      read(size)
      return cpuTime() - start
    }
    let short = max(time(size / 4), 4_000_000)
    return time(size) < 9 * short
  }

  private func cpuTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  @Test(
    "is read in one go",
    arguments: [
      "+", "+-", "*+", "E'\\", "\\", "\\;", "\\:", "\\echo a \\\\ ", "SELECT 1\\;", "SELECT FROM WHERE; ", "/*", "'",
      "$a$", "$a", "${", "{{", ":'x'", "%(", "(", ")", ";", "\\if true\n", "\\copy t from stdin\n\\.\n", "--\n",
      "CREATE TABLE t (\n", "INSERT INTO t VALUES (1)\n", "foo\n", "é",
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; ",
    ]
  )
  func text(part: String) {
    let isLinear = isLinear { size in
      let isInOrder = parse(repeated(part, upTo: size)).isInOrder
      #expect(isInOrder)
    }
    #expect(isLinear)
  }

  @Test("is refused where it stumbles, however many of its parts are", arguments: ["SELECT FROM WHERE; "])
  func errors(part: String) {
    #expect(parse(repeated(part, upTo: 50_000)).errors.count == 50_000 / part.utf8.count)
  }

  @Test("of PL/pgSQL is read in one go", arguments: ["PERFORM 1;\n", "a := 1;\n", "RAISE NOTICE '%', 1; "])
  func code(part: String) {
    let isLinear = isLinear(upTo: 50_000) { size in
      let script = parse("DO $$ DECLARE a int; BEGIN \(repeated(part, upTo: size)) END $$;")
      guard case .anonymousBlock(let block)? = script.statements.first?.kind else {
        Issue.record("it is no block")
        return
      }
      #expect(block.code.unread.isEmpty)
    }
    #expect(isLinear)
  }

  @Test("inside PL/pgSQL is refused in one go", arguments: ["+", "/*"])
  func refusedCode(part: String) {
    let isLinear = isLinear { size in
      let script = parse("DO $$ DECLARE a int; BEGIN a := 1 \(repeated(part, upTo: size)); END $$;")
      guard case .anonymousBlock(let block)? = script.statements.first?.kind else {
        Issue.record("it is no block")
        return
      }
      #expect(block.code.unread.count == 1)
    }
    #expect(isLinear)
  }

  @Test("a body that holds thousands of words like those around it is read")
  func delimiters() {
    let comments = (1...400).map { "-- $\(String(repeating: "b", count: $0))ody$\n" }.joined()
    let script = parse("DO $x$ BEGIN \(comments) PERFORM 1; END $x$;")
    guard case .anonymousBlock(let block)? = script.statements.first?.kind else {
      Issue.record("it is no block")
      return
    }
    #expect(block.code.statements.count == 1)
    #expect(block.code.unread.isEmpty)
  }

  @Test(
    "a row of signs is read as PostgreSQL reads it, up to the depth that trees are read to",
    arguments: [3, 300, 3000]
  )
  func signs(count: Int) {
    let script = parse("SELECT \(String(repeating: "+", count: count))1, 'a\(String(repeating: "+", count: 3000))';")
    #expect(script.errors.isEmpty)
    #expect(script.statements.first?.isTruncated == (count > 400))
    guard case .query(.select(let select))? = script.statements.first?.kind else {
      Issue.record("it is no query")
      return
    }
    #expect(select.targets.last?.expression == .constant(.string("a" + String(repeating: "+", count: 3000))))
  }
}

@Suite("What is nested too deeply")
struct TruncationTests {
  private static func nested(_ count: Int, _ open: String, _ inside: String, _ close: String) -> String {
    String(repeating: open, count: count) + inside + String(repeating: close, count: count)
  }

  @Test(
    "is noted",
    arguments: [
      "SELECT " + nested(500, "(SELECT ", "1", ")"), "SELECT 1" + nested(100_000, "", "", "::int"),
      "SELECT 1" + nested(100_000, "", "", " + 1"), "SELECT * FROM t" + nested(20_000, "", "", " JOIN t ON true"),
      "SELECT 1" + nested(20_000, "", "", " UNION SELECT 1"), "SELECT " + nested(1000, "NOT ", "true", ""),
      "SELECT " + nested(500, "CASE WHEN true THEN ", "1", " END"), "SELECT " + nested(500, "f(", "1", ")"),
      "SELECT * FROM " + nested(300, "(SELECT * FROM ", "t", ") a"),
      "CREATE VIEW v AS SELECT 1" + nested(500, "", "", " + 1"),
    ]
  )
  func depth(sql: String) {
    let script = PostgresParser.parse(SourceText(path: "case.sql", text: sql))
    #expect(script.errors.isEmpty)
    #expect(script.statements.map(\.isTruncated) == [true])
  }

  @Test(
    "is no list, however long",
    arguments: [
      "SELECT true" + nested(10_000, "", "", " OR true"), "SELECT 1 IN (1" + nested(10_000, "", "", ", 1") + ")",
      "SELECT " + nested(1000, "(", "1", ")"),
    ]
  )
  func lists(sql: String) {
    let script = PostgresParser.parse(SourceText(path: "case.sql", text: sql))
    #expect(script.statements.map(\.isTruncated) == [false])
  }

  @Test("in code is what is not known of the code")
  func code() {
    let expression = "1" + Self.nested(500, "", "", " + f()")
    let script = PostgresParser.parse(SourceText(path: "case.sql", text: "DO $$ BEGIN PERFORM \(expression); END $$"))
    guard case .anonymousBlock(let block)? = script.statements.first?.kind else {
      Issue.record("it is no block")
      return
    }
    #expect(block.code.unread == ["the statement in line 1 of the block, which is nested too deeply"])
  }
}
