import Configuration
import ArgumentParser
import Linting
import Migrations
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

      \(ExitStatus.words)
      """
  )

  @OptionGroup var options: CheckOptions
  @OptionGroup(title: "Gate options") var gate: GateOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  func validate() throws {
    if options.paths == ["-"], gate.approvals.approvedBy.contains("-") {
      throw ValidationError("both the migration and --approved-by read standard input: give a file for one of them")
    }
  }

  func run() throws {
    let terminal = Terminal.current()
    var options = options
    // The risk of the migrations is what the run goes by.
    if gate.failOnRisk != nil, options.failOn == nil { options.failOn = .nothing }
    let run = try CheckRun(options, names: RuleNames(AllRules.all))
    let given = try gate.approvals.given()
    if output.verbose {
      for section in run.sections {
        let files = section.judging.own.files
        say(files.isEmpty ? "no \(ConfigurationFile.name) found" : "reads \(files.reversed().joined(separator: ", "))")
      }
    }
    for note in run.sections.compactMap(\.judging.note) { say(note) }
    let progress = terminal.isErrorTerminal ? ProgressDisplay() : nil
    progress?.start()
    defer { progress?.finish() }
    let loaded = try run.load { progress?.update("reading, \($0.done) of \($0.total) files done") }
    if output.verbose { loaded.histories.forEach(describe) }
    progress?.update("judging the migrations")
    var report = loaded.lint(describesDowns: try ReportOutput.describesDowns(output, on: terminal))
    let obsolete = try KnownFindingsFile.apply(to: &report, of: run)
    let approvals = ApprovalReport(report, loaded, gate.approvals, given: given)
    report.sign(by: approvals.states)
    let verdict = GateVerdict(report, approvals, gate)
    progress?.update("writing the report")
    try ReportOutput(output, on: terminal, keeping: loaded.inputs, run.repository)
      .write(report) { progress?.finish() }
    progress?.finish()
    for message in (output.quiet ? [] : obsolete + loaded.advice) + verdict.messages {
      say(message)
    }
    EntryPoint.end(verdict.status, keeping: (loaded, report))
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
