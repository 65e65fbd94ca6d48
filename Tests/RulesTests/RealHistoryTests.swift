import Catalog
import Execution
import Foundation
import Linting
import PostgresParser
import Rules
import Syntax
import Testing

@Suite("Advice on real histories")
struct RealHistoryTests {
  /// Migrations of public projects that lie one a file, up and down apart.
  static let folders = [
    "subculture-collective__clipper/backend/migrations", "openmeterio__openmeter", "authelia__authelia",
    "svix__svix-webhooks",
  ]

  static let corpora: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = package.deletingLastPathComponent().appending(path: "shared/corpora")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  @Test(
    "is accepted by PostgreSQL's rules and by sqllint's own",
    .enabled(if: corpora != nil, "the histories are not beside the package"),
    arguments: folders
  )
  func advice(folder: String) throws {
    let corpora = try #require(Self.corpora)
    var history = AdviceTrial()
    for file in try Self.files(below: corpora.appending(path: folder)) {
      try history.judge(String(contentsOf: file, encoding: .utf8), path: file.lastPathComponent)
    }
    print("advice: \(folder): \(history.fixes) fixes with SQL tried")
    #expect(history.fixes > 0)
    #expect(history.problems == [])
  }

  private static func files(below folder: URL) throws -> [URL] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".up.sql") }
      .map { folder.appending(path: $0) }
      .sorted { $0.lastPathComponent.compare($1.lastPathComponent, options: .numeric) == .orderedAscending }
  }
}

/// Tries every fix at the place in the history where it is given: as the next migrations.
private struct AdviceTrial {
  private(set) var problems: [String] = []
  private(set) var fixes = 0
  private var database = Database()

  mutating func judge(_ sql: String, path: String) throws {
    database.beginMigration()
    let migration = Migration(MigrationText(sql: sql), number: 1, isReported: true)
    for (index, statement) in migration.script.statements.enumerated() {
      let findings = findings(on: statement, at: index, of: migration, in: database)
      // The other actions of an ALTER TABLE stay in the fix, with what is found of them.
      let others = findings.map { "\($0.0.rule): \($0.0.message)" }
      for (finding, database) in findings {
        guard let sql = finding.fix?.migrations, !sql.isEmpty else { continue }
        let line = migration.script.source.location(of: finding.range.lowerBound).line
        attempt(sql, in: database, besides: others, place: "\(path):\(line): \(finding.rule)")
      }
      database.execute(statement.kind, version: 17)
    }
  }

  private mutating func attempt(
    _ migrations: [String],
    in database: Database,
    besides others: [String],
    place: String
  ) {
    fixes += 1
    var database = database
    for sql in migrations {
      database.beginMigration()
      let migration = Migration(MigrationText(sql: sql), number: 1, isReported: true)
      problems += migration.script.errors.map { "\(place): \($0.message) in \(sql)" }
      var origins = Origins(of: database.catalog)
      var found: [Finding] = []
      for (index, statement) in migration.script.statements.enumerated() {
        let allowed = Set(migration.script.suppressions.map(\.rule))
        found += findings(on: statement, at: index, of: migration, in: database).map(\.0)
          .filter { !allowed.contains($0.rule) }
          .filter { $0.breaks.isEmpty || $0.breaks.contains { origins.noticed($0, in: database.catalog) != nil } }
        let result = database.execute(statement.kind, version: 17)
        if result.refusal != nil { problems.append("\(place): PostgreSQL refuses \(sql)") }
        origins.note(result.effects)
      }
      // What it leaves to finish, its next migration or the user's finishes.
      problems += found.filter { $0.leftover == nil }.compactMap { origins.settled($0, at: database.catalog) }
        .map { "\($0.rule): \($0.message)" }.filter { !others.contains($0) }.map { "\(place): \($0) in \(sql)" }
    }
  }

  /// Each with the database that its statement meets, or leaves where there is something to finish.
  private func findings(
    on statement: Statement,
    at index: Int,
    of migration: Migration,
    in database: Database
  ) -> [(Finding, Database)] {
    let isAlone = migration.script.statements.count == 1
    let context = StatementContext(
      StatementRun(statement, in: database, targetVersion: 17),
      of: statement,
      at: index,
      in: migration,
      transaction: TransactionState(kind: isAlone ? .own : .implicit, number: 1),
      policy: Policy()
    )
    let rules = AllRules.all.filter { !$0.isOptIn }.compactMap(\.asStatementRule)
    return ([context] + context.nested).flatMap { context in
      rules.flatMap { $0.check(context) }.map { ($0, $0.leftover == nil ? context.before : context.after) }
    }
  }
}
