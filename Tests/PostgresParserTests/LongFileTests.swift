import Syntax
import Testing

@testable import PostgresParser

/// More than is parsed at once.
private func long(_ piece: (Int) -> String) -> String { (0..<8000).map(piece).joined() }

@Suite("A long file")
struct LongFileTests {
  @Test("has the statements that it has in one piece, at the same places")
  func pieces() throws {
    let text = long {
      "-- größe \($0)\nCREATE TABLE t\($0) (a int DEFAULT (1), b text); /* ; */ SELECT 'a;b', $$;$$;\n"
    }
    let whole = try RawParser.parse(Array(text.utf8)[...], base: 0)
    let pieces = try RawParser.parse(file: Array(text.utf8))
    #expect(text.utf8.count > 500_000)
    #expect(pieces.count == 16_000)
    #expect(pieces.map(\.range) == whole.map(\.range))
    #expect(pieces.map(\.kind) == whole.map(\.kind))
    #expect(Self.offsets(pieces) == Self.offsets(whole))
  }

  private static func offsets(_ statements: [Statement]) -> [Int?] {
    statements.map { if case .createTable(let table) = $0.kind { table.relation.offset.byte } else { nil } }
  }

  @Test("may hold statements with semicolons of their own")
  func semicolons() {
    let body = long { "  INSERT INTO t VALUES (\($0), 'a text that takes some room in the body');\n" }
    let function = "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC\n\(body)END;\n"
    let parsed = script(
      "SELECT 1;\n\(function)CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);\nSELECT 3;"
    )
    #expect(parsed.errors.isEmpty)
    #expect(parsed.statements.map(\.commandTag) == ["SELECT", "CREATE FUNCTION", "CREATE RULE", "SELECT"])
  }

  @Test("says where PostgreSQL stumbles, as a short one does")
  func errors() {
    let text =
      long { "SELECT \($0), 'a text that takes some room in the file';\n" } + "SELECT FROM FROM a;\nSELECT 1;\n"
    let parsed = script(text)
    #expect(parsed.errors.count == 1)
    #expect(parsed.errorTexts == ["FROM"])
    #expect(parsed.statements.count == 8001)
  }
}
