import Catalog
import Execution
import Syntax

extension Statement.Kind {
  /// The command's words, where PostgreSQL refuses it inside a transaction block; `nil` where it does not.
  ///
  /// Source: the callers of `PreventInTransactionBlock`; the test holds the list against a live server.
  package func refusedInBlock(in database: Database) -> String? {
    switch self {
    case .createIndex(let index): index.isConcurrent ? "CREATE INDEX CONCURRENTLY" : nil
    case .drop(let drop): drop.isConcurrent ? "DROP INDEX CONCURRENTLY" : nil
    case .reindex(let reindex): reindex.refusedInBlock(in: database)
    case .alterTable(let alter):
      alter.actions.contains {
        if case .detachPartition(_, concurrently: true) = $0.kind { true } else { false }
      } ? "DETACH PARTITION … CONCURRENTLY" : nil
    case .vacuum(let vacuum): vacuum.isVacuum ? "VACUUM" : nil
    case .cluster(let cluster): cluster.refusedInBlock(in: database)
    case .createDatabase: "CREATE DATABASE"
    case .dropDatabase: "DROP DATABASE"
    case .alterDatabase(let database):
      database.options.contains { $0.name == "tablespace" } ? "ALTER DATABASE … SET TABLESPACE" : nil
    case .createTablespace: "CREATE TABLESPACE"
    case .dropTablespace: "DROP TABLESPACE"
    case .set(let parameter): parameter.scope == .system ? "ALTER SYSTEM" : nil
    case .createSubscription(let subscription): subscription.makesSlot ? "CREATE SUBSCRIPTION" : nil
    case .alterSubscription(let subscription):
      subscription.refreshesPublications ? "ALTER SUBSCRIPTION with a refresh" : nil
    // It has a slot unless ALTER SUBSCRIPTION took it away, which the schema does not hold.
    case .dropSubscription: "DROP SUBSCRIPTION"
    case .transaction(.commitPrepared): "COMMIT PREPARED"
    case .transaction(.rollbackPrepared): "ROLLBACK PREPARED"
    case .discard(let discard): discard == .all ? "DISCARD ALL" : nil
    default: nil
    }
  }
}

extension String {
  /// Whether SQL may hold a command that must run outside of a transaction; read off its words, since nearly all SQL holds
  /// none of them, and to parse it takes its time.
  package var mayHoldCommandOutsideTransaction: Bool {
    utf8.split { ($0 | 0x20) < 0x61 || ($0 | 0x20) > 0x7A }.contains { word in
      Self.wordsOutsideTransactions.contains { $0.utf8.elementsEqual(word.lazy.map { $0 | 0x20 }) }
    }
  }

  /// One at least is in each of the commands of ``Statement/Kind/refusedInBlock(in:)``, and of those that begin and end
  /// transactions; code may do so too.
  private static let wordsOutsideTransactions = [
    "concurrently", "reindex", "vacuum", "cluster", "database", "tablespace", "system", "subscription", "discard",
    "begin",
    "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare", "prepared", "do", "call",
  ]
}

extension Reindex {
  fileprivate func refusedInBlock(in database: Database) -> String? {
    if isConcurrent { return "REINDEX CONCURRENTLY" }
    switch target {
    case .schema: return "REINDEX SCHEMA"
    case .database: return "REINDEX DATABASE"
    case .system: return "REINDEX SYSTEM"
    case .table(let table):
      let kind = database.catalog.kind(of: database.qualified(table.name))
      return kind == .partitionedTable ? "REINDEX TABLE of a partitioned table" : nil
    case .index(let index):
      let table = database.index(index.name)?.table
      return table.flatMap(database.catalog.kind) == .partitionedTable ? "REINDEX INDEX of a partitioned table" : nil
    }
  }
}

extension Cluster {
  fileprivate func refusedInBlock(in database: Database) -> String? {
    guard let relation else { return "CLUSTER without a table" }
    let kind = database.catalog.kind(of: database.qualified(relation.name))
    return kind == .partitionedTable ? "CLUSTER of a partitioned table" : nil
  }
}

extension SubscriptionDefinition {
  /// Whether the command makes a replication slot, which it does unless told otherwise.
  fileprivate var makesSlot: Bool {
    !options.contains { option in
      (option.name == "create_slot" || option.name == "connect")
        && ["false", "off", "0", "no"].contains(option.value?.lowercased())
    }
  }
}
