import ArgumentParser
import Linting
import Migrations
import Reports

/// Where the report goes, and how it looks.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The report's format (default: text on a terminal, else compact; with --output, by the file's extension).",
      discussion: ReportFormat.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n")
    )
  )
  var format: ReportFormat?

  @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write a script that asks for the rows on which the reported migrations would fail, for psql to run before the "
        + "deployment; it only reads, and its exit status is not 0 where there are some. With - it goes to standard "
        + "output, and the report only to --output.",
      valueName: "file"
    ),
    completion: .file(extensions: ["sql"])
  )
  var preflight: String?

  @OptionGroup var appearance: AppearanceOptions

  @Flag(name: .shortAndLong, help: "Show findings only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say on standard error what is read, and by which configuration.")
  var verbose = false

  func validate() throws {
    if output?.isEmpty == true { throw ValidationError("--output is empty: give a file, or - for standard output") }
    if preflight?.isEmpty == true {
      throw ValidationError("--preflight is empty: give a file, or - for standard output")
    }
  }

  /// Where the questions to ask before the deployment go; `nil` where nobody wants them.
  var preflightFile: OutputFile? {
    guard let preflight else { return nil }
    return preflight == "-"
      ? .standardOutput : .file(RawArguments.paths(shownAs: preflight).first ?? RawPath(preflight))
  }

  /// Whether standard output is the script's alone.
  var leavesReportOut: Bool { preflightFile == .standardOutput && file == .standardOutput }

  var file: OutputFile {
    guard let output, output != "-" else { return .standardOutput }
    return .file(RawArguments.paths(shownAs: output).first ?? RawPath(output))
  }

  /// The format that was asked for; else by the file's ending; else what suits whoever reads standard output: people
  /// read a terminal, programs such as `grep` and editors read the rest.
  func chosenFormat(on terminal: Terminal) -> ReportFormat {
    if let format { return format }
    guard case .file(let path) = file else { return terminal.isOutputTerminal ? .text : .compact }
    let ending = path.text.split(separator: ".").last.map(String.init) ?? ""
    return ReportFormat(rawValue: ending) ?? .text
  }

  func style(on terminal: Terminal) -> ReportStyle {
    var style = appearance.style(on: terminal)
    // A file is no terminal, wherever standard output leads.
    if file != .standardOutput { style = ReportStyle(color: appearance.color == .always) }
    style.isQuiet = quiet
    return style
  }
}

extension ReportFormat: ExpressibleByArgument {}
