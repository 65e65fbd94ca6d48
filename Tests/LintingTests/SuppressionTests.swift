import PostgresParser
import Syntax
import Testing

@testable import Linting

@Suite("A suppression comment")
struct SuppressionTests {
  /// The findings that still count in `text`.
  private func counted(_ text: String) -> Int {
    Linter.lint(History(text), rules: [UpdateSeen()]).flatMap(\.findings).count { !$0.isSuppressed }
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
    ]
  )
  func silences(text: String) {
    #expect(counted(text) == 0)
  }

  @Test(
    "leaves alone what it does not stand at",
    arguments: [
      "-- sqllint:allow update-seen too far\n\nUPDATE t SET a = 1;",
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

  @Test("belongs to the statement that the comments around it belong to")
  func runs() throws {
    let allow = "-- sqllint:allow a reason\n"
    let text =
      "\(allow)\(allow)SELECT 0;\n\(allow)\n\(allow)-- and a word\n\(allow)SELECT\n\(allow)1; \(allow)\(allow)\n\(allow)"
    let script = PostgresParser.parse(SourceText(path: "x.sql", text: text))
    #expect(
      script.suppressions.map(\.scope)
        == [0, 0, nil, 1, 1, 1, 1, nil, nil].map { Suppression.Scope.statement($0) }
    )
  }
}
