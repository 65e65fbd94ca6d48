import Catalog
import Execution
import Linting
import Syntax

struct WorkUnderExclusiveLock: MigrationRule {
  let id = "work-under-exclusive-lock"
  let summary = "A statement works on every row while another table stays locked."
  let risk = Risk.high
  let explanation = """
    Locks are held until the transaction ends. A statement that reads, rewrites or indexes a whole table makes \
    everybody who needs a table that an earlier statement of its transaction locked wait, although that statement \
    itself took a moment.

    Give long work a migration of its own, or let it come first.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN plan text;
    -- next migration
    CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);
    """
  let reference = "https://www.postgresql.org/docs/current/explicit-locking.html"
  let examples: [RuleExample] = [
    .bad(
      "an index, built while another table is locked",
      history: ["CREATE TABLE users (id bigint);", "CREATE TABLE clips (user_id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text;\nCREATE INDEX clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "a table made in the same migration",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text;\nCREATE TABLE clips (user_id bigint);\n"
        + "CREATE INDEX clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "short work only",
      history: ["CREATE TABLE users (id bigint);", "CREATE TABLE clips (user_id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text;\nALTER TABLE clips ADD COLUMN length integer;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    // One finding a transaction: all of its statements have the same cure.
    var found: [Int: [Work]] = [:]
    for (index, report) in context.statements.enumerated() {
      if let work = Work(of: report, at: index) {
        found[report.transaction, default: []].append(work)
      }
    }
    return found.sorted { $0.key < $1.key }.compactMap { _, works in
      guard let first = works.first else { return nil }
      let tables = works.map(\.table).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return context.finding(
        self,
        .working(on: tables, while: first.held.waiting(in: context.source)),
        at: first.statement,
        risk: first.held.contains { $0.mode == .accessExclusive } ? nil : .medium,
        fix: Self.fix
      )
    }
  }

  /// Work of a statement on a table while others are locked.
  private struct Work {
    let statement: Int
    let table: String
    let held: [HeldLock]

    init?(of report: StatementReport, at index: Int) {
      let effects = report.effects.visibleToOthers
      let worked = effects.filter { !$0.work.isEmpty && $0.kind != .index }
      // That the table itself is locked is told with the work on it.
      let held = report.heldLocks.filter { lock in
        !effects.contains { $0.relation == lock.relation && ($0.lock >= lock.mode || !$0.work.isEmpty) }
      }
      guard let first = worked.first, !held.isEmpty else { return nil }
      statement = index
      table = first.displayName
      self.held = held
    }
  }

  static let fix = Finding.Fix("give this work a migration of its own, so that those locks are over when it begins")
}

extension Finding.Message {
  fileprivate static func working(on tables: [String], while waiting: String) -> Self {
    let shown = tables.prefix(3) + (tables.count > 3 ? ["\(tables.count - 3) more"] : [])
    return "this transaction works on every row of \(Array(shown).sentenceList) while \(waiting)"
  }
}
