import Linting
import PostgresParser
import Syntax
import Threading

/// What a fuzzer feeds, each with bytes of its own meaning. Nothing that it is fed may crash it, hang it or fill the
/// memory, and what comes out is checked by ``Inspection``.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Any bytes as a file: decoding, templates, psql's commands, recovery, the whole linter, every format.
  case parser
  /// Choices of ``Grammar/code``: PL/pgSQL and the values of expressions.
  case code
  /// Choices of ``Grammar/definitions``: histories of migrations with down migrations.
  case history
  /// Files of a folder, and their names: runners, their directives, inclusions, the configuration.
  case folder
  /// What `git` prints.
  case git
  /// What a team writes beside its migrations, with migrations: ``GateInput``.
  case gate

  /// Runs one input on a thread with the stack that the program itself uses.
  package func run(_ bytes: [UInt8]) {
    WorkerThreads.run {
      switch self {
      case .parser: Self.parse(bytes)
      case .code: Self.runCode(bytes)
      case .history: Self.replay(bytes)
      case .folder: Self.loadFolder(bytes)
      case .git: Self.readGit(bytes)
      case .gate: Self.judge(bytes)
      }
    }
  }

  /// The SQL that an input of ``code`` or ``history`` stands for, for people; the others are text.
  package func text(of bytes: [UInt8]) -> String {
    switch self {
    case .code: Self.code(bytes)
    case .history: Self.migrations(bytes).map { "-- \($0.path)\n\($0.sql)" }.joined(separator: "\n")
    case .parser, .folder, .git, .gate: String(decoding: bytes, as: UTF8.self)
    }
  }
}

extension FuzzTarget {
  private static func parse(_ bytes: [UInt8]) {
    guard let source = try? SourceText.decode(path: "000001_fuzz.up.sql", bytes: bytes) else { return }
    Inspection.lint(History(migrations: [MigrationPair(up: Migration(source, version: "000001"), down: nil)]))
  }

  private static func runCode(_ bytes: [UInt8]) { parse(Array(code(bytes).utf8)) }

  private static func code(_ bytes: [UInt8]) -> String {
    var choices = Choices(bytes)
    return Grammar.code.derive("file", by: &choices)
  }

  private static func replay(_ bytes: [UInt8]) {
    let files = migrations(bytes).map { Migration(SourceText(path: $0.path, text: $0.sql), version: $0.version) }
    let pairs = stride(from: 0, to: files.count, by: 2).map { MigrationPair(up: files[$0], down: files[$0 + 1]) }
    Inspection.lint(History(migrations: pairs))
  }

  /// An up and a down file in turn.
  private static func migrations(_ bytes: [UInt8]) -> [(path: String, version: String, sql: String)] {
    var choices = Choices(bytes)
    var files: [(path: String, version: String, sql: String)] = []
    while !choices.isExhausted, files.count < 40 {
      let version = String(100_001 + files.count / 2)
      for direction in ["up", "down"] {
        var sql = ""
        for _ in 0...choices.number(below: direction == "up" ? 12 : 4) where !choices.isExhausted {
          if choices.oneIn(12) { sql += "-- sqllint:allow table-dropped fuzz until 2026-02-01\n" }
          sql += Grammar.definitions.derive("statement", by: &choices) + "\n"
        }
        files.append(("\(version)_fuzz.\(direction).sql", version, sql))
      }
    }
    return files
  }
}

extension Migration {
  init(_ source: SourceText, version: String) {
    self.init(
      path: source.path,
      version: version,
      name: "fuzz",
      direction: source.path.hasSuffix(".down.sql") ? .down : .up,
      runner: "golang-migrate",
      transactionMode: .implicit,
      script: PostgresParser.parse(source),
      identity: version
    )
  }
}
