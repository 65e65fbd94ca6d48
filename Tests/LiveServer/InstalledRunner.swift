import Foundation

/// A migration runner that tests run themselves.
package enum InstalledRunner: String, CaseIterable, Sendable {
  case psql, dbmate, sqitch, alembic

  /// What a test says where it is not there.
  package var absence: String { "\(rawValue) is not installed: Scripts/setup --tests brings it where it can be had" }

  package var isInstalled: Bool { self == .psql ? LiveServer.shared != nil : program != nil }

  /// What the set-up for the tests brought, or what the machine has.
  fileprivate var program: URL? {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders =
      [package.appending(path: ".build-tools/python/bin")]
      + path.split(separator: ":").map { URL(filePath: String($0)) }
    return folders.map { $0.appending(path: rawValue) }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}

extension LiveDatabase {
  package struct RunnerAnswer: Sendable {
    /// Whether the runner says that all went well.
    package let succeeded: Bool
    /// What it says, a line each.
    package let lines: [String]
  }

  struct NotInstalled: Error {
    let runner: InstalledRunner
  }

  /// Has a runner do what a deployment does with the files in a folder. psql runs the scripts named, in this order;
  /// Alembic writes `upgrade.sql` there, and connects to nothing.
  package func deploy(_ folder: URL, with runner: InstalledRunner, scripts: [String] = []) throws -> RunnerAnswer {
    let host = server.folder.path
    switch runner {
    case .psql:
      return try scripts.map {
        try run(server.programs.appending(path: "psql"), psqlArguments + ["--file=\($0)"], in: folder)
      }
      .joined
    case .dbmate:
      let url = "postgres://postgres@:5432/\(name)?host=\(host)&sslmode=disable"
      return try run(runner, ["--no-dump-schema", "--migrations-dir", "migrations", "--url", url, "up"], in: folder)
    case .sqitch:
      return try run(runner, ["deploy", "db:pg://postgres@/\(name)?host=\(host)"], in: folder)
    case .alembic:
      let answer = try run(runner, ["upgrade", "head", "--sql"], in: folder)
      try Data(answer.lines.joined(separator: "\n").utf8).write(to: folder.appending(path: "upgrade.sql"))
      return answer
    }
  }

  private var psqlArguments: [String] {
    ["--no-psqlrc", "--quiet", "--host=\(server.folder.path)", "--username=postgres", "--dbname=\(name)"]
  }

  private func run(_ runner: InstalledRunner, _ arguments: [String], in folder: URL) throws -> RunnerAnswer {
    guard let program = runner.program else { throw NotInstalled(runner: runner) }
    return try run(program, arguments, in: folder)
  }

  private func run(_ program: URL, _ arguments: [String], in folder: URL) throws -> RunnerAnswer {
    let path = [server.programs.path, ProcessInfo.processInfo.environment["PATH"] ?? ""].joined(separator: ":")
    let variables = ["PATH": path, "SQITCH_FULLNAME": "Test", "SQITCH_EMAIL": "test@example.org"]
    let answer = try Program(program, arguments, in: folder, with: variables).run()
    return RunnerAnswer(
      succeeded: answer.status == 0,
      lines: answer.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    )
  }
}

extension [LiveDatabase.RunnerAnswer] {
  fileprivate var joined: LiveDatabase.RunnerAnswer {
    LiveDatabase.RunnerAnswer(succeeded: allSatisfy(\.succeeded), lines: flatMap(\.lines))
  }
}
