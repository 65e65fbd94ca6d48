import PostgresParser
import Syntax
import Testing

@testable import Linting

@Suite("A suppression comment")
struct SuppressionTests {
  /// The findings that still count in `text`.
  private func counted(_ text: String) -> Int {
    let policy = Policy(today: CalendarDate(parsing: "2026-06-30"))
    return Linter.lint(History(text), rules: [UpdateSeen()], policy: policy).flatMap(\.findings)
      .count { !$0.isSuppressed }
  }

  @Test(
    "silences its rule on the statement it stands on or above",
    arguments: [
      "-- sqllint:allow update-seen nobody reads it\nUPDATE t SET a = 1;",
      "UPDATE t SET a = 1; -- sqllint:allow update-seen nobody reads it",
      "UPDATE t\n  -- sqllint:allow update-seen nobody reads it\n  SET a = 1;",
      "/* sqllint:allow update-seen nobody reads it */ UPDATE t SET a = 1;",
      "-- sqllint:allow update-seen nobody reads it\n-- and a comment\nUPDATE t SET a = 1;",
      "SELECT 1;\n-- sqllint:allow update-seen nobody reads it\nUPDATE t SET a = 1;",
      "SELECT 1;\nUPDATE t SET a = 1\n; -- sqllint:allow-file update-seen nobody reads it",
      "-- sqllint:allow other,update-seen nobody reads it\r\nUPDATE t SET a = 1;\r\n",
      "-- sqllint:allow update-noticed by its former name\nUPDATE t SET a = 1;",
      "-- sqllint:allow update-seen an empty line\n\nUPDATE t SET a = 1;",
      "-- sqllint: allow update-seen: a space and a colon\nUPDATE t SET a = 1;",
      "-- sqllint:allow: other, update-seen - a space behind the comma\nUPDATE t SET a = 1;",
      "-- sqllint:allow update-seen small until 2026-06-30\nUPDATE t SET a = 1;",
    ]
  )
  func silences(text: String) {
    #expect(counted(text) == 0)
  }

  @Test(
    "leaves alone what it does not stand at",
    arguments: [
      "-- sqllint:allow update-seen too far\n\n\nUPDATE t SET a = 1;",
      "-- sqllint:allow update-seen small [until 2026-06-29]\nUPDATE t SET a = 1;",
      "-- sqllint:allow update-seen another statement\nSELECT 1;\nUPDATE t SET a = 1;",
      "-- sqllint:allow other-rule not this one\nUPDATE t SET a = 1;",
      "-- sqllint:allowed update-seen not the word\nUPDATE t SET a = 1;",
      "SELECT '-- sqllint:allow-file update-seen in a string';\nUPDATE t SET a = 1;",
      "UPDATE t SET a = 1;\n-- sqllint:allow update-seen below\n",
    ]
  )
  func leavesAlone(text: String) {
    #expect(counted(text) == 1)
  }

  @Test("does not lower the risk of what it allows")
  func riskStays() {
    let report = Linter.lint(
      History("CREATE TABLE t (a int)", "-- sqllint:allow update-seen small\nUPDATE t SET a = 1"),
      rules: [UpdateSeen()]
    ).last
    #expect(report?.findings.map(\.isSuppressed) == [true])
    #expect(report?.risk == .high)
    #expect(report?.statements.map(\.risk) == [.high])
    #expect(report?.statements.first?.reason != nil)
  }

  @Test("is read with its scope and reason")
  func parts() throws {
    let text = "-- sqllint:allow a,b  for two   reasons\nSELECT 1; /* sqllint:allow-file c */\n-- sqllint:allow"
    let script = PostgresParser.parse(SourceText(path: "x.sql", text: text))
    let suppressions = script.suppressions
    #expect(suppressions.map(\.rule) == ["a", "b", "c", ""])
    #expect(suppressions.map(\.reason) == ["for two reasons", "for two reasons", "", ""])
    #expect(suppressions.map(\.scope) == [.statement(0), .statement(0), .file, .statement(nil)])
  }

