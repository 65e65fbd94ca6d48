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
    case markdown, json
    /// The script that asks, after the deployment, whether it has done what it says.
    case sql
  }

  @OptionGroup var options: CheckOptions

  @Option(help: "As Markdown, as JSON, or the validation alone as a script for psql.")
  var format = Format.markdown

  @Option(help: ArgumentHelp("Write it to a file.", valueName: "file"), completion: .file())
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
    let loaded = try run.load()
    let histories = loaded.histories
    let report = loaded.lint(describesDowns: true, keepsDatabases: true)
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
    let writer = try file.makeWriter(keeping: loaded.inputs, isPreflight: format == .sql)
    let text = try text(of: runbook, templates: folder(run))
    writer.write(Array(text.utf8))
    try writer.finish()
    EntryPoint.end(ExitStatus.clean, keeping: (loaded, report))
  }

  private func text(of runbook: Runbook, templates: RawPath?) throws(CommandFailure) -> String {
    switch format {
    case .json: return runbook.node.json
    case .sql: return runbook.validation
    case .markdown:
      do throws(TemplateLibrary.Failure) {
        return try TemplateLibrary(overrides: overrides(in: templates)).render(runbook.node).withoutCommands
      } catch {
        throw CommandFailure(error.message)
      }
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
