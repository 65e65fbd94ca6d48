import Catalog
import Execution
import Linting
import Reports
import Syntax

extension RunbookAssembly {
  func hasDown(at index: Int) -> Bool {
    history.migrations.first { $0.up.path == migrations[index].migration.path }?.down != nil
  }

  func rollback(at index: Int, _ folder: String) -> Runbook.RollbackPart {
    let migration = migrations[index]
    let values = values(at: index, folder)
    let down = history.migrations.first { $0.up.path == migration.migration.path }?.down
    let downReport = report.migrations.first { report in
      report.migration.direction == .down
        && down.map { $0.path == report.migration.path && $0.version == report.migration.version } == true
    }
    var facts = migration.irreversibility.filter { $0.loss == nil }.map(\.sentence)
    if down != nil, migration.statements.contains(where: { $0.fillsRows }) {
      facts.append("rows that it has filled keep what it wrote: no file tells what was in them")
    }
    let checks = migration.replay.flatMap { replay in
      replay.undone.map { CatalogChecks.list(CatalogWrites(from: replay.after, to: $0)) }
    }
    let failure = migration.migration.failure
    return Runbook.RollbackPart(
      command: down == nil ? [] : commands.down.map { [commands.fill($0, values)] } ?? [],
      facts: facts,
      losses: migration.irreversibility.compactMap(\.loss),
      locks: (downReport?.statements ?? []).flatMap {
        $0.effects.relations.filter { $0.lock >= .share && $0.kind != .index && $0.kind != .sequence }
      }
      .map { "\(MarkdownText.span($0.relation.displayName)): \($0.lock.name), \($0.lock.blockPhrase)" }.uniqued,
      takes: (downReport?.statements ?? []).flatMap(\.effects.losses).map(\.sentence).uniqued,
      checks: checks ?? CheckList(),
      stays: migration.replay.map(Self.stays) ?? [],
      restores: migration.statements.flatMap(\.effects.losses).compactMap { restore($0, of: migration) },
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

  // MARK: - From the backup

  /// The dump of a table whose data a migration loses.
  func dumpFile(of table: QualifiedName) -> String { "\(table.name)-\(backupFile)" }

  var backupFile: String { "before-\(migrations.first?.migration.version ?? "deployment").dump" }

  private func restore(_ loss: DataLoss, of migration: MigrationReport) -> Runbook.Task? {
    guard let table = loss.table else { return nil }
    let file = dumpFile(of: table).shellWord
    switch loss {
    case .table, .rows(_, isBounded: false):
      return Runbook.Task(
        "The rows of \(MarkdownText.span(table.displayName)) come back from its dump, once the down migration has run",
        .sh(["pg_restore --data-only --dbname=\"$DATABASE_URL\" \(file)"])
      )
    default:
      var lines = ["pg_restore --no-owner --dbname=\"$SCRATCH_URL\" \(file)"]
      if case .column(let column, _) = loss, let before = migration.replay?.before {
        lines += copy(of: column, in: table, before)
      }
      return Runbook.Task(
        "\(MarkdownText.prose(loss.sentence.capitalizedFirst)): the dump of the table is restored into a database of its own, and "
          + "what is missing is copied over, once the down migration has run",
        detail:
          "Errors about other tables do not matter there; where the table has types of your own, restore the whole "
          + "backup.",
        .sh(lines)
      )
    }
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
