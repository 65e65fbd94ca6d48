import Foundation

extension LiveDatabase {
  /// What a statement did while others held locks that it had to wait for.
  package struct Watched: Sendable {
    /// The locks on relations that it was seen to hold or to wait for: oid and mode with `|` between.
    package let locks: [String]
    package let answer: Answer
  }

  /// Runs a statement that no transaction block allows, and looks at its locks from another session all the time.
  /// `held` is what others run in transactions of their own that stay open; they end in this order, each as soon as the
  /// statement waits.
  package func watch(_ statement: String, whileHeld held: [String]) throws -> Watched {
    let holders = try held.map { try Holder($0, on: self) }
    let running = try Self.program(["--command=\(statement)"], on: name, of: server, session: "watched").launch()
    var locks: Set<String> = []
    for holder in holders {
      while try !see(&locks), !running.hasEnded {}
      try holder.end()
    }
    while !running.hasEnded { _ = try see(&locks) }
    return Watched(locks: locks.sorted(), answer: Answer(try running.finish()))
  }

  /// Notes the locks that the watched session has now; tells whether it waits for one.
  private func see(_ locks: inout Set<String>) throws -> Bool {
    let rows = try run(
      """
      SELECT l.relation, l.mode, l.granted FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE a.datname = current_database() AND a.application_name = 'watched'
      """
    ).rows.map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
    for row in rows where !row[0].isEmpty { locks.insert("\(row[0])|\(row[1])") }
    return rows.contains { $0[2] == "f" }
  }

  /// A session with an open transaction.
  private struct Holder {
    private let session: Program.Running
    private let database: LiveDatabase
    private let name: String

    struct Refused: Error {
      let statement: String
      let errors: [ServerMessage]
    }

    init(_ statement: String, on database: LiveDatabase) throws {
      self.database = database
      name = "holder_\(UUID().uuidString)"
      session = try LiveDatabase.program([], on: database.name, of: database.server, session: name)
        .launch(reading: "BEGIN; \(statement);\n")
      while try !isThere(in: "idle in transaction") {
        guard !session.hasEnded else {
          throw Refused(statement: statement, errors: Answer(try session.finish()).errors)
        }
      }
    }

    func end() throws {
      session.endInput()
      while try isThere(in: "idle in transaction") {}
    }

    private func isThere(in state: String) throws -> Bool {
      try database.run(
        "SELECT 'there' FROM pg_stat_activity WHERE application_name = '\(name)' AND state = '\(state)'"
      ).rows == ["there"]
    }
  }
}
