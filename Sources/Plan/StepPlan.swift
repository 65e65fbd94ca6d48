import Catalog
import Execution
import Linting
import Reports
import Syntax

/// The statements of a migration that others wait for or that take their time: who waits, how far they are, when and how
/// to abort, and what is left then.
struct StepPlan {
  private let migration: MigrationReport
  private let rows: RowChecks?

  init(_ migration: MigrationReport, rows: RowChecks?) { (self.migration, self.rows) = (migration, rows) }

  var steps: [Runbook.Step] { migration.statements.compactMap(step) }

  private func step(_ statement: StatementReport) -> Runbook.Step? {
    let effects = statement.effects
    // Who waits for an index waits for its table.
    let felt = effects.visibleToOthers.filter {
      $0.kind != .index && ($0.lock >= .shareUpdateExclusive || !$0.work.isEmpty)
    }
    let changes = statement.statement.kind.changesRows && !effects.visibleToOthers.isEmpty
    let moves = changes || statement.phase == .migrate && !effects.visibleToOthers.isEmpty
    guard !felt.isEmpty || moves || statement.refusal != nil else { return nil }
    let source = migration.migration.script.source
    let (file, range) = source.file(of: statement.statement.range)
    let text = source[statement.statement.range]
    var lines = felt.map { effect -> String in
      let work = effect.workSentences.map(MarkdownText.prose).joined(separator: "; ")
      return "\(effect.lock.name) on \(MarkdownText.span(effect.relation.displayName)) \(effect.lock.blockPhrase)"
        + (work.isEmpty ? ", for a moment once it has it" : "; \(work)")
    }
    if moves, !changes, felt.isEmpty {
      lines.append("It copies rows, which takes its time; nobody waits for it")
    }
    if changes, !statement.statement.kind.commits {
      lines.append(
        "Each row that it changes stays locked to the end of its transaction, and nobody sees before how far it is"
      )
    }
    if let seconds = statement.estimatedSeconds { lines.append("It takes \(seconds.inWords), by the configured rates") }
    if moves, statement.statement.kind.commits {
      lines.append(
        "Each batch commits, so that its rows are locked no longer than it takes: in a loop without COMMIT every row would stay "
          + "locked to the end, and PostgreSQL has no UPDATE … LIMIT, which some recipes ask for"
      )
    }
    for held in statement.heldLocks {
      lines.append(
        "\(held.mode.name) on \(MarkdownText.span(held.relation.displayName)) is held meanwhile, since line \(held.place.line)"
      )
    }
    if let refusal = statement.refusal { lines.append("PostgreSQL refuses it: \(MarkdownText.prose(refusal.message))") }
    let build = concurrentIndex(of: statement)
    return Runbook.Step(
      command: statement.statement.commandTag,
      place: "\(file.path):\(file.location(of: range.lowerBound).line)",
      sql: String(text.prefix(2_000)) + (text.count > 2_000 ? " …" : ";"),
      lines: lines,
      abort: abort(statement, felt: felt, isConcurrent: build != nil),
      progress: progress(statement, felt: felt),
      cleanup: build.map { .sql("DROP INDEX CONCURRENTLY IF EXISTS \($0);") },
      warning: warning(for: statement.statement.kind)
    )
  }

  private func concurrentIndex(of statement: StatementReport) -> QualifiedName? {
    guard case .createIndex(let index) = statement.statement.kind, index.isConcurrent, let name = index.name,
      let table = statement.effects.relations.first?.relation
    else { return nil }
    return QualifiedName(schema: table.schema, name)
  }

  private func progress(_ statement: StatementReport, felt: [Effect]) -> PlanNode.Code? {
    let work = statement.effects.relations.flatMap(\.work)
    if work.contains(where: { $0.work == .indexBuild }) {
      return .sql(PreparationQueries(relations: []).indexProgress)
    }
    // Of one transaction nobody sees anything before its end.
    guard statement.phase == .migrate, statement.statement.kind.commits, let rows else { return nil }
    let tables = Set(statement.effects.relations.map(\.relation))
    let queries = rows.remaining.filter { tables.contains($0.table) }.map {
      "SELECT count(*) AS rows_left FROM \($0.table) WHERE \($0.condition);"
    }
    return queries.isEmpty ? nil : .sql(queries.joined(separator: "\n"))
  }

  private func abort(_ statement: StatementReport, felt: [Effect], isConcurrent: Bool) -> [String] {
    var lines: [String] = []
    if isConcurrent {
      lines.append(
        "After an abort, an invalid index is left, which writes still keep up: drop it before the next attempt."
      )
    } else if statement.transaction > 1 {
      lines.append(
        "After an abort, what ran before it in this file has been committed and stays: the checks of this migration, under "
          + "Validate, say which part that is. Run the rest by hand, or take the part back with the down migration."
      )
    } else if statement.statement.kind.commits {
      lines.append("After an abort, batches that were committed stay; the same command goes on from there.")
    }
    return lines
  }

  /// The usual mistakes of a recipe for batches.
  private func warning(for kind: Statement.Kind) -> String? {
    switch kind {
    case .anonymousBlock(let block):
      let changes = block.code.statements.contains { if case .dataChange = $0 { true } else { false } }
      guard changes, !kind.commits else { return nil }
      return
        "A DO block without COMMIT is one transaction, whatever its loop does: every row that it changed stays locked "
        + "to its end, and pg_sleep prolongs that. COMMIT after each batch, in a file of its own that no transaction wraps."
    default: return nil
    }
  }
}

extension Statement.Kind {
  /// Whether rows that were there are other ones behind it, or none.
  fileprivate var changesRows: Bool {
    switch self {
    case .dataChange(.update), .dataChange(.delete), .dataChange(.merge): true
    case .anonymousBlock(let block): block.code.statements.contains { $0.changesRows }
    default: false
    }
  }

  /// Whether it is a block that commits as it goes.
  fileprivate var commits: Bool {
    guard case .anonymousBlock(let block) = self else { return false }
    return block.body.lowercased().contains("commit")
  }
}
