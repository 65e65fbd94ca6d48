import Linting
import LiveServer
import PostgresParser
import Rules
import Syntax
import Testing

/// The advice of every rule is followed on tables with rows, step by step, while old and new code write to all of them.
///
/// What holds up writers is asked of the server, not of a clock: whether a step builds, checks or rewrites under a lock
/// behind which they wait. The newest server that is installed follows every example, each other one a part of them.
@Suite("Advice is followed while code writes", .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"))
struct FollowedAdviceTests {
  @Test(
    "and no step fails, no writer is refused or held up",
    arguments: Example.followed.enumerated().map(Numbered.init)
  )
  func follow(argument: Numbered) throws {
    for (place, server) in LiveServer.all.enumerated() where place == 0 || argument.number % Self.share == place {
      try follow(argument.example, on: server)
    }
  }

  /// How many examples there are to each that a server follows which is not the newest one.
  private static let share = 5

  private func follow(_ example: Example, on server: LiveServer) throws {
    let title = "\(server.version): \(example.testDescription)"
    let finding = try example.finding()
    let fix = try #require(finding.fix)
    // What is left to finish is there only behind the example.
    let start = try example.example.history + (finding.leftover == nil ? example.before : [example.example.sql])
    let target = try database(start, on: server)
    defer { try? target.drop() }
    if finding.leftover == nil { _ = try target.run(example.changes, example.executionMode) }
    let database = try database(start, on: server)
    defer { try? database.drop() }
    let rows = try rows(for: example, fix, start, target, on: server)
    let code = try WritingCode(in: database, leadingTo: target, with: rows, given: example.given)
    var isNew = false
    for step in fix.steps {
      if step.deploy != nil {
        #expect(try code.deploy(besideOld: !isNew) == [], "\(title): before \(step.sql)")
        isNew = true
      }
      let script = PostgresParser.parse(SourceText(path: "", text: step.sql))
      let migrated = try code.migrate(
        step.sql,
        isAlone: script.statements.contains { $0.kind.mustRunOutsideTransaction(in: .init()) },
        isSplit: example.executionMode == .apart
      )
      #expect(migrated.errors == [], "\(title): \(step.sql)")
      #expect(migrated.workUnderLocks == [], "\(title): \(step.sql)")
      guard migrated.errors.isEmpty else { break }
    }
    let refused = try code.end()
    #expect(refused == [], "\(title)")
    guard example.endsAlike else { return }
    _ = try target.run(LiveExampleTests.validation)
    let (advised, written) = try (schema(of: database), schema(of: target))
    #expect(advised.subtracting(written) == [], "\(title)")
    #expect(written.subtracting(advised) == [], "\(title)")
  }

  /// The worst rows that the statement itself succeeds on, or that a backfill of the advice deals with. Where neither does,
  /// the advice must say what is to be done first.
  private func rows(
    for example: Example,
    _ fix: Finding.Fix,
    _ start: [String],
    _ target: LiveDatabase,
    on server: LiveServer
  ) throws -> WritingCode.Rows {
    if example.wantsCleanRows { return .clean }
    let trial = try database(start, on: server)
    defer { try? trial.drop() }
    try WritingCode.fill(trial, leadingTo: target, with: .withNullsAndDuplicates, given: example.given)
    let refusals = try trial.run(["BEGIN", example.changes, "ROLLBACK"]).errors.filter { $0.code.hasPrefix("23") }
    if refusals.isEmpty { return .withNullsAndDuplicates }
    if fix.migrations.contains(where: { $0.hasPrefix("DO $$") }) { return .withNulls }
    #expect(fix.steps.contains { $0.deploy != nil }, "\(example.testDescription): \(refusals)")
    return .clean
  }

  /// Statement by statement. The order of a table's columns does not count, nor what PostgreSQL 18 calls a NOT NULL, which
  /// keeps the name that it got from the column's old one.
  private func schema(of database: LiveDatabase) throws -> Set<String> {
    Set(
      try database.dump().map { statement in
        statement.replacing(#/CONSTRAINT \w+_not_null NOT NULL/#, with: "NOT NULL").split(separator: "\n").map {
          $0.trimmingCharacters(in: [" ", ","])
        }.sorted()
          .joined(separator: "\n")
      }
    )
  }

  private func database(_ history: [String], on server: LiveServer) throws -> LiveDatabase {
    let database = try LiveDatabase(on: server)
    for migration in history { #expect(try database.run(migration).errors == [], "\(migration)") }
    return database
  }
}

struct Numbered: CustomTestStringConvertible, Sendable {
  let number: Int
  let example: Example

  init(_ element: (offset: Int, element: Example)) { (number, example) = element }

  var testDescription: String { example.testDescription }
}

extension Example {
  /// All whose fix is to be followed on tables with rows.
  static let followed = fixed.filter { notFollowed[$0.rule.id] == nil && notFollowed[$0.testDescription] == nil }

  /// Rules, or examples of them, whose fix is no way around what the statement does, with the reason.
  static let notFollowed: [String: String] = [
    "column-renamed: a new column under the old name": "two columns cannot have the old name while old code runs",
    "down-does-not-restore": "its SQL is for the down migration",
    "statement-refused": "it is about what the server refuses, whatever the rows",
    "relation-not-in-history": "it is about what the server refuses, whatever the rows",
    "statement-refused-in-transaction": "it is about what the server refuses, whatever the rows",
  ]

  /// Rules, or examples of them, whose fix ends elsewhere than the statement, with the reason.
  private static let endsElsewhere: [String: String] = [
    "autovacuum-disabled": "the table keeps its autovacuum, with other limits",
    "column-type-narrowed": "a check limits the values, and the type stays",
    "constraint-lost-to-if-not-exists": "the statement adds nothing, and the fix what it was meant to add",
    "definer-function-without-search-path": "the function gets a search_path",
    "domain-column-rewrites-table": "the checks are the table's instead of the domain's",
    "domain-constraint-scans-tables": "it stays NOT VALID until a quiet hour, as validating blocks writes before 18",
    "foreign-key-without-index": "the statement makes no index",
    "generated-column-rewrites-table": "a trigger computes the column: no other way writes no table anew",
    "object-renamed: a value of an enum, at High": "the old value stays, which no statement can remove",
    "partition-detached-without-concurrently": "CONCURRENTLY leaves the bound as a check",
  ]

  var endsAlike: Bool { Self.endsElsewhere[rule.id] == nil && Self.endsElsewhere[testDescription] == nil }

  /// Rules whose statement checks no row, though the fix does, so that rows are mended first, with the reason.
  private static let wantsCleanRows: [String: String] = [
    "constraint-left-not-valid": "the statement is the half that checks nothing, and the fix is the other half",
    "constraint-lost-to-if-not-exists": "the statement does nothing at all",
  ]

  var wantsCleanRows: Bool { Self.wantsCleanRows[rule.id] != nil }

  /// Rules whose advice leaves other statements where they are, with the reason.
  private static let staysBehind: [String: String] = [
    "backfill-while-table-locked": "the change of the schema stays in the migration, and the advice is what follows it"
  ]

  /// The statements of the migration that have run when the fix begins, and those that it stands for.
  private var parts: (before: [String], changes: String) {
    get throws {
      guard Self.staysBehind[rule.id] != nil, let index = try finding().statement else { return ([], example.sql) }
      let script = try report().migration.script
      let texts = script.statements.map { script.source[$0.range] }
      return (Array(texts[..<index]), texts[index...].joined(separator: ";\n"))
    }
  }

  var before: [String] { get throws { try parts.before } }

  var changes: String { get throws { try parts.changes } }

  /// What columns hold where their types do not tell; a relation without a column is not written to by new code.
  var given: [WritingCode.Given] {
    switch rule.id {
    // Their domains want an address, and a percentage.
    case "domain-column-rewrites-table", "domain-constraint-scans-tables":
      ["users", "letters"].map { .init($0, "contact", "next_number || '@example.org'") }
        + [.init("users", "part", "next_number % 100")]
    // Rows belong in the partition that comes, or in that which goes; later ones do not.
    case "partition-attached-with-scan":
      [.init("views_2025", "at", "date '2025-06-15'"), .init("sales_eu", "region", "'de'")]
    case "partition-created-in-place": [.init("views", "at", "date '2024-06-15'")]
    case "partition-detached-without-concurrently", "partition-dropped":
      [.init("views", "at", "date '2024-06-15'"), .init("views")]
    // The view has one row a day, which its unique index wants.
    case "materialized-view-refreshed-without-concurrently":
      [.init("sales", "day", "date '2000-01-01' + next_number::int")]
    // Its check wants a tip below the total.
    case "check-added-without-not-valid": [.init("orders", "tip", "next_number - 1")]
    default: []
    }
  }
}
