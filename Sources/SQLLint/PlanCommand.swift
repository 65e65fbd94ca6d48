import ArgumentParser
import Configuration
import Linting
import Migrations
import Plan
import Reports
import Rules

/// `sqllint plan PATH…`
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Write the runbook of a deployment: what to do before, during and after it, and how to roll back.",
    discussion: """
      --changed and --since say which migrations are deployed; without them it is all of them. Nothing is run, and no \
      database is asked: what the files do not tell is a line to fill.
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case markdown, json, html
    /// The script that asks, after the deployment, whether it has done what it says.
    case sql

    /// The format that the name of a file tells.
    init?(toldBy name: String) {
      let endings: [(String, Format)] = [
        (".md", .markdown), (".markdown", .markdown), (".json", .json), (".html", .html), (".htm", .html),
        (".sql", .sql),
      ]
      let name = name.lowercased()
      guard let format = endings.first(where: { name.hasSuffix($0.0) })?.1 else { return nil }
      self = format
    }
  }

  @OptionGroup var options: CheckOptions
  @OptionGroup(title: "Approval options") var approvals: ApprovalOptions

  @Option(
    help: ArgumentHelp(
      "As Markdown, as JSON, as a page to tick off and to print, or the validation alone as a script for psql (default: "
        + "what the ending of --output tells, else Markdown)."
    )
  )
  var format: Format?

  @Option(
    help: ArgumentHelp("Write it to a file, such as runbook.md, runbook.html or validate.sql.", valueName: "file"),
    completion: .file()
  )
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A folder with the team's own texts: Mustache templates named \(TemplateLibrary.names.joined(separator: ", ")), with "
        + "the extension .mustache.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var templates: String?

  func run() throws {
    let run = try CheckRun(options, names: RuleNames(AllRules.all))
    let given = try approvals.given()
    let loaded = try run.load()
    let histories = loaded.histories
    var report = loaded.lint(describesDowns: true, keepsDatabases: true)
    report.sign(by: ApprovalReport(report, loaded, approvals, given: given).states)
    let deployed = histories.filter { history in
      history.migrations.contains { $0.up.isReported && $0.up.status.isToRun }
    }
    guard deployed.count < 2 else {
      throw CommandFailure(
        "there are \(deployed.count) histories, each with a database of its own: give the folder of one"
      )
    }
    guard let history = deployed.first else { throw CommandFailure("no migration is to be deployed") }
    let runbook = Runbook(report, of: history)
    let format = format ?? output.flatMap(Format.init(toldBy:)) ?? .markdown
    // Before the file is opened, as a template may be wrong.
    let markdown = format == .markdown || format == .html ? try markdown(of: runbook, templates: folder(run)) : ""
    let writer = try file.makeWriter(keeping: loaded.inputs, isPreflight: format == .sql)
    switch format {
    case .json: writer.write(Array(runbook.node.json.utf8))
    case .sql: writer.write(Array(runbook.validation.utf8))
    case .markdown: writer.write(Array(markdown.withoutCommands.utf8))
    case .html: RunbookPage.write(markdown, of: runbook) { writer.write($0) }
    }
    try writer.finish()
    EntryPoint.end(ExitStatus.clean, keeping: (loaded, report))
  }

  private func markdown(of runbook: Runbook, templates: RawPath?) throws(CommandFailure) -> String {
    do throws(TemplateLibrary.Failure) {
      return try TemplateLibrary(overrides: overrides(in: templates)).render(runbook.node)
    } catch {
      throw CommandFailure(error.message)
    }
  }

  private func folder(_ run: CheckRun) -> RawPath? {
    templates.map { RawArguments.paths(shownAs: $0).first ?? RawPath($0) } ?? run.templates
  }

  private func overrides(in folder: RawPath?) throws(TemplateLibrary.Failure) -> [String: String] {
    guard let folder else { return [:] }
    var texts: [String: String] = [:]
    for name in TemplateLibrary.names {
      let path = folder.appending(Array("\(name).mustache".utf8))
      guard (try? FileSystem.inspect(path)) != nil else { continue }
      guard let bytes = try? FileSystem.read(path), let text = String(validating: bytes, as: UTF8.self) else {
        throw TemplateLibrary.Failure("\(path.text) cannot be read as UTF-8")
      }
      texts[name] = text
    }
    guard !texts.isEmpty else {
      throw TemplateLibrary.Failure(
        "\(folder.text) holds no template: \(TemplateLibrary.names.map { "\($0).mustache" }.joined(separator: ", "))"
      )
    }
    return texts
  }

  private var file: OutputFile {
    guard let output, output != "-" else { return .standardOutput }
    return .file(RawArguments.paths(shownAs: output).first ?? RawPath(output))
  }
}
