import Linting
import Reports
import Syntax

extension Runbook {
  /// As templates and JSON have it.
  package var node: PlanNode {
    let risks = Risk.allCases.filter { risk in parts.contains { $0.report.risk == risk } }.reversed()
    let approvals = risks.map { risk in
      PlanNode.object([
        .init("approver", .text(policy.approval(for: risk))), .init("risk", .text(risk.rawValue)),
        .init("migrations", .names(parts.filter { $0.report.risk == risk }.map(\.title))),
      ])
    }
    return .object([
      .init("title", .text(title)), .init("runner", .text(runner)), .init("folder", .name(folder)),
      .init("tool_version", .text(toolVersion)), .init("target_version", .number(policy.targetVersion)),
      .init("from_version", .optional(fromVersion)), .init("to_version", .optional(toVersion)),
      .init("risk", .text(risk.rawValue.capitalizedFirst)), .init("downtime", .text(policy.downtime(for: risk))),
      .init("count", .number(parts.count)), .init("approvals", .list(approvals)),
      .init("code", .phrases(code)), .init("obstacles", .phrases(obstacles)),
      .init("stages", .list(stages.enumerated().map { stage($1, number: $0 + 1) })),
      .init("before", .list(before.map(\.node))), .init("backup", .list(backup.map(\.node))),
      .init("migrations", .list(parts.map(node))), .init("watch", .list(watch.map(\.node))),
      .init("rollbacks", .list(parts.reversed().map(rollback))),
      .init("final_checks", .list(final.checks.map(\.node))),
      .init("schema_version", .number(1)),
    ])
  }

  private var title: String {
    guard let first = parts.first else { return "Nothing to deploy" }
    return parts.count == 1 ? first.title : "\(first.title) and \(parts.count - 1) more"
  }

  private func stage(_ stage: Stage, number: Int) -> PlanNode {
    .object([
      .init("number", .number(number)), .init("phases", .text(stage.phases.map(\.rawValue).joined(separator: ", "))),
      .init("waits_for", .phrases(stage.waitsFor)),
      .init("migrations", .names(stage.migrations.map { parts[$0].title })),
      .init("commands", .code(.sh(stage.commands))),
    ])
  }

  private func node(of part: Part) -> PlanNode {
    let migration = part.report
    return .object([
      .init("title", .text(part.title)), .init("path", .name(migration.migration.path)),
      .init("risk", .text(migration.risk.rawValue)),
      .init("downtime", .text((migration.ownPolicy ?? policy).downtime(for: migration.risk))),
      .init("approver", .text((migration.ownPolicy ?? policy).approval(for: migration.risk))),
      .init("reasons", .texts(part.reasons)),
      .init("phases", .text(migration.phases.map(\.rawValue).joined(separator: ", "))),
      .init("timeouts", part.timeouts.isEmpty ? .none : .code(.sh(part.timeouts))),
      .init("steps", .list(part.steps.map(\.node))), .init("checks", .list(part.checks.checks.map(\.node))),
      .init("checks_sql", part.checks.checks.isEmpty ? .none : .code(.sql(part.checks.checks.sql))),
      .init("looks", .list(part.checks.looks.map(\.node))), .init("tasks_after", .list(part.tasksAfter.map(\.node))),
    ])
  }

  private func rollback(of part: Part) -> PlanNode {
    let rollback = part.rollback
    return .object([
      .init("title", .text(part.title)), .init("reversible", .flag(rollback.facts.isEmpty && rollback.losses.isEmpty)),
      .init("command", rollback.command.isEmpty ? .none : .code(.sh(rollback.command))),
      .init("facts", .texts(rollback.facts)), .init("losses", .texts(rollback.losses)),
      .init("takes", .texts(rollback.takes)),
      .init("locks", .phrases(rollback.locks)), .init("checks", .list(rollback.checks.checks.map(\.node))),
      .init("checks_sql", rollback.checks.checks.isEmpty ? .none : .code(.sql(rollback.checks.checks.sql))),
      .init("failure", .phrases(rollback.failure)),
      .init("repair", rollback.repair.isEmpty ? .none : .code(.sh(rollback.repair))),
    ])
  }
}

extension Runbook.Step {
  fileprivate var node: PlanNode {
    .object([
      .init("command", .name(command)), .init("place", .name(place)), .init("sql", .code(.sql(sql))),
      .init("effects", .phrases(lines)), .init("abort", .phrases(abort)), .init("progress", .optional(progress)),
      .init("cleanup", .optional(cleanup)), .init("warning", warning.map(PlanNode.phrase) ?? .none),
    ])
  }
}

extension Check {
  var node: PlanNode { .object([.init("subject", .text(subject)), .init("sql", .code(.sql(sql + ";")))]) }
}

extension Look {
  fileprivate var node: PlanNode { .object([.init("subject", .text(subject)), .init("sql", .code(.sql(sql + ";")))]) }
}

extension [Check] {
  /// All in one query: a row each, with what is true and whether it is.
  var sql: String {
    map { check in
      "SELECT \(check.subject.visible.quotedLiteral) AS what, (\(check.sql)) AS is_true"
    }.joined(separator: "\nUNION ALL ") + ";"
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Runbook {
  /// The checks of all migrations and, at last, of the whole, for tests and scripts.
  package var checksByMigration: [(title: String, up: [Check], down: [Check])] {
    parts.map { ($0.title, $0.checks.checks, $0.rollback.checks.checks) }
  }

  package var finalChecks: [Check] { final.checks }

  /// The SQL that is asked before the deployment or while it runs.
  package var preparations: [String] {
    (before + watch).compactMap { $0.code?.language == .sql ? $0.code?.text : nil }
      + parts.flatMap(\.steps).compactMap { $0.progress?.text }
  }

  /// What people compare behind each migration.
  package var looks: [[Look]] { parts.map(\.checks.looks) }

  /// How a validation script begins.
  package static let firstLine = "-- Asks, after the deployment, whether its migrations have done what they say."

  /// A script for psql that shows what is not true after the deployment, and then ends with an error.
  package var validation: String {
    let checks = final.checks
    let lines = [
      Self.firstLine, "-- It only reads. The exit status of psql is 0 where all is true, and 3 where something is not.",
      "\\set ON_ERROR_STOP on", "BEGIN TRANSACTION READ ONLY;",
    ]
    guard !checks.isEmpty else { return (lines + ["ROLLBACK;"]).joined(separator: "\n") + "\n" }
    let query = String(checks.sql.dropLast())
    return
      (lines + [
        "SELECT what AS not_true FROM (\n\(query)\n) AS checks WHERE is_true IS NOT TRUE;",
        "SELECT :ROW_COUNT > 0 AS sqllint_fails \\gset", "ROLLBACK;", "\\if :sqllint_fails",
        "  DO $$ BEGIN RAISE EXCEPTION 'the schema is not as the migrations make it'; END $$;", "\\endif",
      ]).joined(separator: "\n") + "\n"
  }
}
