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

  init(_ report: Report, of history: History) {
    self.report = report
    self.history = history
    migrations = report.judged.filter { $0.migration.direction == .up }
    commands = RunnerCommands.of(history.origin?.runner ?? migrations.first?.migration.runner ?? "plain")
    var seen: Set<QualifiedName> = []
    relations = migrations.flatMap(\.statements).flatMap(\.effects.visibleToOthers)
      .filter { $0.kind != .sequence && $0.kind != .index }.map(\.relation)
      .filter { $0.schema != Catalog.temporary && seen.insert($0).inserted }
  }

  func runbook() -> Runbook {
    let folder = history.origin?.folder ?? "."
    let stages = StagePlan(migrations).stages.map { stage in
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
      before: tasksBefore(folder),
      backup: backup,
      watch: tasksToWatch,
      final: CatalogWrites(joining: writes).map(CatalogChecks.list) ?? CheckList(),
      code: codeChanges,
      obstacles: obstacles
    )
  }

  /// The version that the database has before the deployment.
  private var fromVersion: String? {
    guard let first = migrations.first?.migration,
      let index = history.migrations.firstIndex(where: { $0.up.path == first.path && $0.up.version == first.version }),
      index > 0
    else { return nil }
    return history.migrations[index - 1].up.version
  }

  private func commands(for stage: Runbook.Stage, _ folder: String) -> [String] {
    guard let last = stage.migrations.last else { return [] }
    let values = self.values(at: last, folder, count: stage.migrations.count)
    let files = stage.migrations.map { migrations[$0].migration.path }
    return commands.up(values, isLast: last == migrations.count - 1, files: files)
  }

  private func values(at index: Int, _ folder: String, count: Int = 1) -> RunnerCommands.Values {
    let migration = migrations[index].migration
    let down = history.migrations.first { $0.up.path == migration.path }?.down
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
    let counts = rows?.archives.map { archive in
      Runbook.Task(
        "As many rows as were counted before it are in \(MarkdownText.span(archive.archive.displayName)): ____",
        .sql(archive.after + ";")
      )
    }
    let steps = StepPlan(migration, rows: rows).steps
    return Runbook.Part(
      report: migration,
      title: [migration.migration.version, migration.migration.name].compactMap(\.self).joined(separator: " "),
      reasons: reasons(for: migration),
      steps: steps,
      checks: checks,
      tasksAfter: counts ?? [],
      rollback: rollback(at: index, folder),
      timeouts: timeouts(for: migration)
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
      statement.effects.relations.contains { $0.work.contains { $0.work == .indexBuild } }
    }
    if builds {
      lines.append("# no statement_timeout below the length of the index build that was measured on staging")
    }
    return lines
  }

  private func rollback(at index: Int, _ folder: String) -> Runbook.RollbackPart {
    let migration = migrations[index]
    let values = values(at: index, folder)
    let down = history.migrations.first { $0.up.path == migration.migration.path }?.down
    let downReport = report.migrations.first { report in
      report.migration.direction == .down
        && down.map { $0.path == report.migration.path && $0.version == report.migration.version } == true
    }
    let losses = migration.irreversibility.compactMap(\.loss)
    var facts = migration.irreversibility.filter { $0.loss == nil }.map(\.sentence)
    if down != nil, migration.statements.contains(where: { $0.fillsRows }) {
      facts.append("rows that it has filled keep what it wrote: no file tells what was in them")
    }
    let command = down == nil ? [] : commands.down.map { [commands.fill($0, values)] } ?? []
    let checks = migration.replay.flatMap { replay in
      replay.undone.map { CatalogChecks.list(CatalogWrites(from: replay.after, to: $0)) }
    }
    let failure = migration.migration.failure
    return Runbook.RollbackPart(
      command: command,
      facts: facts,
      losses: losses,
      locks: (downReport?.statements ?? []).flatMap {
        $0.effects.relations.filter { $0.lock >= .share && $0.kind != .index && $0.kind != .sequence }
      }
      .map { "\(MarkdownText.span($0.relation.displayName)): \($0.lock.name), \($0.lock.blockPhrase)" }.uniqued,
      takes: (downReport?.statements ?? []).flatMap(\.effects.losses).map(\.sentence).uniqued,
      checks: checks ?? CheckList(),
      repair: commands.repair.map { commands.fill($0, values) },
      failure: ["If a statement is refused, \(failure.state).", "Then \(failure.recovery)."]
    )
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

extension Irreversibility {
  /// What is gone or written over; `nil` for what the down migration merely leaves otherwise.
  fileprivate var loss: String? {
    switch self {
    case .loses, .overwrites: sentence
    default: nil
    }
  }
}

extension Breakage {
  /// The code that must not run any more, as it is before the change: what comes behind the name is true afterwards only.
  var runningCode: String {
    let sentence = sentence
    for end in [", which is gone", ", which is now ", ", which goes with it", ", which nothing keeps unique"] {
      if let range = sentence.firstRange(of: end) { return String(sentence[..<range.lowerBound]) }
    }
    return sentence
  }
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
  package init(_ report: Report, of history: History) { self = RunbookAssembly(report, of: history).runbook() }
}
