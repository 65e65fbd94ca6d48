import Catalog
import Execution
import Linting
import Syntax

struct ConstraintValidatedInSameTransaction: StatementRule {
  let id = "constraint-validated-in-same-transaction"
  let alsoKnownAs = ["squawk: constraint-missing-not-valid"]
  let summary = "A constraint is validated while its table is still locked."
  let risk = Risk.high
  let explanation = """
    NOT VALID and VALIDATE CONSTRAINT spare others the wait only in separate transactions. In one, the lock that ADD \
    CONSTRAINT took is held while VALIDATE reads every row: others wait as long as for a plain ADD CONSTRAINT.

    A runner that sends a file in one transaction or in one query holds the lock to the end of the file.
    """
  let alternative = """
    ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0) NOT VALID;
    -- next migration
    ALTER TABLE users VALIDATE CONSTRAINT users_age_check;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "in the file that adds it",
      history: ["CREATE TABLE users (age integer);"],
      "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0) NOT VALID;\n"
        + "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
    ),
    .bad(
      "a foreign key, which keeps writes waiting",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE clips (user_id bigint);"],
      "ALTER TABLE clips ADD CONSTRAINT clips_user_id_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;\n"
        + "ALTER TABLE clips VALIDATE CONSTRAINT clips_user_id_fkey;"
    ),
    .good(
      "in the next migration",
      history: [
        "CREATE TABLE users (age integer);",
        "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0) NOT VALID;",
      ],
      "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
    ),
    .good(
      "each in a transaction of its own",
      history: ["CREATE TABLE users (age integer);"],
      transactionMode: .none,
      "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0) NOT VALID;\n"
        + "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.effects.relations.flatMap { effect in
      guard effect.isWaitedFor, !effect.work.isEmpty else { return [Finding]() }
      let felt = context.felt(effect)
      guard felt.lock >= .share else { return [] }
      return effect.work.compactMap { item in
        guard case .validation(let constraint) = item.cause else { return nil }
        let line = context.transaction.heldLocks[effect.relation]?.place.line
        return context.finding(
          self,
          .validating(constraint, felt, since: felt.lock > effect.lock ? line : nil),
          at: context.action(of: item)?.range,
          fix: Finding.Fix("leave ADD CONSTRAINT … NOT VALID here, and validate the constraint in the next migration")
        )
      }
    }
  }
}

extension Finding.Message {
  fileprivate static func validating(_ constraint: String, _ felt: Effect, since line: Int?) -> Self {
    let traffic = felt.lock.stoppedTraffic ?? "schema changes"
    let reason =
      line.map { ", as line \($0) of the same transaction locked it" } ?? ", as the same ALTER TABLE locks it"
    return
      "validating \(constraint.quotedIdentifier) reads every row of \(felt.displayName) while \(traffic) wait\(reason)"
  }
}
