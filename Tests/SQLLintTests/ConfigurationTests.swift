import Catalog
import Foundation
import Linting
import Migrations
import Rules
import Syntax
import Testing

@testable import Configuration
@testable import SQLLint

struct SampleRule: Rule {
  let isAboutFile = false
  let id: String
  var formerIDs: [String] = []
  var alsoKnownAs: [String] = []
  let summary = "A rule of these tests"
  let risk = Risk.medium
  let explanation = ""
  let alternative = ""
  let reference = ""
  let examples: [RuleExample] = []
}

/// The names of a few rules.
let sampleNames = RuleNames([
  SampleRule(id: "table-dropped", alsoKnownAs: ["squawk: ban-drop-table"]),
  SampleRule(id: "column-dropped", formerIDs: ["drop-column"]),
  SampleRule(id: "table-truncated"),
])

private func problems(in text: String) -> [String] {
  do throws(ConfigurationFailure) {
    _ = try ConfigurationReader.read(text, names: sampleNames)
    return []
  } catch {
    return error.messages(for: "c.yml")
  }
}

@Suite("The configuration")
struct ConfigurationTests {
  private static let runners = Runner.allCases.map(\.rawValue).joined(separator: ", ")

  @Test("every key is read")
  func everyKey() throws {
    let configuration = try ConfigurationReader.read(
      """
      runner: golang-migrate
      transaction: none
      start_after: git:main
      target_version: 15
      time_zone: UTC
      fail_on: high
      approvals:
        low: Anybody
        critical: "The Board: all of it"
      downtime:
        low: no
        high: 5
      rules:
        table-dropped: critical
        drop-column: off
      exclude:
        - "**/seeds/**"
        - x_*.sql
      external:
        - billing.*
      tables:
        large: [events]
        small:
          - settings
      sizes: a/sizes.csv
      rates:
        scan: 200 MB/s
        index-build: 3GB/s
      limits:
        file_bytes: 1000
        statements: 10000000
      """,
      names: sampleNames
    )
    #expect(configuration.transaction == Migration.TransactionMode.none)
    #expect(configuration.startAfter == .git("main"))
    #expect(configuration.runner?.rawValue == "golang-migrate")
    #expect(configuration.targetVersion == 15)
    #expect(configuration.policy.timeZone == "UTC")
    #expect(configuration.failOn == .risk(.high))
    #expect(configuration.approvals == [.low: "Anybody", .critical: "The Board: all of it"])
    #expect(configuration.downtimes == [.low: "no", .high: "5"])
    #expect(configuration.rules == ["table-dropped": .risk(.critical), "column-dropped": .off])
    #expect(configuration.exclude == ["**/seeds/**", "x_*.sql"])
    #expect(configuration.policy.external == ["billing.*"])
    #expect(configuration.policy.sizes == TableSizes(small: ["settings"], large: ["events"]))
    #expect(configuration.sizes == "a/sizes.csv")
    #expect(configuration.policy.rates.bytesPerSecond == [.scan: 200 << 20, .indexBuild: 3 << 30])
    #expect(configuration.limits[.fileBytes] == 1000)
    #expect(configuration.limits[.statements] == 10_000_000)
    #expect(configuration.limits[.inclusions] == Limits()[.inclusions])
  }

  @Test("the policy has what the file says, and the rest as usual")
  func policy() throws {
    let text = "fail_on: low\napprovals: {low: Me}\nrules: {table-dropped: low, table-truncated: 'off'}\n"
    let policy = try ConfigurationReader.read(text, names: sampleNames).policy
    #expect(policy.failOn == .low)
    #expect(policy.targetVersion == 17)
    #expect(policy.approval(for: .low) == "Me")
    #expect(policy.approval(for: .high) == "VP Engineering + CTO")
    #expect(policy.ruleRisks == ["table-dropped": .low])
    #expect(policy.disabledRules == ["table-truncated"])
  }

