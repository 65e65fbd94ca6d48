import ArgumentParser
import Linting
import Migrations
import Reports
import Rules

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes what a run has to say to all places where somebody looks.
struct ReportOutput {
  let options: OutputOptions
  let terminal: Terminal
  /// Files that no report may take the place of.
  let inputs: [RawPath]
  let repository: RepositoryPaths?
  let destinations: [ReportDestination]

  init(_ options: OutputOptions, on terminal: Terminal, keeping inputs: [RawPath], _ repository: RepositoryPaths?)
    throws
  {
    self.options = options
    self.terminal = terminal
    self.inputs = inputs
    self.repository = repository
    destinations = try options.destinations()
  }

  /// Whether one of the formats tells what down migrations do.
  static func describesDowns(_ options: OutputOptions, on terminal: Terminal) throws -> Bool {
    if case .report(let format) = options.print(on: terminal), format.describesDowns { return true }
    return try options.destinations().contains { $0.format.describesDowns }
  }

  /// `beforePrinting` takes away what else is on the terminal.
  func write(_ report: Report, beforePrinting: () -> Void) throws {
    if let preflight = options.preflightFile {
      if preflight == .standardOutput { beforePrinting() }
      let writer = try preflight.makeWriter(keeping: inputs, isPreflight: true)
      writer.write(Array(PreflightScript.render(report).utf8))
      try writer.finish()
    }
    try writeFiles(report)
    writeStepSummary(report)
    beforePrinting()
    try print(report)
  }

  private func writeFiles(_ report: Report) throws(CommandFailure) {
    // None is written where one of them cannot be.
    var writers: [OutputFile.Writer] = []
    do throws(CommandFailure) {
      for destination in destinations {
        writers.append(try OutputFile.file(destination.path).makeWriter(keeping: inputs))
      }
    } catch {
      for writer in writers { writer.abandon() }
      throw error
    }
    var style = options.fileStyle
    style.repository = repository
    var failures: [String] = []
    for (destination, writer) in zip(destinations, writers) {
      destination.format.write(report, rules: AllRules.all, style: style) { writer.write($0) }
      do throws(CommandFailure) { try writer.finish() } catch { failures += error.messages }
    }
    if !failures.isEmpty { throw CommandFailure(failures) }
  }

  private func print(_ report: Report) throws(CommandFailure) {
    var style = options.style(on: terminal)
    style.repository = repository
    let writer = try OutputFile.standardOutput.makeWriter()
    switch options.print(on: terminal) {
    case .nothing: return
    case .verdict: writer.write(Array(VerdictReport.render(report, style: style).utf8))
    case .statistics: writer.write(Array(StatisticsReport.render(report, style: style).utf8))
    case .report(let format): format.write(report, rules: AllRules.all, style: style) { writer.write($0) }
    }
    try writer.finish()
  }

  // MARK: - The summary of a step

  /// GitHub shows ten annotations of a kind, and all of what a step writes to a file that it names.
  ///
  /// Source: GitHub's documentation, "Workflow commands for GitHub Actions", "Adding a job summary".
  private func writeStepSummary(_ report: Report) {
    guard isForGitHub, let name = getenv("GITHUB_STEP_SUMMARY"), strlen(name) > 0 else { return }
    let path = RawPath(bytes: (0..<strlen(name)).map { UInt8(bitPattern: name[$0]) })
    var style = ReportStyle()
    style.repository = repository
    let text = MarkdownReport.render(report, style: style, size: MarkdownReport.summarySize)
    let code = OutputFile.append("\(text)\n", to: path)
    guard code != 0 else { return }
    // The annotations are there all the same.
    let reason = FileSystem.Failure(code: code).message
    OutputFile.complain("sqllint: cannot write the step's summary, \(path.text.visible): \(reason)\n")
  }

  private var isForGitHub: Bool {
    if case .report(.github) = options.print(on: terminal) { return true }
    return destinations.contains { $0.format == .github }
  }
}