  @Test("keeps no more of a reason than people read, as each of the rules that it names has it")
  func longReasons() {
    let text = "-- sqllint:allow a,b \(String(repeating: "reason ", count: 1_000)) until 2027-01-31\nSELECT 1;\n"
    let suppressions = PostgresParser.parse(SourceText(path: "x.sql", text: text)).suppressions
    #expect(suppressions.map { $0.reason.unicodeScalars.count } == [1_001, 1_001])
    #expect(suppressions.allSatisfy { $0.reason.hasPrefix("reason reason ") && $0.reason.hasSuffix("…") })
    #expect(suppressions.allSatisfy { $0.end == .day(CalendarDate(year: 2027, month: 1, day: 31)) })
  }

  @Test(
    "holds until a day where its reason ends with one",
    arguments: [
      ("small until 2027-01-31", "small", "2027-01-31"), ("small [until 2027-01-31]", "small", "2027-01-31"),
      ("small (until 20270131).", "small", "2027-01-31"), ("small until 31.01.2027", "small", "31.01.2027"),
      ("until 2027-01-31", "", "2027-01-31"), ("until release 41", "until release 41", nil),
      ("kept until 2027-02-30", "kept", "2027-02-30"), ("until 2027-01-31 at least", "until 2027-01-31 at least", nil),
    ]
  )
  func ends(_ words: String, _ reason: String, _ end: String?) {
    let script = PostgresParser.parse(SourceText(path: "x.sql", text: "-- sqllint:allow a \(words)\nSELECT 1;"))
    #expect(script.suppressions.map(\.reason) == [reason])
    let text = script.suppressions.first?.end.map { end in
      switch end {
      case .day(let day): day.description
      case .unreadable(let text): text
      }
    }
    #expect(text == end)
  }

  @Test("of another tool counts where the team says so, and is never found fault with")
  func foreign() {
    let rules = ForeignRules([UpdateSeen()])
    func scopes(_ text: String) -> [Suppression.Scope] {
      PostgresParser.parse(SourceText(path: "x.sql", text: text)).foreignSuppressions(rules).map(\.scope)
    }
    let update = "\nUPDATE t SET a = 1;"
    #expect(scopes("-- squawk-ignore other, see-update" + update) == [.statement(0)])
    #expect(scopes("-- squawk-ignore" + update) == [.statement(0)])
    #expect(scopes("-- squawk-ignore-file" + update) == [.file])
    #expect(scopes("-- squawk-ignore other" + update) == [])
    #expect(scopes("-- squawk-ignored" + update) == [])
    #expect(scopes("-- pgfence-ignore: update-1" + update) == [.statement(0)])
    #expect(scopes("-- pgfence: ignore update-1" + update) == [.statement(0)])
    #expect(scopes("-- atlas:nolint" + update) == [.statement(0)])
    #expect(scopes("-- atlas:nolint DS101" + update) == [.statement(0)])
    #expect(scopes("-- atlas:nolint destructive\n" + update) == [.file])
    #expect(scopes("-- safety_assured it is" + update) == [.statement(0)])
    let text = "-- squawk-ignore see-update" + update
    for honours in [false, true] {
      let found = Linter.lint(
        History(text),
        rules: [UpdateSeen()],
        policy: Policy(honoursForeignComments: honours)
      ).flatMap(\.findings)
      #expect(found.map(\.isSuppressed) == [honours])
    }
  }

  @Test("belongs to the statement that the comments around it belong to")
  func runs() throws {
    let allow = "-- sqllint:allow a reason\n"
    let text =
      "\(allow)\(allow)SELECT 0;\n\(allow)\n\n\(allow)-- and a word\n\(allow)SELECT\n\(allow)1; \(allow)\(allow)\n\(allow)"
    let script = PostgresParser.parse(SourceText(path: "x.sql", text: text))
    #expect(
      script.suppressions.map(\.scope)
        == [0, 0, nil, 1, 1, 1, 1, nil, nil].map { Suppression.Scope.statement($0) }
    )
  }
}
