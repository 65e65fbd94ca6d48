import Catalog
import Execution
import Linting
import PostgresParser
import Reports
import Rules
import Syntax

/// Lints what a fuzzer made, renders it in every format, and stops the process where a promise is broken.
enum Inspection {
  static func lint(_ history: History) {
    for pair in history.migrations {
      for migration in [pair.up, pair.down].compactMap(\.self) { inspect(migration.script) }
    }
    let policy = Policy(failOn: .low, directions: [.up, .down])
    let report = Linter(rules: AllRules.all, policy: policy)
      .lint([history], toolVersion: "0", grammarVersion: PostgresParser.grammarVersion)
    for format in ReportFormat.allCases { render(report, as: format) }
    printSchema(of: history)
  }

  private static func inspect(_ script: Script) {
    var end = 0
    for statement in script.statements {
      precondition(statement.range.upperBound <= script.source.utf8.count, "a statement is outside of its file")
      precondition(statement.range.lowerBound >= end, "two statements overlap")
      end = statement.range.upperBound
    }
  }

  private static func render(_ report: Report, as format: ReportFormat) {
    // The rules that SARIF lists are the same for each input.
    format.write(report, rules: []) { chunk in
      if format == .text || format == .compact { findWorkflowCommand(in: chunk) }
    }
  }

  /// Nothing from a file may begin a line that a CI runner obeys. The runner leaves out white space before it.
  private static func findWorkflowCommand(in output: [UInt8]) {
    var isStart = true
    for (index, byte) in output.enumerated() {
      switch byte {
      case 0x0A, 0x0D: isStart = true
      case 0x20, 0x09: continue
      default:
        let commands = ["::", "##["]
        precondition(
          !isStart || !commands.contains { output[index...].starts(with: $0.utf8) },
          "a line begins with what a CI runner obeys"
        )
        isStart = false
      }
    }
  }

  private static func printSchema(of history: History) {
    var database = Database()
    for statement in history.migrations.flatMap(\.up.script.statements) {
      database.execute(statement.kind, version: 17)
    }
    var writer = SchemaWriter(database: database)
    writer.write()
    _ = SchemaJSON.render(database)
  }
}
