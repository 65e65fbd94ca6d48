import Linting
import Reports
import Syntax

extension Runbook {
  /// As templates and JSON have it.
  package var node: PlanNode {
    .object(headMembers + partMembers + [.init("schema_version", .number(1))])
  }

  private var headMembers: [PlanNode.Member] {
    let text: [PlanNode.Member] = [
      .init("title", .text(title)), .init("runner", .text(runner)), .init("folder", .name(folder)),
      .init("tool_version", .text(toolVersion)), .init("target_version", .number(policy.targetVersion)),
      .init("from_version", .optional(fromVersion)), .init("to_version", .optional(toVersion)),
    ]
    let judgement: [PlanNode.Member] = [
      .init("risk", .text(risk.rawValue.capitalizedFirst)), .init("downtime", .text(policy.downtime(for: risk))),
      .init("count", .number(parts.count)), .init("counted", .text(parts.count.counted("migration"))),
      .init("approvals", .list(approvals.map(approval))),
      .init("estimate", .phrase(estimate)), .init("code", .phrases(code)), .init("obstacles", .phrases(obstacles)),
    ]
    return text + judgement
  }

  private var partMembers: [PlanNode.Member] {
    let stageNodes = stages.enumerated().map { stage($1, number: $0 + 1) }
    let tasks: [PlanNode.Member] = [
      .init("before", .list(before.map(\.node))), .init("backup", .list(backup.map(\.node))),
      .init("watch", .list(watch.map(\.node))), .init("downtime_tasks", .list(downtime.map(\.node))),
      .init("restore", .list(restore.map(\.node))), .init("final_checks", .list(final.checks.map(\.node))),
    ]
    let members: [PlanNode.Member] = [
      .init("stages", .list(stageNodes)), .init("migrations", .list(parts.map(node))),
      .init("rollbacks", .list(parts.reversed().map(rollback))),
    ]
    return members + tasks
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

  private func approval(_ approval: Approval) -> PlanNode {
    .object([
      .init("approver", .text(approval.role)), .init("risk", .text(approval.risk.rawValue)),
      .init("migrations", .names(approval.migrations.map { parts[$0].title })), .init("given", .phrase(approval.given)),
    ])
  }

  private func node(of part: Part) -> PlanNode {
    let migration = part.report
    return .object([
      .init("title", .text(part.title)), .init("path", .name(migration.migration.path)),
      .init("risk", .text(migration.risk.rawValue)),
      .init("downtime", .text((migration.ownPolicy ?? policy).downtime(for: migration.risk))),
      .init("approver", .text(migration.decision(under: policy).approval)), .init("reasons", .texts(part.reasons)),
      .init("phases", .text(migration.phases.map(\.rawValue).joined(separator: ", "))),
      .init("timeouts", part.timeouts.isEmpty ? .none : .code(.sh(part.timeouts))),
      .init("command", part.command.isEmpty ? .none : .code(.sh(part.command))),
      .init("stage_note", part.stageNote.map(PlanNode.phrase) ?? .none),
      .init("command_note", part.commandNote.map(PlanNode.phrase) ?? .none),
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
      .init("stays", .texts(rollback.stays.map(\.subject))), .init("restores", .list(rollback.restores.map(\.node))),
      .init("questions", .list(rollback.questions.map(\.node))),
      .init("failure", .phrases(rollback.failure)),
      .init("down_repair", rollback.downRepair.isEmpty ? .none : .code(.sh(rollback.downRepair))),
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
    (before + watch + downtime).compactMap { $0.code?.language == .sql ? $0.code?.text : nil }
      + parts.flatMap(\.steps).compactMap { $0.progress?.text }
  }

  /// The SQL that is asked behind each migration besides its checks: what people compare, count and look at.
  package var questionsAfter: [[String]] {
    parts.map { part in
      part.checks.looks.map(\.sql)
        + (part.tasksAfter + part.rollback.questions).compactMap { $0.code?.language == .sql ? $0.code?.text : nil }
    }
  }

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
    let query = SchemaText.safe(String(checks.sql.dropLast()))
    return
      (lines + [
        "SELECT what AS not_true FROM (\n\(query)\n) AS checks WHERE is_true IS NOT TRUE;",
        "SELECT :ROW_COUNT > 0 AS sqllint_fails \\gset", "ROLLBACK;", "\\if :sqllint_fails",
        "  DO $$ BEGIN RAISE EXCEPTION 'the schema is not as the migrations make it'; END $$;", "\\endif",
      ]).joined(separator: "\n") + "\n"
  }
}
