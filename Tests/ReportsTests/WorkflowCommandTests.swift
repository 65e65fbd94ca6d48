import Catalog
import Execution
import Foundation
import Linting
import PostgresParser
import Syntax
import Testing

@testable import Reports

/// Orders to CI runners, as they may stand in names, SQL and messages.
private let commands = [
  "::error::forged", "::set-output name=a::b", "::add-mask::a", "::stop-commands::t", "::debug::x", "##[error]forged",
  "##[add-mask]a", "##vso[task.setvariable variable=a]b", "##teamcity[buildStatus text='a']", "###[error]forged",
  "##VSO[task.complete result=Succeeded]",
]

/// What may stand before a command in its line.
private let lineStarts = [
  "", "\n", "\n  ", "a\r\n\t", "a\r", "a\u{2028}", "a\u{2029}", "a\u{85}", "a\u{0B}", "a\u{0C}", "\n\u{A0}\u{3000}",
  "\n\u{FEFF}",
  "\n\u{200D}", "text ", "\u{1B}[0m", "\n\u{1B}[1;31m",
]

/// Whether a runner would obey a line of a text: the judgement of actions/runner, and of those that look anywhere.
private func obeyed(in text: String) -> [String] {
  // A comparison by the rules of a language passes over scalars such as the joiners.
  let seen = String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
  return seen.split { $0.isNewline }.map(String.init).filter { line in
    line.drop { $0.isWhitespace }.hasPrefix("::") || line.contains(/##[A-Za-z]*\[/)
  }
}

@Suite("Orders to CI runners")
struct WorkflowCommandTests {
  private static let hostile =
    lineStarts.flatMap { start in commands.map { start + $0 } }
    + ["#\u{200D}#[error]a", "#\u{FE0F}#vso[a]", ":\u{200C}:error::a"]

  private static let styles = [ReportStyle(color: true), ReportStyle(width: 40), ReportStyle(isQuiet: true)]

  /// The text as path, message, fix, approver and reason of a report.
  private func report(_ text: String) throws -> Report {
    var policy = Policy()
    policy.approvals[.high] = text
    policy.downtimes[.high] = text
    let name = text.replacing("\"", with: "\"\"")
    let sql = "DROP TABLE \"\(name)\";\n"
    let finding = FindingLiteral(
      rule: "table-dropped",
      risk: .high,
      tokens: "DROP TABLE \"\(name)\"",
      message: "\(text)",
      fix: Finding.Fix(text, migrations: [text, "SELECT '\(text)';"])
    )
    let effects = StatementEffects(
      relations: [.table(text, .accessExclusive, [WorkItem(.scan, because: .notNull(column: text))])],
      unknowns: [text]
    )
    return Report(
      [
        try MigrationReport("\(text).sql", sql, risk: .high, effects: [effects], findings: [finding]),
        try MigrationReport("m/x.sql", sql, risk: .high, effects: [effects], findings: [finding]),
      ],
      ignored: [.init(path: text, reason: text)],
      policy: policy
    )
  }

  @Test("are in no line of a report, whatever the format", arguments: ReportFormat.allCases)
  func reports(_ format: ReportFormat) throws {
    for text in Self.hostile {
      for style in format == .text ? Self.styles : [ReportStyle()] {
        let rendered = format.render(try report(text), rules: [], style: style)
          .replacing(/\u{1B}\[[0-9;]+m/, with: "")
        // The format that is made of commands has its own.
        let found = obeyed(in: rendered).filter { format != .github || !$0.hasPrefix("::error file=") }
        #expect(found.isEmpty, "\(text.debugDescription): \(found)")
        if format == .github { #expect(!rendered.contains(/##[A-Za-z]*\[/)) }
      }
    }
  }

  @Test("are in no line of a schema, which stays SQL with the same meaning")
  func schema() throws {
    for text in Self.hostile where !text.contains("\u{1B}") {
      let name = "\"\(String(text.replacing("\"", with: "").prefix(20)))\""
      let literal = "'\(text.replacing("'", with: "''"))\\'"
      let sql = """
        CREATE TABLE \(name) (x text DEFAULT \(literal), y text DEFAULT E'\\x1b[2J#\\\\a');
        COMMENT ON TABLE \(name) IS \(literal);
        CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\(text)\\ ' $$;
        CREATE VIEW v AS SELECT \(literal) AS \(name);
        """
      let database = database(sql)
      let printed = SchemaText.render(database)
      #expect(obeyed(in: printed).isEmpty, "\(printed)")
      #expect(!printed.unicodeScalars.contains { $0.isHidden && $0 != "\n" && $0 != "\r" && $0 != "\t" }, "\(printed)")
      #expect(self.database(printed).sql == database.sql, "\(text.debugDescription): \(printed)")
      #expect(obeyed(in: SchemaJSON.render(database)).isEmpty)
    }
  }

  private func database(_ sql: String) -> Database {
    var database = Database()
    let script = PostgresParser.parse(SourceText(path: "a.sql", text: sql))
    #expect(script.errors.isEmpty, "\(sql)")
    for statement in script.statements { _ = database.execute(statement.kind, version: 17) }
    return database
  }

  @Test(
    "are left as they are where nothing obeys them",
    arguments: ["a::text", "x ::y", "# a ## b [", "#[a]", "é ##", ""]
  )
  func harmless(_ text: String) {
    #expect(text.withoutCommands == text)
    #expect("public.f(a)\n  \(text == "x ::y" ? "a" : text)".withoutCommands.contains("public.f(a)\n"))
  }

  @Test("survive JSON whole")
  func json() throws {
    for text in Self.hostile + ["# ## ### é ## a#"] {
      let written = JSONWriter.text { $0.write(text) }
      #expect(obeyed(in: written).isEmpty)
      let read = try JSONSerialization.jsonObject(with: Data(written.utf8), options: .fragmentsAllowed)
      #expect(read as? String == text)
    }
  }

  @Test("are looked for in time that grows with the text", .timeLimit(.minutes(30)))
  func linear() {
    for piece in ["##", "#\u{200D}", "##a", "\n\u{1B}", "::\n", "\n :", "#é"] {
      let text = String(repeating: piece, count: 200_000)
      #expect(text.withoutCommands.utf8.count >= text.utf8.count)
    }
  }
}
