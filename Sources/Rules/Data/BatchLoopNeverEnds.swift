import Catalog
import Linting
import Syntax

struct BatchLoopNeverEnds: StatementRule {
  let id = "batch-loop-never-ends"
  let summary = "The condition that should end a loop of batches never becomes true."
  let risk = Risk.high
  let explanation = """
    FOUND tells of the statement that ran last: after PERFORM pg_sleep(…), which gives a row each time, it is true, whatever \
    the UPDATE before it did. And an UPDATE that picks its rows by a condition that it does not change finds the same rows \
    again and again. Both loops run until somebody ends them, and write all the time.

    Test FOUND right behind the change, or count its rows with GET DIAGNOSTICS; pick only rows that are yet to be changed.
    """
  let alternative = """
    DO $$
    BEGIN
      WHILE EXISTS (SELECT FROM users WHERE plan IS NULL) LOOP
        UPDATE users SET plan = 'free'
          WHERE plan IS NULL AND ctid IN (SELECT ctid FROM users WHERE plan IS NULL LIMIT 10000);
        COMMIT;
        PERFORM pg_sleep(0.1);
      END LOOP;
    END $$;
    """
  let reference = "https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-DIAGNOSTICS"
  private static let users = "CREATE TABLE users (id bigint PRIMARY KEY, plan text, region text);"
  private static func procedure(_ body: String) -> String {
    "CREATE PROCEDURE fill_plans() LANGUAGE plpgsql AS $$\nBEGIN\n  LOOP\n    \(body)\n    COMMIT;\n  END LOOP;\nEND $$;"
  }
  private static let update =
    "UPDATE users SET plan = 'free' WHERE id IN (SELECT id FROM users WHERE plan IS NULL LIMIT 10);"
  let examples: [RuleExample] = [
    .bad(
      "FOUND of something else",
      history: [users],
      procedure("\(update)\n    PERFORM pg_sleep(0.1);\n    EXIT WHEN NOT FOUND;")
    ),
    .bad(
      "the same rows again",
      history: [users],
      procedure(
        "UPDATE users SET plan = 'free' WHERE id IN (SELECT id FROM users WHERE region = 'eu' LIMIT 10);\n"
          + "    EXIT WHEN NOT FOUND;"
      )
    ),
    .good(
      "FOUND of the change",
      history: [users],
      procedure("\(update)\n    EXIT WHEN NOT FOUND;\n    PERFORM pg_sleep(0.1);")
    ),
    .good(
      "another way out",
      history: [users],
      procedure("\(update)\n    PERFORM pg_sleep(0.1);\n    EXIT WHEN NOT FOUND OR now() > '2027-01-01';")
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let steps: [EmbeddedCode.Step]
    switch context.statement.kind {
    case .anonymousBlock(let block): steps = block.code.steps
    case .createFunction(let function):
      guard function.body?.mentions("exit") == true else { return [] }
      steps = function.code.steps
    default: return []
    }
    for loop in steps.unboundedLoops {
      guard let end = LoopEnd(of: loop, in: context.before) else { continue }
      return [context.finding(self, .running(end), fix: Finding.Fix(end.advice))]
    }
    return []
  }
}

/// Why a loop does not end.
private enum LoopEnd {
  /// FOUND is that of a query which always gives a row.
  case asksAnotherStatement
  /// The rows that are changed fulfil the condition afterwards too.
  case keepsItsRows(of: QualifiedName)

  /// `nil` where it ends, or nobody knows.
  init?(of loop: [EmbeddedCode.Step], in database: Database) {
    guard loop.exits == 1 else { return nil }
    var last: Statement.Kind?
    var change: DataChange?
    for step in loop {
      switch step {
      case .run(let parts, _):
        last = parts.count == 1 ? parts[0].kind : nil
        if case .dataChange(let made)? = last { change = made }
        // Transaction commands leave FOUND as it is.
        if case .transaction? = last { last = change.map(Statement.Kind.dataChange) }
      case .exit(let condition?, continues: false):
        guard condition.expression == .not(.column(ColumnReference(parts: ["found"]))), let change else { return nil }
        if case .query(.select(let select))? = last, select.from.isEmpty, select.condition == nil {
          self = .asksAnotherStatement
        } else if last == .dataChange(change), database.leavesItsRows(change) {
          self = .keepsItsRows(of: database.qualified(change.relation.name))
        } else {
          return nil
        }
        return
      case .assign, .evaluate: break
      default: last = nil
      }
    }
    return nil
  }

  var advice: String {
    switch self {
    case .asksAnotherStatement: "test FOUND right behind the change, before the next statement"
    case .keepsItsRows: "pick only the rows that are yet to be changed, by the value that they have before"
    }
  }
}

extension [EmbeddedCode.Step] {
  /// How many ways lead out of it.
  fileprivate var exits: Int {
    reduce(0) { sum, step in
      switch step {
      case .exit(_, continues: false), .end, .fail: sum + 1
      default: sum + step.innerSteps.reduce(0) { $0 + $1.exits }
      }
    }
  }
}

extension Database {
  /// Whether rows that an UPDATE picked are picked again: its sub-select asks for nothing that it sets.
  fileprivate func leavesItsRows(_ change: DataChange) -> Bool {
    guard case .update(let update) = change, update.from.isEmpty,
      case .subquery(let subquery)? = update.condition, subquery.form == .any,
      case .select(let select) = subquery.query, select.from == [.relation(update.relation)],
      select.tail.limit != nil, select.tail.offset == nil, let table = table(update.relation.name),
      table.triggers.isEmpty, !table.isAssumed
    else { return false }
    let asked = select.condition?.columnNames ?? []
    let set = update.assignments.flatMap(\.columns)
    return asked.allSatisfy { table.column($0) != nil && !set.contains($0) }
  }
}

extension Finding.Message {
  fileprivate static func running(_ end: LoopEnd) -> Self {
    switch end {
    case .asksAnotherStatement:
      "this loop never ends: FOUND is that of the query before EXIT, which always gives a row, and not of the change"
    case .keepsItsRows(let table):
      """
      this loop never ends: what its UPDATE sets does not change which rows of \(table.displayName) it picks, so that it \
      finds them again
      """
    }
  }
}
