import Catalog
import Execution
import Linting
import Reports
import Syntax

extension RunbookAssembly {
  private var queries: PreparationQueries { PreparationQueries(relations: relations) }

  // MARK: - Before

  func tasksBefore(_ folder: String) -> [Runbook.Task] {
    let values = RunnerCommands.Values(folder: folder)
    var tasks = [
      Runbook.Task(
        "\(commands.runner) says that the migrations of this runbook are next",
        .sh([commands.fill(commands.status, values)])
      )
    ]
    if let query = commands.stateQuery {
      tasks.append(Runbook.Task("What it has noted in the database is the same", .sql(query + ";")))
    }
    tasks += [
      Runbook.Task(
        "The server has the version that the migrations were checked for",
        .sql(queries.version(report.policy.targetVersion) + ";")
      ),
      Runbook.Task("It is the primary", .sql(queries.primary + ";")),
      Runbook.Task(
        "No transaction is open for long: it makes the migrations wait, and all others behind them",
        .sql(queries.longTransactions)
      ),
      Runbook.Task("No prepared transaction is left over", .sql(queries.preparedTransactions)),
    ]
    if !relations.isEmpty { tasks += tasksAboutRelations }
    tasks += [
      Runbook.Task("Replicas keep up", .sql(queries.replication)),
      Runbook.Task("Connections are left", .sql(queries.slots)),
    ]
    return tasks + rowTasks + archiveTasks + planningTasks
  }

  private var tasksAboutRelations: [Runbook.Task] {
    let works = Set(migrations.flatMap(\.statements).flatMap(\.effects.visibleToOthers).flatMap(\.work).map(\.work))
    let needs =
      works.contains(.rewrite)
      ? "a rewrite needs the size of the table and its indexes once more, and as much WAL"
      : works.contains(.indexBuild)
        ? "an index needs its own size; `pg_relation_size` of it on staging tells"
        : "nothing of this deployment needs more"
    return [
      Runbook.Task("No one holds locks on the tables at stake that the migrations wait for", .sql(queries.locks)),
      Runbook.Task(
        "Disk space suffices: \(needs)",
        detail: "Free space: ____ (SQL does not tell: `df -h` on the server, or the provider's console)",
        .sql(queries.sizes)
      ),
      Runbook.Task("No index of theirs is invalid", .sql(queries.invalidIndexes)),
      Runbook.Task("Constraints that are not validated are known", .sql(queries.unvalidatedConstraints)),
    ]
  }

  /// Rows on which a statement would fail.
  private var rowTasks: [Runbook.Task] {
    migrations.flatMap { migration in
      migration.statements.flatMap { statement in
        statement.rowQuestions.map { question in
          let when = question.precedesAll ? "" : " (ask right before this migration)"
          return Runbook.Task(
            "\(MarkdownText.span(migration.migration.version ?? migration.migration.name)) would fail on "
              + "\(MarkdownText.prose(question.query.subject)): no row is returned\(when)",
            .sql(question.query.sql + ";")
          )
        }
      }
    }
  }

  private var archiveTasks: [Runbook.Task] {
    migrations.flatMap { migration in
      (migration.replay.map { RowChecks(of: migration, $0).archives } ?? []).map { archive in
        Runbook.Task(
          "Rows that \(MarkdownText.span(migration.migration.version ?? migration.migration.name)) moves to "
            + "\(MarkdownText.span(archive.archive.displayName)), counted: ____",
          .sql(archive.before + ";")
        )
      }
    }
  }

  private var planningTasks: [Runbook.Task] {
    [
      Runbook.Task("Run on staging with as many rows as production has, up, down and up again; it took ____"),
      Runbook.Task("Team, support and on-call know when: ____; on call is ____"),
    ]
  }

  // MARK: - Backup

  var backup: [Runbook.Task] {
    let risk = migrations.map(\.risk).max() ?? .low
    let version = migrations.first?.migration.version ?? "deployment"
    let file = "before-\(version).dump".shellWord
    var tasks: [Runbook.Task] = []
    let losses = migrations.flatMap { migration in
      migration.statements.flatMap(\.effects.losses).map { (migration, $0) }
    }
    if risk >= .medium || !losses.isEmpty {
      tasks.append(
        Runbook.Task(
          "A backup of the whole database is made right before, and can be read",
          .sh([
            "pg_dump --format=custom --file=\(file) \"$DATABASE_URL\"", "pg_restore --list \(file) > /dev/null",
          ])
        )
      )
    } else {
      tasks.append(
        Runbook.Task("The last regular backup is younger than a day, and was restored once; it is from ____")
      )
    }
    let tables = losses.compactMap { $0.1.table }
    var seen: Set<QualifiedName> = []
    for table in tables where seen.insert(table).inserted {
      let lost = losses.filter { $0.1.table == table }.map { MarkdownText.prose($0.1.sentence) }.uniqued
      tasks.append(
        Runbook.Task(
          "\(MarkdownText.span(table.displayName)) is dumped alone, as this cannot come back otherwise: "
            + lost.joined(separator: "; "),
          .sh([
            "pg_dump --format=custom --table=\(table.description.shellWord) --file=\("\(table.name)-\(file)".shellWord)"
              + " \"$DATABASE_URL\""
          ])
        )
      )
    }
    if risk >= .high { tasks.append(Runbook.Task("Point-in-time recovery works; it reaches back to ____")) }
    return tasks
  }

  // MARK: - Watch

  var tasksToWatch: [Runbook.Task] {
    var tasks = [Runbook.Task("Who waits for whom", .sql(queries.blockers))]
    guard !relations.isEmpty else { return tasks }
    tasks.append(
      Runbook.Task("The queue before the tables at stake; abort when `longest` passes 5 seconds", .sql(queries.queue))
    )
    let causes = migrations.flatMap(\.statements).flatMap(\.effects.relations).flatMap(\.work)
    if causes.contains(where: { $0.work == .indexBuild }) {
      tasks.append(Runbook.Task("How far an index build is", .sql(queries.indexProgress)))
    }
    if causes.contains(where: { if case .storage = $0.cause { true } else { false } }) {
      tasks.append(Runbook.Task("How far VACUUM FULL or CLUSTER is", .sql(queries.clusterProgress)))
    }
    tasks.append(Runbook.Task("The tables at stake, during and in the days after", .sql(queries.tables)))
    return tasks
  }
}

extension DataLoss {
  /// The table to dump.
  fileprivate var table: QualifiedName? {
    switch self {
    case .table(let table), .column(_, let table), .rows(let table, _), .narrowing(_, let table): table
    case .object: nil
    }
  }
}
