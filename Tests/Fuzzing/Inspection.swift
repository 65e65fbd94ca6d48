import Catalog
import Execution
import Linting
import Plan
import PostgresParser
import Reports
import Rules
import Syntax

/// Lints what a fuzzer made, renders it in every format, and stops the process where a promise is broken.
enum Inspection {
  /// All that the linter can be asked for, of migrations in both directions.
  static let thorough = Policy(failOn: .low, directions: [.up, .down])

  @discardableResult
  static func lint(
    _ history: History,
    policy: Policy = thorough,
    templates: [String: String] = [:]
  ) -> Report {
    for pair in history.migrations {
      for migration in [pair.up, pair.down].compactMap(\.self) { inspect(migration.script) }
    }
    let report = Linter(rules: AllRules.all, policy: policy)
      .lint([history], keepsDatabases: true, toolVersion: "0", grammarVersion: PostgresParser.grammarVersion)
    for format in ReportFormat.allCases { render(report, as: format) }
    for text in [VerdictReport.render(report, style: narrow), StatisticsReport.render(report, style: narrow)] {
      findWorkflowCommand(in: Array(text.utf8))
    }
    findWorkflowCommand(in: Array(PreflightScript.render(report).utf8))
    plan(report, of: history, templates)
    printSchema(of: history)
    return report
  }

  private static func inspect(_ script: Script) {
    var end = 0
    for statement in script.statements {
      precondition(statement.range.upperBound <= script.source.utf8.count, "a statement is outside of its file")
      precondition(statement.range.lowerBound >= end, "two statements overlap")
      end = statement.range.upperBound
    }
  }

  private static let narrow = ReportStyle(color: true, width: 1)

  private static func render(_ report: Report, as format: ReportFormat) {
    // The rules that SARIF lists are the same for each input.
    let output = Array(format.render(report, rules: []).utf8)
    switch format {
    case .text, .compact:
      findWorkflowCommand(in: output)
      findWorkflowCommand(in: Array(format.render(report, rules: [], style: narrow).utf8))
    case .github: break
    case .markdown:
      precondition(output.count <= MarkdownReport.commentSize, "a comment is too long")
      findWorkflowCommand(in: output)
    case .json, .sarif, .gitlab, .rdjson:
      precondition(WellFormed.isJSON(output), "\(format) is no JSON")
      findWorkflowCommand(in: output)
    case .junit, .checkstyle:
      precondition(WellFormed.isXML(output), "\(format) is no XML")
      findWorkflowCommand(in: output)
    case .html:
      precondition(WellFormed.isHTML(output), "the page is not what it should be")
      findWorkflowCommand(in: output)
    }
  }

  /// Nothing from a file may begin a line that a CI runner obeys, which leaves out white space before it, or stand
  /// anywhere in a line as `##[…]`.
  private static func findWorkflowCommand(in output: [UInt8]) {
    let bracket = Array("##[".utf8)
    var isStart = true
    for (index, byte) in output.enumerated() {
      switch byte {
      case 0x0A, 0x0D: isStart = true
      case 0x20, 0x09: continue
      default:
        let isCommand = isStart && output[index...].starts(with: "::".utf8)
        precondition(!isCommand, "a line begins with what a CI runner obeys")
        precondition(
          byte != bracket[0] || !output[index...].starts(with: bracket),
          "a CI runner obeys what is in a line"
        )
        isStart = false
      }
    }
  }

  /// The runbook in all of its formats.
  private static func plan(_ report: Report, of history: History, _ templates: [String: String]) {
    let runbook = Runbook(report, of: history)
    precondition(WellFormed.isJSON(Array(runbook.node.json.utf8)), "the runbook is no JSON")
    findWorkflowCommand(in: Array(runbook.validation.utf8))
    // A wrong template is refused, and so is one that asks for too much.
    let library = try? TemplateLibrary(overrides: templates, maximumLookups: 100_000)
    _ = try? library?.render(runbook.node).withoutCommands
  }

  private static func printSchema(of history: History) {
    var database = Database()
    for statement in history.migrations.flatMap(\.up.script.statements) {
      database.execute(statement.kind, version: 17)
    }
    findWorkflowCommand(in: Array(SchemaText.render(database).utf8))
    precondition(WellFormed.isJSON(Array(SchemaJSON.render(database).utf8)), "the schema is no JSON")
  }
}
