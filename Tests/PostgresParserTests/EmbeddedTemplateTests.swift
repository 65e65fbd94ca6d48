import Syntax
import Testing

@testable import PostgresParser

@Suite("Placeholders inside code")
struct EmbeddedTemplateTests {
  private func code(_ body: String, language: String = "plpgsql") -> EmbeddedCode {
    EmbeddedCodeReader.code(language: language, body: body, nesting: 0)
  }

  @Test(
    "are read like those outside it",
    arguments: [
      ("BEGIN DROP TABLE ${s}.a; END", "plpgsql", ["DROP TABLE \"${s}\".a"]),
      ("BEGIN {{ if .x }} DROP TABLE {{ .t }}; {{ end }} END", "plpgsql", ["DROP TABLE \"{{ .t }}\""]),
      (
        "DECLARE n ${type} := f(${n}); BEGIN PERFORM g(%(a)s); END", "plpgsql",
        ["SELECT f(\"${n}\")", "SELECT g(\"%(a)s\")"]
      ),
      ("BEGIN EXECUTE 'DROP TABLE ${s}.a'; END", "plpgsql", ["DROP TABLE \"${s}\".a"]),
      ("BEGIN EXECUTE format('DROP TABLE ${s}.%I', 'a'); END", "plpgsql", ["DROP TABLE \"${s}\".a"]),
      ("DELETE FROM ${t}; SELECT {{ \"x\" }};", "sql", ["DELETE FROM \"${t}\"", "SELECT \"{{ \"\"x\"\" }}\""]),
    ]
  )
  func read(body: String, language: String, expected: [String]) throws {
    let code = code(body, language: language)
    #expect(code.unread.isEmpty)
    #expect(
      code.statements == (try expected.flatMap { try RawParser.parse(Array($0.utf8)[...], base: nil).map(\.kind) })
    )
  }

  @Test("and the statements inside keep their places in the file")
  func offsets() {
    let script = script("SELECT 'é';\nDO $$ BEGIN {{ if .x }} DROP TABLE ${s}.a; {{ end }} DROP TABLE b; END $$;")
    guard case .anonymousBlock(let block)? = script.statements.last?.kind else {
      Issue.record("no DO")
      return
    }
    var texts: [String] = []
    _ = block.code.mapping { part in
      if let range = part.range { texts.append(script.source[range]) }
      return part
    }
    #expect(texts == ["DROP TABLE ${s}.a", "DROP TABLE b"])
  }

  @Test("which cannot be read is said, as without them")
  func unread() {
    #expect(code("BEGIN FOO ${x}; END").unread.count == 1)
    #expect(code("BEGIN {{ x }}; END").unread.count == 1)
    #expect(code("BEGIN EXECUTE '${sql}'; END").unread.count == 1)
    #expect(code("${sql}", language: "sql").unread.count == 1)
  }
}
