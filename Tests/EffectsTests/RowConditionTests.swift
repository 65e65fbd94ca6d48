import Catalog
import Execution
import Foundation
import LiveServer
import Syntax
import Testing

@Suite("What hangs on rows is asked of them")
struct RowConditionTests {
  @Test("there are cases")
  func cases() { #expect(RowCase.all.count >= 60) }

  @Test(
    "a question returns rows exactly when PostgreSQL refuses the statement for them",
    arguments: EffectsTests.versions
  )
  func agreement(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else {
      print("rows: PostgreSQL \(version): skipped, the machine has no such server")
      return
    }
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    var good = 0
    var bad = 0
    for rowCase in RowCase.all where rowCase.firstVersion <= version {
      let questions = rowCase.questions(version: version)
      #expect(!questions.isEmpty, "\(rowCase): nothing is asked")
      for rows in rowCase.rows {
        let answer = try database.run(rowCase.script(over: rows, asking: questions))
        let found = answer.rows.filter { $0.hasPrefix("found|") }.map { String($0.dropFirst(6)) }
        #expect(answer.rows.contains("asked"), "\(rowCase): a question fails: \(answer.errors) \(questions)")
        if let sqlState = rows.sqlState {
          bad += 1
          #expect(answer.errors.map(\.code) == [sqlState], "\(rowCase) over \(rows.sql): \(answer.errors)")
          #expect(found.contains(sqlState), "\(rowCase): no question returns \(rows.sql): \(questions)")
        } else {
          good += 1
          #expect(answer.errors == [], "\(rowCase) over \(rows.sql)")
          #expect(found == [], "\(rowCase): a question returns rows of \(rows.sql): \(questions)")
        }
      }
    }
    print("rows: PostgreSQL \(version): \(good) good and \(bad) bad sets of rows")
  }
}

/// A statement of `Fixtures/rows`, and rows over which it runs or fails.
///
/// `-- case: title`, the schema; `-- before`, what the migration does first; `-- statement`; then `-- good` and `-- bad
/// SQLSTATE`, each with what fills the tables.
private struct RowCase: CustomStringConvertible {
  struct Rows {
    let sql: String
    /// How the statement fails; `nil` where it runs.
    let sqlState: String?
  }

  let title: String
  private(set) var setup = ""
  /// Runs behind the rows and before the statement.
  private(set) var first = ""
  private(set) var statement = ""
  private(set) var rows: [Rows] = []
  private(set) var firstVersion = 0

  var description: String { title }

  static let all: [RowCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/rows")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.sorted().flatMap { file in
      let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
      return text.components(separatedBy: "-- case: ").dropFirst().map(RowCase.init)
    }
  }()

  private init(_ text: String) {
    let sections = text.components(separatedBy: "\n-- ")
    let head = sections[0].split(separator: "\n", maxSplits: 1).map(String.init)
    title = head.first ?? ""
    setup = head.dropFirst().joined()
    for section in sections.dropFirst() {
      let parts = section.split(separator: "\n", maxSplits: 1).map(String.init)
      let words = (parts.first ?? "").split(separator: " ").map(String.init)
      let sql = parts.dropFirst().joined()
      switch words.first {
      case "before": first = sql
      case "statement": statement = sql
      case "good": rows.append(Rows(sql: sql, sqlState: nil))
      case "bad": rows.append(Rows(sql: sql, sqlState: words.last))
      case "from:":
        firstVersion = words.last.flatMap { Int($0) } ?? 0
        setup += sql
      default: break
      }
    }
  }

  /// What is to be asked before the migration.
  func questions(version: Int) -> [RowQuery] {
    var database = Database()
    database.beginMigration()
    for statement in EffectCase.statements(of: setup) { database.execute(statement, version: version) }
    database.beginMigration()
    for statement in EffectCase.statements(of: first) { database.execute(statement, version: version) }
    let before = database
    return EffectCase.statements(of: statement).flatMap { statement in
      database.execute(statement, version: version).effects.rowConditions.flatMap {
        RowQueryWriter.queries(of: $0, in: before, version: version)
      }
    }
  }

  /// Asks before anything of the migration has run; nothing stays.
  func script(over rows: Rows, asking questions: [RowQuery]) -> String {
    let asked = questions.map {
      "SELECT 'found', '\($0.sqlState)' FROM (\($0.sql)) AS question HAVING count(*) > 0;"
    }
    return (["BEGIN;", setup, rows.sql] + asked + ["SELECT 'asked';", first, statement, "ROLLBACK;"])
      .joined(separator: "\n")
  }
}
