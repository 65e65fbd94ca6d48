import ArgumentParser
import Configuration
import Gate
import Linting
import Migrations
import Reports
import Rules

/// `sqllint baseline`
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Record today's findings, so that only new ones fail a run.",
    discussion: """
      Writes \(KnownFindings.fileName) beside \(ConfigurationFile.name). A finding is recorded by its file, its rule and \
      the statement, not by its line; nothing is turned off for new statements. The file never grows by itself: it is \
      deleted to begin anew, and --update takes away what is mended.
      """
  )

  @Flag(help: "Remove what is mended; nothing is added.")
  var update = false

  @OptionGroup var options: CheckOptions

  func validate() throws {
    if options.changed || options.since != nil || options.released != nil {
      throw ValidationError("a baseline records the whole history: leave out --changed, --since and --released")
    }
  }

  func run() throws {
    let run = try CheckRun(options, names: RuleNames(AllRules.all))
    for section in run.sections { try record(run.only(section), section) }
  }

  private func record(_ run: CheckRun, _ section: CheckSection) throws {
    guard let file = KnownFindingsFile(section) else {
      throw CommandFailure("baseline: is none in \(ConfigurationFile.name); remove the key, or name a file")
    }
    let known = update ? try file.read() : nil
    if update, known == nil { throw CommandFailure("\(file.path.text) is not there; `sqllint baseline` makes it") }
    if !update, file.isThere {
      throw CommandFailure(
        "\(file.path.text) is there already: --update removes what is mended; to begin anew, delete the file"
      )
    }
    var report = try run.load().lint()
    if let known {
      try take(file.apply(known, to: &report), from: known, file)
    } else {
      try record(report, file, start: run.configuration.startAfter)
    }
  }

  private func record(_ report: Report, _ file: KnownFindingsFile, start: Start?) throws(CommandFailure) {
    let known = KnownFindings(report, path: file.name)
    guard !known.isEmpty else {
      var text = "There is no finding, so no baseline is needed."
      if case .version(let version)? = start {
        text +=
          " start_after: \(version) leaves the older migrations out; to record theirs, remove it from "
          + "\(ConfigurationFile.name) first."
      }
      try OutputFile.standardOutput.write(text.visible + "\n")
      return
    }
    try file.write(known)
    let others = known.decisionCount
    let also = others > 0 ? ", and \(others.counted("statement")) that somebody would have to approve" : ""
    try OutputFile.standardOutput.write(
      "\(file.path.text): \((known.count - others).counted("finding")) recorded\(also). Commit it; from now on only new "
        + "findings fail.\n"
    )
  }

  private func take(
    _ gone: KnownFindings,
    from known: KnownFindings,
    _ file: KnownFindingsFile
  ) throws(CommandFailure) {
    let left = known.removing(gone)
    if gone.count > 0 { try file.write(left) }
    try OutputFile.standardOutput.write(
      "\(file.path.text): \(gone.count == 1 ? "1 entry" : "\(gone.count) entries") removed, \(left.count) left.\n"
    )
  }
}