  @Test("a rule of taste runs where it is turned on or has a risk")
  func optIn() throws {
    let rules = AllRules.all.filter { $0.isOptIn }
    let rule = try #require(rules.first)
    let names = RuleNames(AllRules.all)
    #expect(Policy().runs(rule) == false)
    for setting in ["on", "high"] {
      let policy = try ConfigurationReader.read("rules: {\(rule.id): \(setting)}", names: names).policy
      #expect(policy.runs(rule) == true)
    }
    let policy = try ConfigurationReader.read("rules: {\(rule.id): 'off'}", names: names).policy
    #expect(policy.runs(rule) == false)
  }

  @Test("timeouts are set in the migration or in the session")
  func timeouts() throws {
    #expect(try ConfigurationReader.read("timeouts: session", names: sampleNames).policy.timeouts == .session)
    #expect(try ConfigurationReader.read("timeouts: migration", names: sampleNames).policy.timeouts == .migration)
    #expect(Policy().timeouts == nil)
  }

  @Test(
    "a file that says nothing changes nothing",
    arguments: [
      "", "\n", "# only a comment\n", "---\n", "rules:\n  # a: b\nexclude:\napprovals: ~\n", "{}", "\u{FEFF}",
    ]
  )
  func empty(_ text: String) throws {
    #expect(try ConfigurationReader.read(text, names: sampleNames) == Configuration())
  }

  @Test("the documented file is valid, and changes nothing")
  func documentedFile() throws {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(ConfigurationFile.name)
    let configuration = try ConfigurationReader.read(String(contentsOf: file, encoding: .utf8), names: sampleNames)
    #expect(configuration.policy == Policy(remindsOfTimeouts: true))
    #expect(configuration.limits == Limits())
    #expect(configuration.targetVersion == 17)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    let messages: [String]
    var testDescription: String { text.debugDescription }

    static let anchors = "anchors (&name) and aliases (*name) are not read: write the value in each place"

    init(_ text: String, _ messages: String...) {
      self.text = text
      self.messages = messages
    }
  }

