import Catalog
import Execution
import Linting
import Syntax

struct ConstraintDropped: StatementRule {
  let id = "constraint-dropped"
  let alsoKnownAs = ["atlas: CD101"]
  let summary = "What the constraint kept out gets in, and adding it again may fail."
  let risk = Risk.medium
  let explanation = """
    Running code writes rows that the constraint would have refused, and code that relies on it reads them. Adding \
    it again fails as soon as there is one.

    A foreign key has triggers on both tables, so that dropping it locks both of them ACCESS EXCLUSIVE: nobody can \
    read or write either while it waits for its locks and holds them. Deployments have deadlocked with running code \
    over that.
    """
  let alternative = """
    -- what takes its place is there before it goes
    ALTER TABLE orders ADD CONSTRAINT orders_total_check2 CHECK (total >= 0) NOT VALID;
    -- next migrations
    ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check2;
    ALTER TABLE orders DROP CONSTRAINT orders_total_check;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-CONSTRAINT"
  let examples: [RuleExample] = [
    .bad(
      "a check",
      history: ["CREATE TABLE orders (total integer CONSTRAINT total_positive CHECK (total > 0));"],
      "ALTER TABLE orders DROP CONSTRAINT total_positive;"
    ),
    .bad(
      "a foreign key, which locks both tables",
      history: [
        "CREATE TABLE users (id bigint PRIMARY KEY);",
        "CREATE TABLE clips (user_id bigint CONSTRAINT clips_user REFERENCES users);",
      ],
      "ALTER TABLE clips DROP CONSTRAINT clips_user;"
    ),
    .good(
      "where another about the same columns is there",
      history: [
        "CREATE TABLE orders (total integer CONSTRAINT total_positive CHECK (total > 0));",
        "ALTER TABLE orders ADD CONSTRAINT total_not_negative CHECK (total >= 0) NOT VALID;",
        "ALTER TABLE orders VALIDATE CONSTRAINT total_not_negative;",
      ],
      "ALTER TABLE orders DROP CONSTRAINT total_positive;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE orders (total integer CONSTRAINT total_positive CHECK (total > 0));\n"
        + "ALTER TABLE orders DROP CONSTRAINT total_positive;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let gone = context.effects.breaks.compactMap { breakage -> (name: String, table: QualifiedName)? in
      if case .constraintGone(let name, let table) = breakage { (name, table) } else { nil }
    }
    guard let first = gone.first else { return [] }
    let known = context.before.catalog.tables[first.table]?.constraint(first.name)
    return [
      context.finding(
        self,
        gone.count == 1
          ? .dropping(first.name, known, of: first.table)
          : .dropping(gone.map { "\($0.name.quotedIdentifier) of \($0.table.displayName)" }),
        at: range(of: first.name, in: context),
        fix: Finding.Fix(
          known?.referenced == nil
            ? "add what takes its place first; where nothing does, make sure that no code relies on it, and say so with the "
              + "reason:\n-- sqllint:allow \(id) reason"
            : "make sure that no code relies on it, drop one key in a transaction, with a lock_timeout and another try when "
              + "it runs out, and say so with the reason:\n-- sqllint:allow \(id) reason"
        ),
        breaks: gone.map { .constraintGone($0.name, of: $0.table) }
      )
    ]
  }

  private func range(of constraint: String, in context: StatementContext) -> Range<Int>? {
    guard case .alterTable(let alter) = context.statement.kind else { return nil }
    let action = alter.actions.first { action in
      if case .dropConstraint(let name, _, _) = action.kind { name == constraint } else { false }
    }
    return action?.range
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ name: String, _ known: TableConstraint?, of table: QualifiedName) -> Self {
    guard let referenced = known?.referenced else {
      let kind = known?.condition == nil ? "constraint" : "check"
      return "without \(kind) \(name.quotedIdentifier), rows that it kept out get into \(table.displayName)"
    }
    let locked = referenced == table ? [table] : [table, referenced]
    return """
      without foreign key \(name.quotedIdentifier), rows of \(table.displayName) can point to nothing; dropping it blocks \
      reads and writes to \(locked.map(\.displayName).sentenceList) while it waits for the \(locked.count == 1 ? "lock" : "locks") \
      and holds \(locked.count == 1 ? "it" : "them")
      """
  }

  fileprivate static func dropping(_ constraints: [String]) -> Self {
    "without constraints \(constraints.sentenceList), rows that they kept out get in"
  }
}
