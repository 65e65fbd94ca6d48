import Linting
import PostgresParser
import Rules
import Syntax
import Testing

@Suite("An example is what its rule says it is")
struct RuleExampleTests {
  @Test("a bad one gives exactly one finding of its rule", arguments: Example.all(.bad))
  func bad(example: Example) throws {
    let findings = try example.findings()
    #expect(findings.map(\.rule).filter { $0 == example.rule.id }.count == 1, "\(findings.map(\.message))")
    let finding = try #require(findings.first { $0.rule == example.rule.id })
    let message = finding.message.description
    #expect(!message.hasSuffix("."), "\(message)")
    #expect(message.first?.isUppercase == false || message.hasPrefix("PostgreSQL"), "\(message)")
  }

  @Test("a good one gives no finding of any rule", arguments: Example.all(.good))
  func good(example: Example) throws {
    #expect(try example.findings().map { "\($0.rule): \($0.message)" } == [])
  }

  @Test("a comment in front moves the place and nothing else", arguments: Example.all(.bad))
  func multibyteComment(example: Example) throws {
    let comment = "-- größer als 🐘\n"
    let before = try example.finding()
    let after = try example.finding(changing: { comment + $0 })
    // A message may name a line, which moves too.
    #expect(after.message.description.filter { !$0.isNumber } == before.message.description.filter { !$0.isNumber })
    #expect(after.range.lowerBound == before.range.lowerBound + comment.utf8.count)
    #expect(after.range.count == before.range.count)
  }

  /// Not the rules about rollbacks: another statement makes the down migration a wrong one.
  @Test("nothing is found in a comment or in a string", arguments: Example.all(.bad).filter { $0.example.down == nil })
  func silence(example: Example) throws {
    #expect(
      try example.findings(changing: { "/* \($0) */ SELECT 1;" }).filter { !$0.rule.hasPrefix("suppression") } == []
    )
    #expect(try example.findings(changing: { "SELECT $sqllint$\n\($0)\n$sqllint$;" }) == [])
  }

  @Test("line ends of CRLF change nothing", arguments: Example.all(.bad))
  func lineEnds(example: Example) throws {
    let crlf = try example.finding(changing: { $0.split(separator: "\n").joined(separator: "\r\n") })
    #expect(try crlf.message == example.finding().message)
  }

  @Test("a suppression silences it and counts as used", arguments: Example.all(.bad))
  func suppression(example: Example) throws {
    guard !example.rule.id.hasPrefix("suppression-") else { return }
    let report = try example.report { "-- sqllint:allow-file \(example.rule.id) a test\n" + $0 }
    let own = report.findings.filter { $0.rule == example.rule.id }
    #expect(own.map(\.isSuppressed) == [true])
    #expect(!report.findings.contains { $0.rule == "suppression-unused" })
  }

  @Test("a finding is about a statement unless its rule is about files", arguments: Example.all(.bad))
  func scope(example: Example) throws {
    guard !example.rule.id.hasPrefix("suppression-") else { return }
    #expect(try (example.finding().statement == nil) == example.rule.isAboutFile)
  }

  @Test("a suppression above the statement does the same", arguments: Example.all(.bad))
  func suppressionAbove(example: Example) throws {
    guard !example.rule.id.hasPrefix("suppression-"), let statement = try example.finding().statement else { return }
    let report = try example.report { sql in
      let script = PostgresParser.parse(SourceText(path: "a.sql", text: sql))
      let bytes = Array(sql.utf8)
      let start = script.statements[statement].range.lowerBound
      return String(decoding: bytes[..<start], as: UTF8.self)
        + "-- sqllint:allow \(example.rule.id) a test\n" + String(decoding: bytes[start...], as: UTF8.self)
    }
    #expect(report.findings.filter { $0.rule == example.rule.id }.map(\.isSuppressed) == [true])
  }

  @Test("its fix passes every rule, migration by migration", arguments: Example.all(.bad))
  func fix(example: Example) throws {
    var history = example.example.history
    // What is left to finish is there only behind the example.
    if try example.finding().leftover != nil { history.append(example.example.sql) }
    // A fix that mistakes a name would work on a relation that nobody made.
    let isKnown = try example.report().touchesOnlyKnownRelations
    for migration in try example.finding().fix?.migrations ?? [] {
      let report = try MigrationReport.linting(history, then: MigrationText(sql: migration), policy: example.policy)
      // What it leaves to finish, its next migration or the user's finishes.
      let findings = report.findings.filter { $0.leftover == nil && !$0.isSuppressed }
      #expect(findings.map { "\($0.rule): \($0.message)" } == [], "\(migration)")
      #expect(report.migration.script.errors.isEmpty, "\(migration)")
      #expect(report.touchesOnlyKnownRelations || !isKnown, "\(migration)")
      history.append(migration)
    }
  }
}

extension MigrationReport {
  fileprivate var touchesOnlyKnownRelations: Bool {
    statements.allSatisfy { $0.effects.relations.allSatisfy { !$0.isAssumed } }
  }
}

