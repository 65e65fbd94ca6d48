import Configuration
import Linting
import Migrations
import PostgresParser
import Rules

/// The migrations of a run, and which of them are judged otherwise than the first section's configuration says.
struct LoadedRun: Sendable {
  let run: CheckRun
  /// By section.
  let parts: [[History]]
  /// Migrations with a configuration of their own, which an override or a nearer file gives them.
  let exceptions: [Exception]

  struct Exception: Sendable {
    let configuration: Configuration
    let policy: Policy
    fileprivate(set) var paths: Set<String>
  }

  var histories: [History] { parts.flatMap(\.self) }

  init(_ run: CheckRun, _ parts: [[History]]) throws(CommandFailure) {
    self.run = run
    self.parts = parts
    var exceptions: [Exception] = []
    for (index, section) in run.sections.enumerated() where index > 0 || !section.configuration.overrides.isEmpty {
      var places: [[Int]: Int] = [:]
      for migration in parts[index].flatMap(\.allMigrations) {
        let (overrides, configuration) = section.configuration(for: migration.path)
        if index == 0, overrides.isEmpty { continue }
        if let place = places[overrides] {
          exceptions[place].paths.insert(migration.path)
        } else {
          places[overrides] = exceptions.count
          let policy = try section.policy(of: configuration)
          exceptions.append(Exception(configuration: configuration, policy: policy, paths: [migration.path]))
        }
      }
    }
    self.exceptions = exceptions
  }

  func lint(describesDowns: Bool = false, keepsDatabases: Bool = false) -> Report {
    Linter(rules: AllRules.all, policy: run.policy, exceptions: exceptions.map { ($0.policy, $0.paths) })
      .lint(
        histories,
        describesDowns: describesDowns,
        keepsDatabases: keepsDatabases,
        toolVersion: ToolVersion.current,
        grammarVersion: PostgresParser.grammarVersion
      )
  }

  /// What to say of configurations that no longer say what their writers meant.
  var advice: [String] { zip(run.sections, parts).compactMap { $0.advice(for: $1) } }

  /// The files that were read, which a report must not overwrite.
  var inputs: [RawPath] {
    let histories = histories
    let migrations = histories.flatMap { history in
      history.migrations.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + history.orphanedDowns + history.misnamed
    }
    let paths =
      migrations.flatMap { [$0.path] + $0.script.source.includedPaths } + histories.flatMap(\.ignored).map(\.path)
    let own = run.sections.flatMap { section in
      section.sources.map(\.path) + [section.file?.path, section.sizeFile].compactMap(\.self)
        + section.judging.own.files.map(RawPath.init)
    }
    return own + Set(paths).map(RawPath.init)
  }
}
