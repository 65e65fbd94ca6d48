import Foundation

extension LiveDatabase {
  /// What a statement did while others held locks that it had to wait for.
  package struct Watched: Sendable {
    /// The locks on relations that it was seen to hold or to wait for: oid and mode with `|` between.
    package let locks: [String]
    package let answer: Answer
  }

  /// Runs a statement that no transaction block allows, and looks at its locks from another session all the time.
  /// `held` is what others run in transactions of their own that stay open, each until the statement waits for it.
  package func watch(_ statement: String, whileHeld held: [String]) throws -> Watched {
    let holders = try held.map { try Holder($0, on: self) }
    let running = try Self.program(["--command=\(statement)"], on: name, of: server, session: "watched").launch()
    var locks: Set<String> = []
    while !running.hasEnded {
      let blocking = try see(&locks)
      for holder in holders where blocking.contains(holder.name) { try holder.end() }
    }
    for holder in holders { try holder.end() }
    return Watched(locks: locks.sorted(), answer: Answer(try running.finish()))
  }

  /// Notes the locks that the watched session has now; gives the names of the sessions that it waits for. It may wait for
  /// those who look at it too, but not for long.
  private func see(_ locks: inout Set<String>) throws -> Set<String> {
    let rows = try run(
      """
      SELECT 'waits|' || h.application_name
      FROM pg_stat_activity h JOIN pg_stat_activity a ON h.pid = ANY (pg_blocking_pids(a.pid))
      WHERE a.datname = current_database() AND a.application_name = 'watched';
      SELECT 'lock|' || l.relation || '|' || l.mode FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE a.datname = current_database() AND a.application_name = 'watched' AND l.relation IS NOT NULL;
      """
    ).rows
    for row in rows where row.hasPrefix("lock|") { locks.insert(String(row.dropFirst(5))) }
    return Set(rows.filter { $0.hasPrefix("waits|") }.map { String($0.dropFirst(6)) })
  }

  /// A session with an open transaction.
  private struct Holder {
    private let session: Program.Running
    private let database: LiveDatabase
    let name: String

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
