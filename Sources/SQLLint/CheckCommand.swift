import Configuration
import ArgumentParser
import Linting
import Migrations
import PostgresParser
import Reports
import Rules

/// `sqllint [check] PATH…`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check migrations: what they lock, what they break, and the safe way. This is what sqllint does if no "
      + "command is named.",
    discussion: """
      A folder of migrations is one history, in the order in which its runner runs them; names, directives and files \
      beside them tell which runner that is (--verbose says). A folder of other .sql files is taken in natural order. Of \
      a single migration, those before it are read too, since they make the schema.

      Exit status: 0 if no finding is at or above --fail-on, 1 if one is, 2 if the usage or the configuration is wrong \
      or sqllint fails.
      """
  )

  @OptionGroup var options: CheckOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  func run() throws {
    let terminal = Terminal.current()
    let run = try CheckRun(options, names: RuleNames(AllRules.all))
    if output.verbose {
      say(run.configurationFile.map { "reads \($0.path.text)" } ?? "no \(ConfigurationFile.name) found")
    }
    let progress = terminal.isErrorTerminal ? ProgressDisplay() : nil
    progress?.start()
    defer { progress?.finish() }
    let histories = try run.load { progress?.update("reading, \($0.done) of \($0.total) files done") }
    if output.verbose { histories.forEach(describe) }
    progress?.update("judging the migrations")
    let format = output.chosenFormat(on: terminal)
    let report = Linter(rules: AllRules.all, policy: run.policy)
      .lint(
        histories,
        describesDowns: format.describesDowns,
        toolVersion: ToolVersion.current,
        grammarVersion: PostgresParser.grammarVersion
      )
    progress?.update("writing the report")
    if let preflight = output.preflightFile {
      progress?.finish()
      let writer = try preflight.makeWriter(keeping: run.inputs(of: histories), isPreflight: true)
      writer.write(Array(PreflightScript.render(report).utf8))
      try writer.finish()
    }
    if output.leavesReportOut {
      EntryPoint.end(report.fails ? ExitStatus.found : ExitStatus.clean, keeping: (histories, report))
    }
    let writer = try output.file.makeWriter(keeping: run.inputs(of: histories))
    format.write(report, rules: AllRules.all, style: output.style(on: terminal)) { chunk in
      progress?.finish()
      writer.write(chunk)
    }
    progress?.finish()
    try writer.finish()
    EntryPoint.end(report.fails ? ExitStatus.found : ExitStatus.clean, keeping: (histories, report))
  }

  private func describe(_ history: History) {
    let migrations = history.migrations.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + history.orphanedDowns
    if let origin = history.origin, !migrations.isEmpty {
      let ups = migrations.count { $0.direction == .up && $0.isReported }
      let downs = migrations.count { $0.direction == .down && $0.isReported }
      say(
        "\(origin.folder): \(origin.runner), because \(origin.evidence); "
          + "\(ups) migrations up and \(downs) down are reported, of \(migrations.count)"
      )
    }
    let reported = migrations.filter(\.isReported)
    let scripts = Dictionary(grouping: reported, by: \.path).mapValues { $0.map(\.script) }
    var paths: Set<String> = []
    for path in reported.map(\.path) where paths.insert(path).inserted {
      if let summary = scripts[path]?.nonSQLSummary { say("\(path): \(summary)") }
    }
    for file in history.ignored { say("\(file.path) is left out: \(file.reason)") }
  }

  private func say(_ text: String) {
    OutputFile.complain("sqllint: \(text.visible)\n")
  }
}
