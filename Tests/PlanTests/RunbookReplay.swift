import Foundation
import Linting
import LiveServer
import Testing

@testable import Plan

/// A history on one server, in one script for psql: to begin a session for each of thousands of questions takes longer than
/// to answer them.
///
/// For each migration: what its runbook asks before it, its checks, the migration, what is asked after it, and within a
/// transaction that is rolled back its down migration with what is asked then. Nothing may fail but what sqllint says.
struct RunbookReplay {
  private let planned: PlannedHistory
  private let name: String
  /// `nil` for migrations that only run, and are not asked about.
  private let runbooks: [Runbook?]

  /// `step`: of how many migrations one is asked about.
  init(of planned: PlannedHistory, _ name: String, step: Int = 1) {
    (self.planned, self.name) = (planned, name)
    runbooks = planned.history.migrations.enumerated().map { $0 % step == 0 ? planned.runbook(of: $1) : nil }
  }

  func run(on server: LiveServer) throws {
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    for table in Self.runnerTables { _ = try database.run("CREATE TABLE IF NOT EXISTS \(table)") }
    var script = ReplayScript()
    for (index, pair) in planned.history.migrations.enumerated() {
      if let runbook = runbooks[index] {
        write(pair, runbook, index, to: &script)
      } else {
        script.run(pair.up, "\(index) up")
      }
    }
    script.ask(planned.runbook.finalChecks, "final")
    let answers = try script.answers(in: database)
    var tally = Tally()
    for (index, pair) in planned.history.migrations.enumerated() {
      guard let runbook = runbooks[index] else { continue }
      judge(pair, runbook, index, answers, &tally)
    }
    if tally.refused == 0 {
      let wrong = answers.untrue(planned.runbook.finalChecks, "final")
      #expect(wrong == [], "\(name) at the end")
    }
    print(
      "runbooks: \(name) on PostgreSQL \(server.version): \(script.count) SQL texts ran about \(runbooks.count { $0 != nil }) "
        + "of \(runbooks.count) migrations; "
        + "\(tally.refused) are refused, \(tally.undone) were taken back"
    )
  }

  /// What runners keep, as far as their state is asked for.
  private static let runnerTables = [
    "schema_migrations (version bigint, dirty boolean)",
    "__diesel_schema_migrations (version varchar(50), run_on timestamp)",
  ]

  private struct Tally {
    var refused = 0
    var undone = 0
  }

  // MARK: - Asking

  private func write(_ pair: MigrationPair, _ runbook: Runbook, _ index: Int, to script: inout ReplayScript) {
    guard let plan = runbook.checksByMigration.first else { return }
    for (number, query) in runbook.preparations.enumerated() { script.run(query, "\(index) before \(number)") }
    script.ask(plan.up.filter { !$0.isOfRows }, "\(index) schema before")
    script.run(pair.up, "\(index) up")
    script.ask(plan.up, "\(index) after")
    script.ask(plan.up.filter { !$0.isOfRows }, "\(index) schema after")
    for (number, query) in (runbook.questionsAfter.first ?? []).enumerated() {
      script.run(query, "\(index) look \(number)")
    }
    guard let down = pair.down, !plan.down.isEmpty else { return }
    let isApart = down.takesNoTransaction
    // Nothing of it stays, so that the next migration finds what it expects.
    if !isApart { script.add("BEGIN;") }
    script.run(down, "\(index) down", isWrapped: false)
    script.ask(plan.down, "\(index) undone")
    script.ask(plan.up.filter { !$0.isOfRows }, "\(index) schema undone")
    if isApart { script.run(pair.up, "\(index) again") } else { script.add("ROLLBACK;") }
  }

  // MARK: - Judging

