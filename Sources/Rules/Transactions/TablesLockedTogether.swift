import Catalog
import Execution
import Linting
import Syntax

struct TablesLockedTogether: MigrationRule {
  let id = "tables-locked-together"
  let summary = "One transaction locks three or more tables that are in use, one after the other."
  let risk = Risk.medium
  let explanation = """
    Each ALTER TABLE waits for its table while the transaction already keeps others from the tables before it; \
    adding or dropping a foreign key does the same to the table that it points to. Code that takes the same tables \
    in another order deadlocks with it: each waits for the other, until PostgreSQL ends the wait by failing one of \
    them.

    Lock one table a transaction. Where all must change at once, set lock_timeout and try again when it strikes.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN region text;
    -- next migration
    ALTER TABLE clips ADD COLUMN region text;
    -- next migration
    ALTER TABLE views ADD COLUMN region text;
    """
  let reference = "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS"
  let examples: [RuleExample] = [
    .bad(
      "three tables",
      history: ["CREATE TABLE users ();", "CREATE TABLE clips ();", "CREATE TABLE views ();"],
      "ALTER TABLE users ADD COLUMN region text;\nALTER TABLE clips ADD COLUMN region text;\n"
        + "ALTER TABLE views ADD COLUMN region text;"
    ),
    .good(
      "two",
      history: ["CREATE TABLE users ();", "CREATE TABLE clips ();"],
      "ALTER TABLE users ADD COLUMN region text;\nALTER TABLE clips ADD COLUMN region text;"
    ),
    .good(
      "each in a transaction of its own",
      history: ["CREATE TABLE users ();", "CREATE TABLE clips ();", "CREATE TABLE views ();"],
      transactionMode: .none,
      "ALTER TABLE users ADD COLUMN region text;\nALTER TABLE clips ADD COLUMN region text;\n"
        + "ALTER TABLE views ADD COLUMN region text;"
    ),
  ]

  static let few = 2

  func check(_ context: MigrationContext) -> [Finding] {
    context.transactions.compactMap { transaction in
      let locks = transaction.heldLocks.all.filter { $0.mode >= .shareRowExclusive && $0.isOfWholeTable(in: context) }
      guard locks.count > Self.few, let statement = context.statement(at: locks[Self.few].place) else { return nil }
      // By the names that they have at the end, when two of them may have swapped theirs.
      let names = locks.map(\.relation.displayName).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return context.finding(self, .locking(names), at: statement, fix: Self.fix)
    }
  }

  static let fix = Finding.Fix(
    "change one table a migration, foreign keys too; where they must change together, set lock_timeout first, and run the "
      + "migration again when it strikes"
  )
}

extension HeldLock {
  /// Whether it is on a table, and not on a partition, which is locked along with its table.
  fileprivate func isOfWholeTable(in context: MigrationContext) -> Bool {
    let catalogs = [context.start.catalog, context.end.catalog]
    if catalogs.contains(where: { $0.tables[relation]?.isPartition == true }) { return false }
    return switch catalogs.lazy.compactMap({ $0.kind(of: relation) }).first {
    case .table, .partitionedTable, nil: true
    default: false
    }
  }
}

extension MigrationContext {
  /// The statement that stands at a place; `nil` where that is in another file.
  fileprivate func statement(at place: HeldLock.Place) -> Int? {
    migration.script.statements.firstIndex { statement in
      let (file, range) = source.file(of: statement.range)
      return file.path == place.path && file.location(of: range.lowerBound).line == place.line
    }
  }
}

extension Finding.Message {
  fileprivate static func locking(_ tables: [String]) -> Self {
    let shown = tables.prefix(5) + (tables.count > 5 ? ["\(tables.count - 5) more"] : [])
    return """
      this transaction locks \(Array(shown).sentenceList) one after the other, all until it ends: code that uses \
      them in another order deadlocks with it
      """
  }
}
