import Linting
import Testing

@Suite("A lock_timeout is asked for")
struct LockTimeoutHabitTests {
  private static let setting = "SET lock_timeout = '5s'; SELECT 1;"
  private static let table = "CREATE TABLE users (id bigint);"
  private static let change = "ALTER TABLE users ADD COLUMN plan text;"

  private func isMissing(after history: [String], timeouts: Policy.TimeoutPlace? = nil) throws -> Bool {
    let policy = Policy(timeouts: timeouts)
    return try MigrationReport.linting(history, then: MigrationText(sql: Self.change), policy: policy).findings
      .contains { $0.rule == "lock-timeout-missing" }
  }

  @Test("where most migrations before set one")
  func habit() throws {
    #expect(try isMissing(after: [Self.table, Self.setting]))
    #expect(try !isMissing(after: [Self.table, Self.setting, "SELECT 1;"]))
    #expect(try !isMissing(after: [Self.table]))
  }

  @Test("by what was done lately, not long ago")
  func lately() throws {
    #expect(
      try isMissing(
        after: [Self.table] + Array(repeating: "SELECT 1;", count: 20) + Array(repeating: Self.setting, count: 6)
      )
    )
    #expect(
      try !isMissing(
        after: [Self.table] + Array(repeating: Self.setting, count: 20) + Array(repeating: "SELECT 1;", count: 6)
      )
    )
  }

  @Test("or as the team says")
  func configured() throws {
    #expect(try isMissing(after: [Self.table], timeouts: .migration))
    #expect(try !isMissing(after: [Self.table, Self.setting], timeouts: .session))
  }
}
