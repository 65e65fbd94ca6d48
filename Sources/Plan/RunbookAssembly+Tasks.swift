import Catalog
import Execution
import Linting
import Reports
import Syntax

extension RunbookAssembly {
  private var queries: PreparationQueries { PreparationQueries(relations: relations) }

  // MARK: - Before

  func tasksBefore(_ folder: String, _ lines: [String]) -> [Runbook.Task] {
    let values = RunnerCommands.Values(folder: folder)
    let last = fromVersion.map { "; the last that has run is \(MarkdownText.span($0))" } ?? ""
    var tasks = [
      Runbook.Task(
        "\(commands.runner) says that the migrations of this runbook are next\(last)",
        detail: (commands.status == nil ? "Its manual names no command for that. " : "")
          + "How its commands are written: \(commands.manual)",
        commands.status.map { .sh([commands.fill($0, values)]) }
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
    return tasks + rowTasks + fillTasks + archiveTasks + [stagingTask(lines, folder)] + planningTasks
  }

  private var tasksAboutRelations: [Runbook.Task] {
    [Runbook.Task("No one holds locks on the tables at stake that the migrations wait for", .sql(queries.locks))]
      + spaceTasks + [
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

  /// How much a change of rows has to do, where it can be asked beforehand.
  private var fillTasks: [Runbook.Task] {
    migrations.flatMap { migration in
      (migration.replay.map { RowChecks(of: migration, $0).remaining } ?? []).filter(\.isAskableBefore).map { item in
        Runbook.Task(
          "\(MarkdownText.span(migration.migration.version ?? migration.migration.name)) changes "
            + "\(MarkdownText.prose(item.subject)) of \(MarkdownText.span(item.table.displayName)), and the application can "
            + "handle them until it has ended; there are ____",
          .sql("SELECT count(*) AS rows_left FROM \(item.table) WHERE \(item.condition);")
        )
      }
    }
  }

  private var archiveTasks: [Runbook.Task] {
    migrations.flatMap { migration in
      (migration.replay.map { RowChecks(of: migration, $0).archives } ?? []).map { archive in
        Runbook.Task(
          "So many rows must be in \(MarkdownText.span(archive.archive.displayName)) when "
            + "\(MarkdownText.span(migration.migration.version ?? migration.migration.name)) has moved them: ____",
          .sql(archive.before + ";")
        )
      }
    }
  }

  private var planningTasks: [Runbook.Task] {
    [
      Runbook.Task("The application was tested on staging with the new schema, and how fast it is"),
      Runbook.Task(
        "Team, support and stakeholders know when: ____\(mayTakeDowntime ? "; the maintenance window is announced: ____" : "")"
      ),
      Runbook.Task("On call is ____, to be reached at ____"),
    ]
  }

  // MARK: - Downtime

  private var risk: Risk { migrations.map(\.risk).max() ?? .low }

  private var mayTakeDowntime: Bool { risk >= .high }

  /// What comes before and after it, where the order of deployment does not do without.
  var downtimeTasks: [Runbook.Task] {
    guard mayTakeDowntime else { return [] }
    return [
      Runbook.Task("The maintenance page is shown, and the application is stopped: ____"),
      Runbook.Task("No session of it is left", .sql(queries.sessions)),
      Runbook.Task("When all checks are true, the application starts, answers its health check, and the page goes"),
      Runbook.Task("Somebody watches it for 30 minutes: ____"),
    ]
  }

  // MARK: - Backup

  var backup: [Runbook.Task] {
    let file = backupFile.shellWord
    var tasks: [Runbook.Task] = []
    if makesBackup {
      tasks.append(
        Runbook.Task(
          "A backup of the whole database is made right before, and can be read; it is kept for 90 days at ____",
          detail:
            "A snapshot of the provider does as well. It must have ended before the first migration begins: `pg_dump` holds ACCESS SHARE on every table to its "
            + "end, and the migrations, with all others behind them, would wait for it.",
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
    if !dumped.isEmpty {
      let options = dumped.map { "--table=\($0.table.description.shellWord)" }.joined(separator: " ")
      let words = dumped.map { "\(MarkdownText.span($0.table.displayName)) (\($0.lost.joined(separator: "; ")))" }
      tasks.append(
        Runbook.Task(
          "What cannot come back otherwise is dumped alone: \(words.joined(separator: ", "))",
          .sh(["pg_dump --format=custom \(options) --file=\(lossesFile.shellWord) \"$DATABASE_URL\""])
        )
      )
    }
    if risk >= .high { tasks.append(Runbook.Task("Point-in-time recovery works; it reaches back to ____")) }
    return tasks
  }

  /// Whether the whole database is dumped before.
  var makesBackup: Bool {
    risk >= .medium || migrations.contains { $0.statements.contains { !$0.effects.losses.isEmpty } }
  }

  // MARK: - Watch

  var tasksToWatch: [Runbook.Task] {
    var tasks = [Runbook.Task("Who waits for whom", .sql(queries.blockers))]
    guard !relations.isEmpty else { return tasks }
    tasks.append(
      Runbook.Task("The queue before the tables at stake; abort when `longest` passes 5 seconds", .sql(queries.queue))
    )
    let causes = migrations.flatMap(\.statements).flatMap(\.effects.visibleToOthers).flatMap(\.work)
    if causes.contains(where: { $0.work == .indexBuild }) {
      tasks.append(Runbook.Task("How far an index build is", .sql(queries.indexProgress)))
    }
    if causes.contains(where: { if case .storage = $0.cause { true } else { false } }) {
      tasks.append(Runbook.Task("How far VACUUM FULL or CLUSTER is", .sql(queries.clusterProgress)))
    }
    let movesRows = migrations.contains { $0.statements.contains { $0.phase == .migrate } }
    if movesRows || causes.contains(where: { $0.work == .rewrite }) {
      tasks.append(Runbook.Task("Replicas keep up with what is written", .sql(queries.replication)))
    }
    tasks.append(Runbook.Task("The tables at stake, during and in the days after", .sql(queries.tables)))
    return tasks
  }
}

extension DataLoss {
  /// The table to dump.
  var table: QualifiedName? {
    switch self {
    case .table(let table), .column(_, let table), .rows(let table, _), .narrowing(_, let table): table
    case .object: nil
    }
  }
}