  @Test(
    "a mistake is named with its place and what to do",
    arguments: [
      Mistake("fail-on: low", "c.yml:1:1: unknown key 'fail-on': did you mean fail_on?"),
      Mistake("# x\n\n  targetVersion: 17", "c.yml:3:3: unknown key 'targetVersion': did you mean target_version?"),
      Mistake(
        "colour: red",
        "c.yml:1:1: unknown key 'colour': it is one of extends, runner, transaction, start_after, paths, include, exclude, "
          + "target_version, time_zone, timeouts, fail_on, rules, approvals, approvers, downtime, foreign_suppressions, "
          + "baseline, external, tables, sizes, rates, limits, templates, overrides"
      ),
      Mistake("fail_on: hihg", "c.yml:1:10: 'hihg' is not a value of fail_on: did you mean high?"),
      Mistake("fail_on: High", "c.yml:1:10: 'High' is not a value of fail_on: did you mean high?"),
      Mistake("fail_on:", "c.yml:1:9: the value is missing: expected low, medium, high, critical or none"),
      Mistake("fail_on: [low]", "c.yml:1:10: this is a list: expected low, medium, high, critical or none"),
      Mistake("runner: rake", "c.yml:1:9: 'rake' is not a value of runner: it is one of \(Self.runners)"),
      Mistake(
        "target_version: 11",
        "c.yml:1:17: target_version is '11': expected a major version of PostgreSQL, 12 to 18"
      ),
      Mistake(
        "target_version: 17.4",
        "c.yml:1:17: target_version is '17.4': expected a major version of PostgreSQL, 12 to 18"
      ),
      Mistake(
        "approvals: {mediun: x}",
        "c.yml:1:13: 'mediun' is not a value of a key of approvals: did you mean medium?"
      ),
      Mistake(
        "approvals: {low: {a: b}}",
        "c.yml:1:18: it is not said who must approve: expected by: with a name",
        "c.yml:1:19: unknown key 'a': it is one of by, count"
      ),
      Mistake("approvals: {high: {by: A, count: 0}}", "c.yml:1:34: count is '0': expected a number from 1 to 100"),
      Mistake(
        "approvals: {rules: {table-droped: A}}",
        "c.yml:1:21: unknown rule 'table-droped': did you mean table-dropped?"
      ),
      Mistake("approvals: {comments: maybe}", "c.yml:1:23: approvals.comments is 'maybe': expected true or false"),
      Mistake("foreign_suppressions: 1", "c.yml:1:23: foreign_suppressions is '1': expected true or false"),
      Mistake("downtime: no", "c.yml:1:11: downtime is a single value: expected lines of 'key: value'"),
      Mistake("rules: {table-droped: low}", "c.yml:1:9: unknown rule 'table-droped': did you mean table-dropped?"),
      Mistake(
        "rules: {ban-drop-table: low}",
        "c.yml:1:9: unknown rule 'ban-drop-table': here it is named table-dropped"
      ),
      Mistake("rules: {zzz: low}", "c.yml:1:9: unknown rule 'zzz': `sqllint rules` lists all rules"),
      Mistake(
        "rules: {table-dropped: yes}",
        "c.yml:1:24: 'yes' is not a setting of a rule: it is one of low, medium, high, critical, advice, on, off"
      ),
      Mistake(
        "rules: {column-dropped: low, drop-column: off}",
        "c.yml:1:30: column-dropped is set already: 'drop-column' is another name of it"
      ),
      Mistake(
        "exclude: '*.sql'",
        "c.yml:1:10: exclude is a single value: expected a list, a pattern a line, each after '- '"
      ),
      Mistake("limits: {files: 0}", "c.yml:1:17: files is '0': expected a number from 1 to 500000"),
      Mistake(
        "limits: {file_bytes: 67108865, files: -1, statements: 1e3, inclusions: .nan, run_bytes: 99999999999999999999}",
        "c.yml:1:22: file_bytes is '67108865': expected a number from 1 to 67108864",
        "c.yml:1:39: files is '-1': expected a number from 1 to 500000",
        "c.yml:1:55: statements is '1e3': expected a number from 1 to 10000000",
        "c.yml:1:72: inclusions is '.nan': expected a number from 1 to 10000",
        "c.yml:1:89: run_bytes is '99999999999999999999': expected a number from 1 to 2147483648"
      ),
      Mistake(
        "limits: {file: 1}",
        "c.yml:1:10: 'file' is not a value of a key of limits: did you mean files or file_bytes?"
      ),
      Mistake(
        "target_version: 99999999999999999999",
        "c.yml:1:17: target_version is '99999999999999999999': expected a major version of PostgreSQL, 12 to 18"
      ),
      Mistake(
        "overrides: [{rules: {table-dropped: off}}]",
        "c.yml:1:13: it is not said which migrations this is about: expected paths: with glob patterns"
      ),
      Mistake(
        "overrides: [{paths: []}]",
        "c.yml:1:13: it is not said which migrations this is about: expected paths: with glob patterns"
      ),
      Mistake("overrides: [{paths: x, rulez: {}}]", "c.yml:1:24: unknown key 'rulez': did you mean rules?"),
      Mistake(
        "overrides: [{paths: x, runner: goose}]",
        "c.yml:1:24: 'runner' holds for all migrations of the file, and cannot be overridden: an override has paths, "
          + "target_version, time_zone, timeouts, fail_on, rules, approvals, downtime or foreign_suppressions"
      ),
      Mistake(
        "overrides:\n  - paths: [a]\n    fail_on: hgh",
        "c.yml:3:14: 'hgh' is not a value of fail_on: did you mean high?"
      ),
      Mistake(
        "overrides: [{paths: x, approvals: {required: true}}]",
        "c.yml:1:13: approvals.required is for the whole run: it cannot stand in an override"
      ),
      Mistake(
        "overrides: {a: b}",
        "c.yml:1:12: overrides is a group of keys: expected a list, a group of keys each after '- '"
      ),
      Mistake(
        "include: '*.sql'",
        "c.yml:1:10: include is a single value: expected a list, a pattern a line, each after '- '"
      ),
      Mistake("exclude: &all [a]\nrules: *all", "c.yml:1:10: \(Mistake.anchors)"),
      Mistake("? &a x\n: *a", "c.yml:1:3: \(Mistake.anchors)"),
      Mistake("exclude: [{a: b}]", "c.yml:1:11: this is a group of keys: expected a glob pattern of paths"),
      Mistake("- fail_on", "c.yml:1:1: the file is a list: expected lines of 'key: value'"),
      Mistake("fail_on: low\nfail_on: high", "c.yml:1:1: 'fail_on' is given more than once: keep one"),
      Mistake(
        "rules: {table-dropped: low, table-dropped: off}",
        "c.yml:1:9: 'table-dropped' is given more than once: keep one"
      ),
      Mistake(
        "a: b\n---\nc: d",
        "c.yml:2:1: this is not YAML: expected a single document in the stream, but found another document"
      ),
      Mistake(
        "runner: rake\ntarget_version: x\nrules:\n  nope: off\n  table-dropped: loud\nexcludes: []\n",
        "c.yml:1:9: 'rake' is not a value of runner: it is one of \(Self.runners)",
        "c.yml:2:17: target_version is 'x': expected a major version of PostgreSQL, 12 to 18",
        "c.yml:4:3: unknown rule 'nope': `sqllint rules` lists all rules",
        "c.yml:5:18: 'loud' is not a setting of a rule: it is one of low, medium, high, critical, advice, on, off",
        "c.yml:6:1: unknown key 'excludes': did you mean exclude?"
      ),
    ]
  )
  func mistakes(_ mistake: Mistake) {
    #expect(problems(in: mistake.text) == mistake.messages)
  }

