import Catalog
import Execution
import Linting
import Syntax

struct TableLockedExplicitly: StatementRule {
  let id = "table-locked-explicitly"
  let alsoKnownAs = ["pgfence: lock-table"]
  let summary = "LOCK TABLE keeps others out until the transaction ends, whatever follows it."
  let risk = Risk.medium
  let explanation = """
    PostgreSQL takes the locks that a statement needs by itself, as weak and as late as it can. LOCK TABLE takes them at \
    once and holds them to the end of the transaction; without a mode it is ACCESS EXCLUSIVE, which stops reads too. \
    While it waits for queries that run, every later one waits behind it.

    Take the weakest mode that does: ROW EXCLUSIVE keeps the table from being altered or dropped and lets all reads and \
    writes go on. Set a lock_timeout, so that it gives up instead of keeping a queue waiting.
    """
  let alternative = """
    SET LOCAL lock_timeout = '2s';
    LOCK TABLE accounts IN ROW EXCLUSIVE MODE;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-lock.html"
  let examples: [RuleExample] = [
    .bad(
      "without a mode",
      history: ["CREATE TABLE accounts (id bigint);"],
      "LOCK TABLE accounts;\nSELECT 1;"
    ),
    .bad(
      "against writes to two tables",
      history: ["CREATE TABLE accounts (id bigint);", "CREATE TABLE users (id bigint);"],
      "LOCK TABLE accounts, users IN SHARE MODE;\nSELECT 1;"
    ),
    .good(
      "in a mode that reads and writes do not notice",
      history: ["CREATE TABLE accounts (id bigint);"],
      "LOCK TABLE accounts IN ROW EXCLUSIVE MODE;\nSELECT 1;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE accounts (id bigint);\nLOCK TABLE accounts;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .lockTable = context.statement.kind else { return [] }
    let locked = context.effects.visibleToOthers.filter { $0.lock >= .share }
    guard let mode = locked.map(\.lock).max() else { return [] }
    return [
      context.finding(
        self,
        .locking(locked, mode),
        fix: Finding.Fix(
          "leave it out, as each statement locks what it needs; where the order of locks matters, take the weakest mode "
            + "that does, after SET LOCAL lock_timeout"
        )
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func locking(_ tables: [Effect], _ mode: LockMode) -> Self {
    """
    this blocks \(mode.stoppedTraffic ?? "schema changes") to \(tables.map(\.displayName).shortList) from here until the \
    transaction ends
    """
  }
}