  private func judge(
    _ pair: MigrationPair,
    _ runbook: Runbook,
    _ index: Int,
    _ answers: ReplayScript.Answers,
    _ tally: inout Tally
  ) {
    guard let plan = runbook.checksByMigration.first else { return }
    let place = "\(name), \(plan.title)"
    for (number, query) in runbook.preparations.enumerated() {
      let state = answers.state("\(index) before \(number)")
      #expect(state == "00000", "\(place), before it: \(query)")
    }
    let schema = plan.up.filter { !$0.isOfRows }
    #expect(answers.state("\(index) schema before") == "00000")
    #expect(answers.true(schema, "\(index) schema before") == [], "\(place), before it")
    guard answers.state("\(index) up") == "00000" else {
      tally.refused += 1
      // What sqllint says of it; and a migration that is refused has done nothing, which its checks say.
      #expect(runbook.obstacles != [], "\(place) ends in \(answers.state("\(index) up"))")
      if !pair.up.runsApart { #expect(answers.true(schema, "\(index) schema after") == [], "\(place) is refused") }
      return
    }
    #expect(answers.state("\(index) after") == "00000")
    #expect(answers.untrue(plan.up, "\(index) after") == [], "\(place), after it")
    for (number, query) in (runbook.questionsAfter.first ?? []).enumerated() {
      #expect(answers.state("\(index) look \(number)") == "00000", "\(place), after it: \(query)")
    }
    guard pair.down != nil, !plan.down.isEmpty, let rollback = runbook.parts.first?.rollback else { return }
    let isRefusalTold = rollback.facts.contains { $0.hasPrefix("PostgreSQL refuses") }
    guard answers.state("\(index) down") == "00000" else {
      // One of crates.io's, of which sqllint says nothing yet: named, so that it is not forgotten.
      if !isRefusalTold { print("runbooks: \(place): its down migration is refused, and sqllint does not say so") }
      return
    }
    if pair.down?.takesNoTransaction == true {
      #expect(answers.state("\(index) again") == "00000", "\(place), once more")
    }
    tally.undone += 1
    #expect(answers.untrue(plan.down, "\(index) undone") == [], "\(place), taken back")
    guard rollback.facts.isEmpty else { return }
    // All of it has gone, but for what the runbook says that it leaves.
    #expect(answers.true(schema, "\(index) schema undone") == rollback.stays.map(\.subject), "\(place), taken back")
  }
}

/// Texts for psql, each with a mark behind it that tells how it ended.
struct ReplayScript {
  private(set) var count = 0
  private let mark = "mark-\(UUID().uuidString)"
  private var lines = ["\\set ON_ERROR_STOP off"]

  mutating func add(_ line: String) { lines.append(line) }

  mutating func run(_ sql: String, _ name: String) {
    count += 1
    lines += [sql, ";", "\\echo \(mark) :SQLSTATE \(name)"]
  }

  /// All of them in one query, as the runbook has it.
  mutating func ask(_ checks: [Check], _ name: String) {
    guard !checks.isEmpty else {
      lines.append("\\echo \(mark) 00000 \(name)")
      return
    }
    count += checks.count - 1
    run(checks.sql, name)
  }

  /// As its runner sends it, in a session of its own.
  mutating func run(_ migration: Migration, _ name: String, isWrapped: Bool = true) {
    count += 1
    if isWrapped { lines += ["\\connect -", "SET client_min_messages = error;"] }
    lines.append("\\set LAST_ERROR_SQLSTATE 00000")
    let isBlock = isWrapped && !migration.runsApart
    lines += isBlock ? ["BEGIN;", migration.text, ";", "COMMIT;"] : [migration.text, ";"]
    lines.append("\\echo \(mark) :LAST_ERROR_SQLSTATE \(name)")
    if isWrapped { lines += ["\\connect -", "SET client_min_messages = error;"] }
  }

  func answers(in database: LiveDatabase) throws -> Answers {
    let rows = try database.run(lines.joined(separator: "\n") + "\n", .apart).rows
    var answers = Answers()
    var own: [String] = []
    for row in rows {
      guard row.hasPrefix(mark) else {
        own.append(row)
        continue
      }
      let parts = row.split(separator: " ", maxSplits: 2).map(String.init)
      answers.byName[parts[2]] = (parts[1], own)
      own = []
    }
    return answers
  }

  struct Answers {
    fileprivate var byName: [String: (state: String, rows: [String])] = [:]

    func state(_ name: String) -> String { byName[name]?.state ?? "not reached" }

    /// The subjects of the checks that are true.
    func `true`(_ checks: [Check], _ name: String) -> [String] { subjects(of: checks, name) { $0 } }

    func untrue(_ checks: [Check], _ name: String) -> [String] { subjects(of: checks, name) { !$0 } }

    private func subjects(of checks: [Check], _ name: String, where holds: (Bool) -> Bool) -> [String] {
      let rows = (byName[name]?.rows ?? []).suffix(checks.count)
      guard rows.count == checks.count else {
        return checks.isEmpty ? [] : ["\(rows.count) of \(checks.count) are answered"]
      }
      return zip(checks, rows).filter { holds($1.hasSuffix("|t")) }.map(\.0.subject)
    }
  }
}

extension Migration {
  /// Whether its statements share no transaction, or are one that takes none.
  var runsApart: Bool {
    takesNoTransaction || transactionMode == .none || transactionMode == .implicit && script.statements.count < 2
  }

  /// Whether it is sent statement by statement, ends a transaction of its own, or is what PostgreSQL refuses in one.
  var takesNoTransaction: Bool {
    let text = text.lowercased()
    return transactionMode == .none || text.contains(/\bcommit\b/)
      || script.statements.count < 2 && text.contains("concurrently")
  }
}