  @Test(
    "what is no YAML is said to be none, with its place",
    arguments: [
      ("a: [b", "c.yml:2:1:"), ("\tfail_on: low", "c.yml:1:1:"), ("a: b: c", "c.yml:1:5:"), ("a: *b", "c.yml:1:4:"),
    ]
  )
  func notYAML(_ text: String, _ place: String) {
    let found = problems(in: text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("\(place) this is not YAML: ") == true, "\(found)")
  }
}

@Suite("Hostile configurations", .timeLimit(.minutes(30)))
struct HostileConfigurationTests {
  @Test(
    "of aliases of aliases end at once",
    arguments: [("", "exclude: *a40"), ("", "rules: {? *a40 : low}"), ("\u{FEFF}", "? *a40"), ("", "? [*a40]")]
  )
  func aliases(_ start: String, _ end: String) {
    let chain = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1),*a\($0 - 1)]\n" }.joined()
    let found = problems(in: "\(start)a0: &a0 [x]\n\(chain)\(end)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix(ConfigurationTests.Mistake.anchors) == true, "\(found)")
  }

  @Test(
    "that only look as if they had aliases are read",
    arguments: [
      "approvals: {low: 'R&D, &more, *x'}", "exclude: ['*a', \"*b\", '**/c', 'a*b', 'x_*y.sql']",
      "# &a *b &c *d &e *f &g *h\n{}",
    ]
  )
  func lookalikes(_ text: String) {
    #expect(problems(in: text) == [])
  }

  @Test("that are wrong throughout are told as far as people read")
  func manyProblems() {
    let text = "rules:\n" + (1...5_000).map { "  \(String(repeating: "x", count: 40))\($0): low\n" }.joined()
    let found = problems(in: text)
    #expect(found.count == 101)
    #expect(found.last == "c.yml:102:3: and so on: fix these first")
  }

  @Test(
    "of any depth and length end",
    arguments: [
      "a: " + String(repeating: "[", count: 100_000), "extends: " + String(repeating: "[", count: 990),
      "overrides: " + String(repeating: "[", count: 990), "overrides:\n" + String(repeating: "- {}\n", count: 60_000),
      "rules: " + String(repeating: "{a: ", count: 990),
      String(repeating: "? ", count: 900) + "x", "rules: {" + String(repeating: "x", count: 200_000) + ": low}",
      "approvals: {low: " + String(repeating: "x", count: 201) + "}",
    ]
  )
  func deep(_ text: String) {
    #expect(problems(in: text).count == 1)
  }

  @Test("that are too large are not read")
  func large() throws {
    let text = "# " + String(repeating: "x", count: ConfigurationText.maximumSize)
    let folder = try ProjectFolder(project.merging([".sqllint.yml": text]) { $1 })
    let command = try Command.run("migrations", in: folder)
    #expect(command.status == 2)
    #expect(
      command.errors == "sqllint: .sqllint.yml: the file has 262146 bytes, more than the 262144 of a configuration\n"
    )
  }
}