@Suite("Advice knows how the runner sends a migration")
struct RunnerAdviceTests {
  static let history = ["CREATE TABLE clips (id bigint PRIMARY KEY, title text);"]

  @Test(
    "and says where it must leave out its own transaction",
    arguments: [
      "CREATE INDEX clips_title_idx ON clips (title);", "ALTER TABLE clips ADD UNIQUE (title);",
      "UPDATE clips SET title = '';", "ALTER TABLE clips ADD COLUMN n bigserial;",
    ]
  )
  func wrapped(sql: String) throws {
    for (mode, isSaid) in [(Migration.TransactionMode.wrapped, true), (.implicit, false), (.none, false)] {
      let text = MigrationText(sql: sql, transactionMode: mode)
      let advice = try MigrationReport.linting(Self.history, then: text).findings.first?.fix?.advice
      #expect(advice?.contains("without a transaction") == isSaid, "\(mode)")
    }
  }

  @Test(
    "and what to run by hand where it has no way to leave it out",
    arguments: [
      ("CREATE INDEX clips_title_idx ON clips (title);", "then says the same with IF NOT EXISTS"),
      ("CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);", "then says CREATE INDEX IF NOT EXISTS"),
      ("UPDATE clips SET title = '';", "run it by hand"), ("BEGIN; SELECT 1; COMMIT;", "take BEGIN and COMMIT out"),
    ]
  )
  func byHand(sql: String, advice: String) throws {
    let text = MigrationText(sql: sql, transactionMode: .wrapped, isAlwaysWrapped: true)
    let findings = try MigrationReport.linting(Self.history, then: text).findings
    let said = findings.compactMap { $0.fix?.advice }
    #expect(said.contains { $0.contains(advice) }, "\(said)")
    #expect(!said.contains { $0.contains("without a transaction") }, "\(said)")
  }

  @Test("also where the runner takes out single statements, which a backfill that commits is not")
  func split() throws {
    func advice(_ sql: String) throws -> String? {
      let text = MigrationText(sql: sql, transactionMode: .split)
      return try MigrationReport.linting(Self.history, then: text).findings.first?.fix?.advice
    }
    #expect(try advice("UPDATE clips SET title = '';")?.contains("without a transaction") == true)
    #expect(try advice("CREATE INDEX clips_title_idx ON clips (title);")?.contains("without a transaction") == false)
  }
}

@Suite("What a runner refuses")
struct RefusalTests {
  @Test("is said in its own words, with what to do")
  func refusal() throws {
    let sql = "SET work_mem = '64MB';\nCREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);"
    let history = ["CREATE TABLE clips (title text);"]
    let refused = MigrationText(sql: sql, transactionMode: .wrapped, refusal: "Runner refuses a mixture")
    let finding = try MigrationReport.linting(history, then: refused).findings.first
    #expect(finding?.rule == "statement-refused-in-transaction")
    #expect(finding?.message.description.hasSuffix("in a transaction: Runner refuses a mixture") == true)
    #expect(finding?.fix?.advice.contains("which the runner then sends without a transaction") == true)
    let wrapped = MigrationText(sql: sql, transactionMode: .wrapped)
    let other = try MigrationReport.linting(history, then: wrapped).findings.first?.fix?.advice
    #expect(other?.contains("tell the runner to send") == true)
  }

  @Test("does not touch a statement that the runner takes out of the transaction")
  func split() throws {
    let sql = "SET work_mem = '64MB';\nCREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);\nSELECT 1;"
    let history = ["CREATE TABLE clips (title text);"]
    let report = try MigrationReport.linting(history, then: MigrationText(sql: sql, transactionMode: .split))
    #expect(report.findings.isEmpty)
    #expect(report.statements.map(\.transaction) == [1, 2, 3])
  }
}

/// An example with its rule.
struct Example: CustomTestStringConvertible, Sendable {
  let rule: any Rule
  let example: RuleExample

  var testDescription: String { "\(rule.id): \(example.title)" }

  static func all(_ verdict: RuleExample.Verdict) -> [Example] {
    AllRules.all.flatMap { rule in
      rule.examples.filter { $0.verdict == verdict }.map { Example(rule: rule, example: $0) }
    }
  }

  func report(changing change: (String) -> String = { $0 }) throws -> MigrationReport {
    try MigrationReport.linting(
      example.history,
      then: MigrationText(
        sql: change(example.sql),
        transactionMode: example.transactionMode,
        down: example.down
      ),
      policy: policy
    )
  }

  /// The usual one; a rule that runs only where somebody asks for it is asked for.
  var policy: Policy { Policy(enabledRules: [rule.id]) }

  func findings(changing change: (String) -> String = { $0 }) throws -> [Finding] {
    try report(changing: change).findings.filter { !$0.isSuppressed }
  }

  /// The one finding of the example's own rule.
  func finding(changing change: (String) -> String = { $0 }) throws -> Finding {
    try #require(try findings(changing: change).first { $0.rule == rule.id })
  }
}
