import ArgumentParser
import Linting
import Migrations
import Reports

/// Where the reports go, and how they look.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of what is printed (default: text on a terminal, else compact; with --output, the verdict alone).",
      discussion: ReportFormat.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n")
    )
  )
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp(
      "Write a report to a file; may be repeated. The format is told by the ending (\(ReportFormat.endings)) or by "
        + "its name behind the file's, as in report.xml=junit.",
      valueName: "file[=format]"
    ),
    completion: .file()
  )
  var output: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write a script that asks for the rows on which the reported migrations would fail, for psql to run before the "
        + "deployment; it only reads, and its exit status is not 0 where there are some. With - it goes to standard "
        + "output, and reports only to --output.",
      valueName: "file"
    ),
    completion: .file(extensions: ["sql"])
  )
  var preflight: String?

  @OptionGroup var appearance: AppearanceOptions

  @Flag(name: .shortAndLong, help: "Show findings only.")
  var quiet = false

  @Flag(help: "Print how many findings there are of each rule, instead of the findings.")
  var statistics = false

  @Flag(name: .shortAndLong, help: "Say on standard error what is read, and by which configuration.")
  var verbose = false

  func validate() throws {
    if output.contains("") { throw ValidationError("--output is empty: give a file, or - for standard output") }
    if preflight?.isEmpty == true {
      throw ValidationError("--preflight is empty: give a file, or - for standard output")
    }
    if statistics, let format, format != .text {
      throw ValidationError("--statistics prints text, and --format asks for \(format.rawValue): give one of them")
    }
    let paths = try destinations().map(\.path)
    if let twice = paths.enumerated().first(where: { paths[..<$0.offset].contains($0.element) }) {
      throw ValidationError("--output names \(twice.element.text) twice: give each report a file of its own")
    }
  }

  /// The files that reports go to.
  func destinations() throws(ValidationError) -> [ReportDestination] {
    var destinations: [ReportDestination] = []
    for argument in output where argument != "-" { destinations.append(try ReportDestination(argument)) }
    return destinations
  }

  /// Where the questions to ask before the deployment go; `nil` where nobody wants them.
  var preflightFile: OutputFile? {
    guard let preflight else { return nil }
    return preflight == "-"
      ? .standardOutput : .file(RawArguments.paths(shownAs: preflight).first ?? RawPath(preflight))
  }

  /// What standard output is for.
  enum Print {
    /// The preflight script, or nothing at all.
    case nothing
    case verdict
    case statistics
    case report(ReportFormat)
  }

  /// People read a terminal, programs such as `grep` and editors read the rest. Where the report goes to a file, whoever
  /// waits for the run still wants to know how it ends.
  func print(on terminal: Terminal) -> Print {
    if preflightFile == .standardOutput { return .nothing }
    if statistics { return .statistics }
    if let format { return .report(format) }
    if output.isEmpty || output.contains("-") { return .report(terminal.isOutputTerminal ? .text : .compact) }
    return quiet ? .nothing : .verdict
  }

  func style(on terminal: Terminal) -> ReportStyle {
    var style = appearance.style(on: terminal)
    style.isQuiet = quiet
    return style
  }

  /// A file is no terminal, wherever standard output leads.
  var fileStyle: ReportStyle { ReportStyle(color: appearance.color == .always, isQuiet: quiet) }
}

extension ReportFormat: ExpressibleByArgument {}
