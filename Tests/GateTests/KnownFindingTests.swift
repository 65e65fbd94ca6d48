import Linting
import Syntax
import Testing

@testable import Gate

@Suite("A baseline")
struct KnownFindingTests {
  private static let old = [
    (path: "m/1.sql", sql: "CREATE TABLE a (id int);"),
    (path: "m/2.sql", sql: "CREATE INDEX x ON a (id);\nCREATE INDEX y ON a (id);"),
    (path: "m/3.sql", sql: "DROP TABLE a;"),
  ]

  private func known(_ files: [(path: String, sql: String)] = old) -> KnownFindings {
    KnownFindings(report(files)) { $0.path }
  }

  /// The rules of the findings that count, and how many entries are gone.
  private func judged(
    _ files: [(path: String, sql: String)],
    by known: KnownFindings,
    isThere: Bool = true
  ) -> (rules: [String], gone: Int, known: Int) {
    var report = report(files)
    let gone = known.apply(to: &report, path: { $0.path }, runs: { _ in true }, isThere: { _ in isThere })
    return (report.findings.map(\.rule), gone.count, report.migrations.flatMap(\.known).count)
  }

  @Test("lets what it records pass, wherever it moves in its file, and nothing else")
  func passes() {
    let known = known()
    #expect(known.count > 2)
    #expect(judged(Self.old, by: known) == ([], 0, known.count))
    var moved = Self.old
    moved[2].sql = "-- why\n\nDROP   /* the */ TABLE a;"
    #expect(judged(moved, by: known) == ([], 0, known.count))
    // A statement more of the same kind on the same old table is new.
    var more = Self.old
    more[1].sql += "\nCREATE INDEX z ON a (id);"
    #expect(judged(more, by: known).rules.contains("index-built-without-concurrently"))
    // The same statement once more is new too.
    var twice = Self.old
    twice[1].sql += "\nCREATE INDEX y ON a (id);"
    #expect(!judged(twice, by: known).rules.isEmpty)
    // So is the same in another file.
    #expect(
      judged(Self.old.dropLast() + [(path: "m/4.sql", sql: "DROP TABLE a;")], by: known).rules == ["table-dropped"]
    )
  }

  @Test("says what is mended, removes that alone, and is read as it is written")
  func shrinks() throws {
    let known = known()
    var mended = Self.old
    mended[2].sql = "SELECT 1;"
    var report = report(mended)
    let gone = known.apply(to: &report, path: { $0.path }, runs: { _ in true }, isThere: { _ in true })
    #expect(gone.count >= 1)
    let left = known.removing(gone)
    #expect(left.count == known.count - gone.count)
    #expect(judged(Self.old, by: left).rules.contains("table-dropped"))
    #expect(try KnownFindings(reading: Array(left.text().utf8)) == left)
    // Of a rule that did not run, and of a file that was not looked at, nothing is known.
    var again = self.report(mended)
    #expect(known.apply(to: &again, path: { $0.path }, runs: { _ in false }, isThere: { _ in true }).isEmpty)
    #expect(judged(Array(Self.old.prefix(2)), by: known).gone == 0)
    #expect(judged(Array(Self.old.prefix(2)), by: known, isThere: false).gone == gone.count)
  }

  private func report(_ files: [(path: String, sql: String)]) -> Report { GateTests.report(files) }

  @Test("which is none is refused", arguments: ["", "[]", "{}", "{\"version\": 2, \"findings\": {}}", "\u{0}"])
  func unreadable(_ text: String) {
    #expect(throws: KnownFindings.Unreadable.self) { try KnownFindings(reading: Array(text.utf8)) }
  }
}
