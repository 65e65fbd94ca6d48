import Execution
import Linting
import Syntax

/// The questions of all reported migrations as one script for psql, to run before the deployment: it only reads, shows
/// the rows on which statements would fail, and then ends with an error.
package enum PreflightScript {
  /// How a script begins; a file that begins otherwise is none, and is not written over.
  package static let firstLine = "-- Asks, before the deployment, for rows on which its migrations would fail."

  package static func render(_ report: Report) -> String {
    var lines = [
      firstLine,
      "-- Written by sqllint \(report.toolVersion.visible) for PostgreSQL \(report.policy.targetVersion). It only reads.",
      "-- Run it with psql: the exit status is 0 where no rows are in the way, and 3 where some are.",
      "",
      "\\set ON_ERROR_STOP on",
      "\\set sqllint_found 0",
      "BEGIN TRANSACTION READ ONLY;",
    ]
    var left = 0
    for migration in report.judged {
      for statement in migration.statements {
        for question in statement.rowQuestions {
          guard question.precedesAll else {
            left += 1
            continue
          }
          lines += block(for: question.query, of: statement, in: migration)
        }
      }
    }
    let leftOut = left == 1 ? "1 question" : "\(left) questions"
    if left > 0 {
      lines += [
        "", "-- Left out: \(leftOut) about what is not there, or is not the same, before the first of the migrations;",
        "-- --since says where a deployment begins.",
      ]
    }
    return (lines + ending(besides: left > 0 ? leftOut : nil)).joined(separator: "\n") + "\n"
  }

  private static func block(for query: RowQuery, of statement: StatementReport, in migration: MigrationReport)
    -> [String]
  {
    let (file, range) = migration.migration.script.source.file(of: statement.statement.range)
    let place = "\(file.path):\(file.location(of: range.lowerBound).line)"
    let sentence =
      "\(place): \(statement.statement.commandTag) fails with \(query.sqlState) on \(query.subject)".visible
      .withoutCommands
    return [
      "", "-- \(sentence)", "\\echo \(sentence.quotedForPsql)", SchemaText.safe("\(query.sql);"),
      "SELECT :sqllint_found + :ROW_COUNT AS sqllint_found \\gset",
    ]
  }

  private static func ending(besides leftOut: String?) -> [String] {
    let besides = leftOut.map { "; left out: \($0)" } ?? ""
    return [
      "", "ROLLBACK;", "SELECT :sqllint_found > 0 AS sqllint_fails \\gset", "\\if :sqllint_fails",
      "  DO $$ BEGIN RAISE EXCEPTION 'the migrations would fail on the rows above'; END $$;", "\\else",
      "  \\echo 'no rows are in the way of the migrations\(besides)'", "\\endif",
    ]
  }
}

extension String {
  /// As an argument of a psql command: nothing in it is a variable, a command or the end of the line.
  fileprivate var quotedForPsql: String {
    "'\(replacing("\\", with: "\\\\").replacing("'", with: "''"))'"
  }
}
