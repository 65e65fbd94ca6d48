import Foundation

/// A database of the test's own on a ``LiveServer``.
package struct LiveDatabase: Sendable {
  let server: LiveServer
  let name: String

  /// An empty database.
  package init(on server: LiveServer) throws {
    self.server = server
    name = "test_\(UUID().uuidString.replacing("-", with: "").lowercased())"
    let answer = try Self.query(["CREATE DATABASE \(name)"], on: "postgres", of: server)
    guard answer.errors.isEmpty else { throw LiveServer.Unavailable() }
  }

  /// A copy of a database that nobody else uses at the moment.
  package init(copying original: LiveDatabase) throws {
    server = original.server
    name = "test_\(UUID().uuidString.replacing("-", with: "").lowercased())"
    let answer = try Self.query(["CREATE DATABASE \(name) TEMPLATE \(original.name)"], on: "postgres", of: server)
    guard answer.errors.isEmpty else { throw LiveServer.Unavailable() }
  }

  /// As programs of PostgreSQL and runners take it.
  package var url: String { "postgresql:///\(name)?host=\(server.folder.path)&user=postgres" }

  package func drop() throws {
    _ = try Self.query(["DROP DATABASE \(name) WITH (FORCE)"], on: "postgres", of: server)
  }

  /// How a runner sends a migration's text.
  package enum ExecutionMode: Sendable {
    /// In one simple query.
    case whole
    /// In one simple query between BEGIN and COMMIT.
    case wrapped
    /// Statement by statement, which only psql's splitting can tell apart.
    case apart
  }

  /// Runs a text in a session of its own, up to the first error.
  package func run(_ sql: String, _ mode: ExecutionMode = .whole) throws -> Answer {
    switch mode {
    case .whole: return try Self.query([sql], on: name, of: server)
    case .wrapped: return try Self.query(["BEGIN", sql, "COMMIT"], on: name, of: server)
    case .apart:
      let file = FileManager.default.temporaryDirectory.appending(path: "sqllint-\(UUID().uuidString).sql")
      try Data(sql.utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      return try Self.psql(["--file=\(file.path)"], on: name, of: server)
    }
  }

  /// Runs texts one after the other in one session, up to the first error.
  package func run(_ texts: [String]) throws -> Answer { try Self.query(texts, on: name, of: server) }

  /// The command tag that the server answers a statement with, without numbers of rows. Nothing stays of the statement.
  package func commandTag(of sql: String) throws -> String? {
    let session = ["--host=\(server.folder.path)", "--username=postgres", "--dbname=\(name)"]
    let commands = ["BEGIN", sql, "ROLLBACK"].map { "--command=\($0)" }
    let psql = Program(server.programs.appending(path: "psql"), ["--no-psqlrc"] + session + commands)
    let lines = try psql.run().output.split(separator: "\n").map(String.init)
    guard lines.count == 3 else { return nil }
    return lines[1].split(separator: " ").filter { Int($0) == nil }.joined(separator: " ")
  }

  /// Runs statements one after the other in one session, each whether or not those before it failed; tells which of
  /// them the server accepts.
  package func accepts(_ statements: [String]) throws -> [Bool] {
    let script = statements.map { "\($0)\n;\n\\echo is refused: :ERROR" }.joined(separator: "\n")
    let answer = try run("\\set ON_ERROR_STOP off\n\(script)", .apart)
    return answer.rows.filter { $0.hasPrefix("is refused: ") }.map { $0.hasSuffix("false") }
  }

  /// The statements with which pg_dump writes the schema, without privileges.
  package func dump() throws -> [String] {
    let arguments = ["--schema-only", "--no-privileges", "--host=\(server.folder.path)", "--username=postgres", name]
    let output = try Program(server.programs.appending(path: "pg_dump"), arguments).run().output
    let lines = output.split(separator: "\n").filter { line in
      // The word behind \restrict is another one each time.
      !line.hasPrefix("--") && !line.hasPrefix("\\restrict") && !line.hasPrefix("\\unrestrict")
    }
    return (lines + [""]).joined(separator: "\n").split(separator: ";\n").map(String.init)
  }

  /// What the server said to a text.
  package struct Answer: Sendable {
    /// The rows of all queries: one a line, values with `|` between them.
    package let rows: [String]
    package let errors: [ServerMessage]
    /// What PostgreSQL reports of its work at `client_min_messages = debug1`: `rewriting table "t"`.
    package let work: [String]
  }

  package struct ServerMessage: Hashable, Sendable, CustomStringConvertible {
    /// The SQLSTATE, such as `42P01`.
    package let code: String
    package let text: String

    package var description: String { "\(code): \(text)" }
  }

  private static func query(_ queries: [String], on database: String, of server: LiveServer) throws -> Answer {
    try psql(queries.map { "--command=\($0)" }, on: database, of: server)
  }

  private static func psql(_ commands: [String], on database: String, of server: LiveServer) throws -> Answer {
    Answer(try program(commands, on: database, of: server).run())
  }

  /// `session` is how others find it in `pg_stat_activity`.
  static func program(
    _ commands: [String],
    on database: String,
    of server: LiveServer,
    session: String = "psql"
  ) -> Program {
    let settings = ["ON_ERROR_STOP=1", "VERBOSITY=verbose", "SHOW_CONTEXT=never"]
    let arguments =
      ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--host=\(server.folder.path)", "--username=postgres"]
      + settings.map { "--set=\($0)" }
      + ["--dbname=dbname=\(database) application_name=\(session) options='-c client_min_messages=debug1'"] + commands
    return Program(server.programs.appending(path: "psql"), arguments)
  }
}

extension LiveDatabase.Answer {
  init(_ answer: Program.Answer) {
    rows = answer.output.split(separator: "\n").map(String.init)
    let lines = answer.errors.split(separator: "\n").map(String.init)
    errors = lines.compactMap { LiveDatabase.ServerMessage(line: $0, severity: "ERROR:") }
    work = lines.compactMap { LiveDatabase.ServerMessage(line: $0, severity: "DEBUG:")?.text }
  }
}

extension LiveDatabase.ServerMessage {
  /// A line of psql such as `ERROR:  42P01: relation "t" does not exist`, behind a file's name and line where one is
  /// read.
  fileprivate init?(line: String, severity: String) {
    guard let start = line.range(of: severity) else { return nil }
    let parts = line[start.upperBound...].split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    code = parts[0].trimmingCharacters(in: .whitespaces)
    text = parts[1].trimmingCharacters(in: .whitespaces)
  }
}
