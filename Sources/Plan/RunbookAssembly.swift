import Catalog
import Execution
import Linting
import Reports
import Syntax

/// Makes the runbook of the migrations that a report judged.
struct RunbookAssembly {
  let report: Report
  let history: History
  let commands: RunnerCommands
  let migrations: [MigrationReport]
  let relations: [QualifiedName]
  let stages: [Runbook.Stage]
  /// The down migrations by their up migrations, and the reports on down migrations.
  let downs: [Key: Migration]
  let downReports: [Key: MigrationReport]

  /// A file may hold several migrations.
  struct Key: Hashable {
    let path: String
    let version: String?

    init(_ migration: Migration) { (path, version) = (migration.path, migration.version) }
  }

  init(_ report: Report, of history: History) {
    self.report = report
    self.history = history
    migrations = report.judged.filter { $0.migration.direction == .up }
    downs = Dictionary(history.migrations.compactMap { pair in pair.down.map { (Key(pair.up), $0) } }) { first, _ in
      first
    }
    downReports = Dictionary(
      report.migrations.filter { $0.migration.direction == .down }.map { (Key($0.migration), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    commands = RunnerCommands.of(history.origin?.runner ?? migrations.first?.migration.runner ?? "plain")
    stages = StagePlan(migrations).stages
    var seen: Set<QualifiedName> = []
    relations = migrations.flatMap(\.statements).flatMap(\.effects.visibleToOthers)
      .filter { $0.kind != .sequence && $0.kind != .index }.map(\.relation)
      .filter { $0.schema != Catalog.temporary && seen.insert($0).inserted }
  }

  func runbook() -> Runbook {
    let folder = history.origin?.folder ?? "."
    let stages = stages.map { stage in
      var stage = stage
      stage.commands = commands(for: stage, folder)
      return stage
    }
    let writes = migrations.compactMap { $0.replay.map { CatalogWrites(from: $0.before, to: $0.after) } }
    return Runbook(
      policy: report.policy,
      runner: commands.runner,
      folder: folder,
      fromVersion: fromVersion,
      toVersion: migrations.last?.migration.version,
      risk: migrations.map(\.risk).max() ?? .low,
      toolVersion: report.toolVersion,
      parts: migrations.indices.map { part(at: $0, folder) },
      stages: stages,
      before: tasksBefore(folder, stages.flatMap(\.commands)),
      backup: backup,
      watch: tasksToWatch,
      downtime: downtimeTasks,
      restore: restoreTasks,
      approvals: ApprovalTable.rows(of: migrations, report.policy),
      estimate: estimate,
      final: CatalogWrites(joining: writes).map(CatalogChecks.list) ?? CheckList(),
      code: codeChanges,
      obstacles: obstacles
    )
  }

  /// The version that the database has before the deployment.
  var fromVersion: String? {
    guard let first = migrations.first?.migration,
      let index = history.migrations.firstIndex(where: { $0.up.path == first.path && $0.up.version == first.version }),
      index > 0
    else { return nil }
    return history.migrations[index - 1].up.version
  }

  func values(at index: Int, _ folder: String, count: Int = 1) -> RunnerCommands.Values {
    let migration = migrations[index].migration
    let down = downs[Key(migration)]
    let previous = index > 0 ? migrations[index - 1].migration.version : fromVersion
    return RunnerCommands.Values(
      folder: folder,
      version: migration.version.map(Self.number) ?? "",
      count: count,
      file: migration.path,
      downFile: down?.path ?? "",
      name: commands.runner == "prisma" ? folderName(of: migration.path) : migration.name,
      before: previous.map(Self.number) ?? "-1"
    )
  }

  /// Without leading zeros, which runners do not print.
  private static func number(_ version: String) -> String {
    guard version.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return version }
    let digits = version.drop { $0 == "0" }
    return digits.isEmpty ? "0" : String(digits)
  }

  private func folderName(of path: String) -> String {
    path.split(separator: "/").dropLast().last.map(String.init) ?? path
  }

  // MARK: - A migration

  private func part(at index: Int, _ folder: String) -> Runbook.Part {
    let migration = migrations[index]
    let rows = migration.replay.map { RowChecks(of: migration, $0) }
    var checks =
      migration.replay.map { CatalogChecks.list(CatalogWrites(from: $0.before, to: $0.after)) } ?? CheckList()
    checks.checks += rows?.checks ?? []
    let (command, note) = command(at: index, folder)
    let steps = StepPlan(migration, rows: rows).steps
    return Runbook.Part(
      report: migration,
      title: [migration.migration.version, migration.migration.name].compactMap(\.self).joined(separator: " "),
      reasons: reasons(for: migration),
      steps: steps,
      checks: checks,
      tasksAfter: tasksAfter(migration, rows),
      rollback: rollback(at: index, folder),
      timeouts: timeouts(for: migration),
      command: command,
      stageNote: stageNote(at: index),
      commandNote: note
    )
  }

  private func reasons(for migration: MigrationReport) -> [String] {
    var reasons = migration.findings.filter { !$0.isSuppressed }.map { finding in
      "\(finding.rule): \(finding.message.description)" + finding.briefAdvice
    }
    reasons += migration.statements.compactMap { statement in
      statement.reason.map { "\(statement.statement.commandTag) \($0.sentence)" }
    }
    return reasons.uniqued
  }

  private func timeouts(for migration: MigrationReport) -> [String] {
    let waits = migration.statements.contains { statement in
      statement.effects.visibleToOthers.contains { $0.lock > .rowExclusive }
    }
    guard waits else { return [] }
    var lines: [String] =
      switch commands.timeout {
      case .environment: ["export PGOPTIONS='-c lock_timeout=5s'"]
      case .parameter(let parameter): ["# add \(parameter) to the parameters of the connection's URL"]
      case .migration:
        ["# SET lock_timeout = '5s' at the head of the migration, or ALTER ROLE … SET lock_timeout = '5s'"]
      }
    let builds = migration.statements.contains { statement in
      statement.effects.visibleToOthers.contains { $0.work.contains { $0.work == .indexBuild } }
    }
    if builds {
      lines.append("# no statement_timeout below the length of the index build that was measured on staging")
    }
    return lines
  }

  // MARK: - The deployment

  /// What code must know before, and what it must have forgotten.
  private var codeChanges: [String] {
    migrations.flatMap { migration in
      migration.statements.flatMap(\.effects.breaks).map { breakage in
        "Before \(MarkdownText.span(migration.migration.version ?? migration.migration.name)), nowhere may run "
          + "\(MarkdownText.prose(breakage.runningCode))."
      }
    }.uniqued
  }

  private var obstacles: [String] {
    migrations.flatMap { migration -> [String] in
      let name = MarkdownText.span(migration.migration.version ?? migration.migration.name)
      let own = [migration.migration.unreadable, migration.migration.refusal].compactMap(\.self)
      let errors = migration.migration.script.errors.map(\.message)
      let refusals = migration.statements.compactMap { $0.refusal?.isCertain == true ? $0.refusal?.message : nil }
      return (own + errors + refusals).map { "\(name): \(MarkdownText.prose($0))" }
    }.uniqued
  }
}

extension Breakage {
  /// The code that must not run any more.
  var runningCode: String { "code that \(reliance)" }
}

extension Finding {
  /// The safe way, where it is one sentence.
  fileprivate var briefAdvice: String {
    guard let advice = fix?.advice, !advice.contains(where: \.isNewline) else { return "" }
    return "; \(advice)"
  }
}

extension [String] {
  /// Each once, in its order.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Runbook {
  /// Of a report with the databases between its migrations.
  package init(_ report: Report, of history: History) {
    self = RunbookAssembly(report, of: history).runbook()
  }
}
