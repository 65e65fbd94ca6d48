import Catalog
import Execution
import Linting
import Reports
import Syntax

extension RunbookAssembly {
  func hasDown(at index: Int) -> Bool {
    downs[Key(migrations[index].migration)] != nil
  }

  /// What takes one migration back; `nil` where its file or the runner has none, or nobody says which version is below the first.
  func downCommand(at index: Int, _ folder: String) -> String? {
    let isFirst = index == 0 && fromVersion == nil
    guard hasDown(at: index), let down = commands.down, !(isFirst && down.contains("{before}")) else { return nil }
    return commands.fill(down, values(at: index, folder))
  }

  func rollback(at index: Int, _ folder: String) -> Runbook.RollbackPart {
    let migration = migrations[index]
    let values = values(at: index, folder)
    let down = downs[Key(migration.migration)]
    let downReport = down.flatMap { downReports[Key($0)] }
    var facts = migration.irreversibility.filter { $0.loss == nil }.map(\.sentence)
    if down != nil, migration.statements.contains(where: { $0.fillsRows }) {
      facts.append("rows that it has filled keep what it wrote: no file tells what was in them")
    }
    let checks = migration.replay.flatMap { replay in
      replay.undone.map { CatalogChecks.list(CatalogWrites(from: replay.after, to: $0)) }
    }
    let failure = migration.migration.failure
    return Runbook.RollbackPart(
      command: downCommand(at: index, folder).map { [$0] } ?? [],
      facts: facts,
      losses: migration.irreversibility.compactMap(\.loss).uniqued,
      locks: (downReport?.statements ?? []).flatMap {
        $0.effects.relations.filter { $0.lock >= .share && $0.kind != .index && $0.kind != .sequence }
      }
      .map(Self.lock).uniqued,
      takes: (downReport?.statements ?? []).flatMap(\.effects.losses).map(\.sentence).uniqued,
      checks: checks ?? CheckList(),
      stays: migration.replay.map(Self.stays) ?? [],
      restores: restores(of: migration),
      questions: downReport.map { questions(before: $0, migration) } ?? [],
      repair: commands.repair.map { commands.fill($0, values) },
      failure: ["If the migration itself is refused, \(failure.state). Then \(failure.recovery)."],
      downRepair: down == nil ? [] : commands.downRepair.map { commands.fill($0, values) }
    )
  }

  /// The extensions that it installs and that its down migration leaves: others may use them by then.
  private static func stays(_ replay: Replay) -> [Check] {
    guard let undone = replay.undone else { return [] }
    let before = replay.before.catalog.extensions
    return replay.after.catalog.extensions.keys.filter { before[$0] == nil && undone.catalog.extensions[$0] != nil }
      .sorted().map(CatalogChecks.extensionCheck)
  }

  private static func lock(_ effect: Effect) -> String {
    let work = effect.workSentences.map { "; \(MarkdownText.prose($0))" }.joined()
    return "\(MarkdownText.span(effect.relation.displayName)): \(effect.lock.name), \(effect.lock.blockPhrase)\(work)"
  }

  /// Rows on which a statement of the down migration would fail, as far as they can be asked for before it.
  private func questions(before down: MigrationReport, _ migration: MigrationReport) -> [Runbook.Task] {
    guard let after = migration.replay?.after else { return [] }
    let queries = down.statements.flatMap(\.effects.rowConditions).prefix(100).flatMap {
      RowQueryWriter.queries(of: $0, in: after, version: report.policy.targetVersion)
    }
    return queries.filter { $0.reads.isThere(in: after) }.map { query in
      Runbook.Task(
        "It would fail on \(MarkdownText.prose(query.subject)): no row is returned",
        .sql(query.sql + ";")
      )
    }
  }

  // MARK: - From the backup

  var backupFile: String { "before-\(migrations.first?.migration.version ?? "deployment").dump" }

  /// The dump of the tables whose data would be lost.
  var lossesFile: String { "lost-\(backupFile)" }

  /// The tables that are dumped alone, and what of them cannot come back otherwise.
  var dumped: [(table: QualifiedName, lost: [String])] {
    var tables: [(table: QualifiedName, lost: [String])] = []
    var places: [QualifiedName: Int] = [:]
    for (table, words) in migrations.flatMap(losses) {
      if let place = places[table] {
        if !tables[place].lost.contains(words) { tables[place].lost.append(words) }
      } else {
        places[table] = tables.count
        tables.append((table, [words]))
      }
    }
    return tables
  }

  /// What is taken away or written over, by table.
  private func losses(of migration: MigrationReport) -> [(QualifiedName, String)] {
    let gone = migration.statements.flatMap(\.effects.losses).compactMap { loss in
      loss.table.map { ($0, MarkdownText.prose(loss.words)) }
    }
    let overwritten = migration.irreversibility.compactMap { reason -> (QualifiedName, String)? in
      guard case .overwrites(let item) = reason else { return nil }
      return (item.table, "what was in \(MarkdownText.prose(item.column))")
    }
    return gone + overwritten
  }

