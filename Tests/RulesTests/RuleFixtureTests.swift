import Foundation
import Linting
import LiveServer
import PostgresParser
import Rules
import Syntax
import Testing

@Suite("Fixtures/rules")
struct RuleFixtureTests {
  @Test("there are some, and every rule with examples is in one")
  func coverage() {
    let expected = Set(RuleFixture.all.flatMap { $0.expectations.map(\.rule) })
    #expect(AllRules.all.filter { !$0.examples.isEmpty && !expected.contains($0.id) }.map(\.id) == [])
  }

  @Test("a file holds what it expects and nothing else", arguments: RuleFixture.all)
  func findings(fixture: RuleFixture) {
    let found = fixture.findings
    var missing = fixture.expectations
    var unexpected: [RuleFixture.Expectation] = []
    for finding in found {
      let met = missing.firstIndex {
        $0.rule == finding.rule && $0.line == finding.line && finding.words.contains($0.words)
      }
      if let met { missing.remove(at: met) } else { unexpected.append(finding) }
    }
    #expect(missing == [], "expected and not found")
    #expect(unexpected == [], "found and not expected")
  }

  @Test(
    "a live server accepts the migrations, or answers as they say",
    .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"),
    arguments: RuleFixture.all
  )
  func server(fixture: RuleFixture) throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    for part in fixture.parts {
      let errors = try database.run(part.sql, part.executionMode).errors
      #expect(errors.map(\.code) == part.answers, "\(fixture.name):\(part.line): \(errors)")
    }
  }
}

@Suite(
  "Advice on Fixtures/rules runs on a live server",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)")
)
struct FixtureAdviceTests {
  @Test("at the place where it is given", arguments: RuleFixture.all)
  func advice(fixture: RuleFixture) throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    for (part, report) in zip(fixture.parts, fixture.report.migrations) where part.answers.isEmpty {
      for finding in report.findings {
        try attempt(finding, of: report.migration, after: database, "\(fixture.name):\(part.line)")
      }
      _ = try database.run(part.sql, part.executionMode)
    }
  }

  /// Runs the fix behind the statements that stand in front of the finding's, or behind all of them.
  private func attempt(_ finding: Finding, of migration: Migration, after database: LiveDatabase, _ place: String)
    throws
  {
    guard let migrations = finding.fix?.migrations, !migrations.isEmpty, let index = finding.statement else { return }
    let copy = try LiveDatabase(copying: database)
    defer { try? copy.drop() }
    // What a migration leaves unfinished is finished behind it.
    let count = finding.leftover == nil ? index : migration.script.statements.count
    let earlier = migration.script.statements[..<count].map { migration.script.source[$0.range] }
    if !earlier.isEmpty { _ = try copy.run(earlier.joined(separator: ";\n")) }
    for sql in migrations { #expect(try copy.run(sql).errors == [], "\(place): \(finding.rule): \(sql)") }
  }
}

/// A file of `Fixtures/rules`; its README tells how to write one.
struct RuleFixture: Sendable, CustomTestStringConvertible {
  struct Part: Sendable {
    /// The line of the file in which it starts, counted from 1.
    let line: Int
    let mode: Migration.TransactionMode
    let sql: String
    /// What follows `-- down`.
    let down: String?

    var executionMode: LiveDatabase.ExecutionMode {
      switch mode {
      case .implicit: .whole
      case .wrapped: .wrapped
      case .none, .split: .apart
      }
    }

    /// The SQLSTATEs that `-- server:` names.
    var answers: [String] {
      sql.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        return words.starts(with: ["--", "server:"]) && words.count == 3 ? String(words[2]) : nil
      }
    }
  }

  struct Expectation: Hashable, Sendable, CustomStringConvertible {
    let line: Int
    let rule: String
    let words: String

    var description: String { "\(line): \(rule) \"\(words)\"" }
  }

  let name: String
  let parts: [Part]
  let expectations: [Expectation]
  /// What `-- rules:` in its first line names: rules that run only where somebody asks for them.
  let askedFor: Set<String>

  var testDescription: String { name }

  static let all: [RuleFixture] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/rules")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".sql") }.sorted().compactMap { file in
      (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)).map { RuleFixture(name: file, text: $0) }
    }
  }()

  private init(name: String, text: String) {
    self.name = name
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let words = lines.first?.split { " ,".contains($0) } ?? []
    askedFor = words.starts(with: ["--", "rules:"]) ? Set(words.dropFirst(2).map(String.init)) : []
    let starts = lines.indices.filter { lines[$0].hasPrefix("-- migration") }
    parts = zip(starts, starts.dropFirst() + [lines.count]).map { start, end in
      let mode: Migration.TransactionMode =
        if lines[start].hasSuffix("(wrapped)") { .wrapped } else if lines[start].hasSuffix("(one by one)") {
          .none
        } else {
          .implicit
        }
      let middle = lines[start..<end].firstIndex(of: "-- down") ?? end
      let down = middle == end ? nil : lines[middle..<end].joined(separator: "\n")
      return Part(line: start + 1, mode: mode, sql: lines[start..<middle].joined(separator: "\n"), down: down)
    }
    expectations = lines.indices.compactMap { Expectation(in: lines, at: $0) }
  }

  /// The migrations, each judged by all rules after those before it.
  var report: Report {
    let migrations = parts.enumerated().map { index, part in
      MigrationPair(
        up: Migration(MigrationText(sql: part.sql, transactionMode: part.mode), number: index + 1, isReported: true),
        down: part.down.map { Migration(MigrationText(sql: $0), number: index + 1, isDown: true) }
      )
    }
    return Linter(rules: AllRules.all, policy: Policy(enabledRules: askedFor))
      .lint([History(migrations: migrations)], toolVersion: "test", grammarVersion: "17")
  }

  /// What the rules find in all of them.
  var findings: [Expectation] {
    zip(report.migrations.filter { $0.migration.direction == .up }, parts).flatMap { migration, part in
      migration.findings.filter { !$0.isSuppressed }.map { finding in
        Expectation(
          line: migration.migration.script.source.location(of: finding.range.lowerBound).line + part.line - 1,
          rule: finding.rule,
          words: finding.message.description
        )
      }
    }
  }
}

extension RuleFixture.Expectation {
  /// `-- expect: rule "words"`, about the next line that is none.
  fileprivate init?(in lines: [Substring], at index: Int) {
    let line = lines[index].drop { $0 == " " }
    guard line.hasPrefix("-- expect: "), let start = line.firstIndex(of: "\""), let end = line.lastIndex(of: "\""),
      start < end,
      let place = lines[index...].firstIndex(where: { !$0.contains("-- expect: ") && !$0.contains("-- server: ") })
    else { return nil }
    self.line = place + 1
    rule = line[..<start].dropFirst("-- expect: ".count).trimmingCharacters(in: .whitespaces)
    words = String(line[line.index(after: start)..<end])
  }
}
