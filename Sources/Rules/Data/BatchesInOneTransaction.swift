import Linting
import Syntax

struct BatchesInOneTransaction: StatementRule {
  let id = "batches-in-one-transaction"
  let summary = "A loop of batches without COMMIT keeps all rows locked to its end."
  let risk = Risk.medium
  let explanation = """
    A DO block and a function are one transaction, whatever loops they hold: rows of the first batch stay locked \
    until the last one is done, old versions of all rows stay in the table, and an error undoes everything. The loop \
    saves nothing that one UPDATE would not.

    COMMIT after each batch. It works in a DO block or a procedure that is not in a transaction: in a migration of \
    its own, which the runner sends without one.
    """
  let alternative = """
    DO $$
    BEGIN
      WHILE EXISTS (SELECT FROM users WHERE plan IS NULL) LOOP
        UPDATE users SET plan = 'free'
          WHERE plan IS NULL AND ctid IN (SELECT ctid FROM users WHERE plan IS NULL LIMIT 10000);
        COMMIT;
      END LOOP;
    END $$;
    """
  let reference = "https://www.postgresql.org/docs/current/plpgsql-transactions.html"
  private static let users = "CREATE TABLE users (id bigint PRIMARY KEY, plan text);"
  private static func block(_ commit: String) -> String {
    """
    DO $$
    BEGIN
      LOOP
        UPDATE users SET plan = 'free' WHERE id IN (SELECT id FROM users WHERE plan IS NULL LIMIT 1000);
        EXIT WHEN NOT FOUND;\(commit)
      END LOOP;
    END $$;
    """
  }
  let examples: [RuleExample] = [
    .bad("a block", history: [users], block("")),
    .bad(
      "row by row",
      history: [users],
      """
      DO $$
      DECLARE u record;
      BEGIN
        FOR u IN SELECT id FROM users WHERE plan IS NULL LOOP
          UPDATE users SET plan = 'free' WHERE id = u.id;
        END LOOP;
      END $$;
      """
    ),
    .good("that commits each", history: [users], transactionMode: .none, block("\n    COMMIT;")),
    .good(
      "few rows that the text names",
      history: [users],
      "DO $$ BEGIN FOR n IN 1..3 LOOP UPDATE users SET plan = 'free' WHERE id = n; END LOOP; END $$;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    if context.isNested { return [] }
    let loops = context.codeSteps.unboundedLoops.map(\.allStatements)
    guard !loops.isEmpty else { return [] }
    // What is no batch is told of where it stands.
    var seen: Set<DataChange> = []
    for nested in context.nested {
      guard case .dataChange(let change) = nested.statement.kind, change.changesRowsThere, nested.isVisible(change),
        nested.takesFewRows(change)
      else { continue }
      seen.insert(change)
    }
    for loop in loops where !loop.contains(where: \.isCommit) {
      for case .dataChange(let change) in loop where seen.contains(change) {
        let table = context.before.qualified(change.relation.name).displayName
        let fix = Finding.Fix("COMMIT after each batch" + context.committingAdvice)
        return [context.finding(self, .changing(table), fix: fix)]
      }
    }
    return []
  }
}

extension Statement.Kind {
  fileprivate var isCommit: Bool { if case .transaction(.commit) = self { true } else { false } }
}

extension DataChange {
  fileprivate var changesRowsThere: Bool { if case .insert = self { false } else { true } }
}

extension Finding.Message {
  fileprivate static func changing(_ table: String) -> Self {
    "this loop changes rows of \(table) in one transaction: all of them stay locked until the last one is done"
  }
}