  /// How it comes back, once the down migration has run.
  private func restores(of migration: MigrationReport) -> [Runbook.Task] {
    let file = lossesFile.shellWord
    var whole: [QualifiedName] = []
    var columns: [(String, QualifiedName)] = []
    var hasOthers = false
    for loss in migration.statements.flatMap(\.effects.losses) {
      switch loss {
      case .table(let table), .rows(let table, isBounded: false): whole.append(table)
      case .column(let column, let table): columns.append((column, table))
      case .rows, .narrowing: hasOthers = true
      case .object: break
      }
    }
    for case .overwrites(let item) in migration.irreversibility { columns.append((item.column, item.table)) }
    let tables = whole.map { table in
      "pg_restore --data-only --schema=\((table.schema ?? "public").shellWord) --table=\(table.name.shellWord)"
        + " --dbname=\"$DATABASE_URL\" \(file)"
    }
    var tasks: [Runbook.Task] = []
    if !tables.isEmpty {
      tasks.append(
        Runbook.Task("What was in whole tables comes back, once the down migration has run", .sh(tables.uniqued))
      )
    }
    guard hasOthers || !columns.isEmpty else { return tasks }
    let copies = columns.flatMap { column, table in
      migration.replay.map { copy(of: column, in: table, $0.before) } ?? []
    }
    tasks.append(
      Runbook.Task(
        "What is missing is restored into a database of its own and copied over from there, once the down migration has run",
        detail:
          "Keys and triggers stay out of it, as they need other tables; where tables have types or schemas of your own, "
          + "restore the whole backup.",
        .sh(["pg_restore --no-owner --section=pre-data --section=data --dbname=\"$SCRATCH_URL\" \(file)"] + copies)
      )
    )
    return tasks
  }

  /// By the primary key; nothing where a name would need quotes in more than one language.
  private func copy(of column: String, in table: QualifiedName, _ before: Database) -> [String] {
    let constraints = before.catalog.tables[table]?.constraints ?? []
    let key = constraints.first { if case .primaryKey = $0.definition.kind { true } else { false } }?.columns ?? []
    let names = key + [column, table.name] + (table.schema.map { [$0] } ?? [])
    guard !key.isEmpty, !key.contains(column), names.allSatisfy(\.isPlainName) else { return [] }
    let columns = (key + [column]).joined(separator: ", ")
    let file = "\(table.name)-\(column).csv"
    let match = key.map { "t.\($0) = r.\($0)" }.joined(separator: " AND ")
    return [
      "psql \"$SCRATCH_URL\" -X -c \"\\copy (SELECT \(columns) FROM \(table)) TO \(file) CSV\"",
      "psql \"$DATABASE_URL\" -X -v ON_ERROR_STOP=1 <<'SQL'",
      "CREATE TEMPORARY TABLE restored AS SELECT \(columns) FROM \(table) WITH NO DATA;",
      "\\copy restored FROM \(file) CSV",
      "UPDATE \(table) t SET \(column) = r.\(column) FROM restored r WHERE \(match);",
      "SQL",
    ]
  }

  /// The way back for all of it, where there is a backup of all of it.
  var restoreTasks: [Runbook.Task] {
    guard makesBackup else { return [] }
    return [
      Runbook.Task("The application is stopped: what it writes from now on would be lost"),
      Runbook.Task(
        "The backup is restored beside the database, into one that is empty",
        detail: "`RESTORED_URL` is `DATABASE_URL` with its name.",
        .sh([
          "createdb --maintenance-db=\"$DATABASE_URL\" restored",
          "pg_restore --exit-on-error --jobs=4 --dbname=\"$RESTORED_URL\" \(backupFile.shellWord)",
        ])
      ),
      Runbook.Task("What was written between the backup and now is lost with it; who has agreed to that: ____"),
      Runbook.Task("The application's version of before the deployment starts, with the restored database"),
    ]
  }
}

extension RowReads {
  /// Whether all that is read is there.
  fileprivate func isThere(in database: Database) -> Bool {
    columns.allSatisfy { table, names in
      guard let known = database.catalog.tables[table] else { return false }
      return names.allSatisfy { known.column($0) != nil } || !database.catalog.isFullyKnown(known)
    }
      && functions.isEmpty
      && types.allSatisfy { database.catalog.types.contains(database.qualifiedType($0)) || $0.schema == nil }
  }
}

extension DataLoss {
  /// Beside the table's name.
  fileprivate var words: String {
    switch self {
    case .table: "the table with all its rows"
    case .column(let column, _): "column \(column.quotedIdentifier)"
    case .rows(_, let isBounded): isBounded ? "some rows" : "all rows"
    case .narrowing(let column, _): "values of \(column.quotedIdentifier) that do not fit its new type"
    case .object: sentence
    }
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

extension String {
  /// Whether neither SQL nor a shell needs quotes around it.
  fileprivate var isPlainName: Bool {
    !isEmpty && quotedIdentifier == self
      && utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "_")
      }
  }
}
