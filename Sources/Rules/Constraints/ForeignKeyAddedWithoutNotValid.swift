import Catalog
import Execution
import Linting
import Syntax

struct ForeignKeyAddedWithoutNotValid: StatementRule {
  let id = "foreign-key-added-without-not-valid"
  let alsoKnownAs = [
    "squawk: adding-foreign-key-constraint", "eugene: E1", "pgfence: add-constraint-fk-no-not-valid",
    "strong_migrations: add_foreign_key",
  ]
  let summary = "A new foreign key is checked for all rows while writes to both tables wait."
  let risk = Risk.high
  let explanation = """
    ADD FOREIGN KEY locks the referencing and the referenced table against writes (SHARE ROW EXCLUSIVE) and then looks up \
    every row of the one in the other.

    NOT VALID skips the rows that exist and holds the locks for a moment only; new rows are checked from then on. \
    VALIDATE CONSTRAINT, in a later migration, does the work while writes to both go on.
    """
  let alternative = """
    ALTER TABLE clips ADD CONSTRAINT clips_user_id_fkey
      FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
    -- next migration
    ALTER TABLE clips VALIDATE CONSTRAINT clips_user_id_fkey;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "without NOT VALID",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE clips (user_id bigint);"],
      "ALTER TABLE clips ADD CONSTRAINT clips_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);"
    ),
    .bad(
      "one without a name",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE clips (user_id bigint);"],
      "ALTER TABLE clips ADD FOREIGN KEY (user_id) REFERENCES users;"
    ),
    .bad(
      "in place of one that says the same under another name",
      history: [
        "CREATE TABLE users (id bigint PRIMARY KEY);",
        "CREATE TABLE clips (user_id bigint CONSTRAINT clip_user REFERENCES users ON DELETE CASCADE);",
        "CREATE INDEX clips_user_id_idx ON clips (user_id);",
      ],
      "ALTER TABLE clips DROP CONSTRAINT clip_user,\n"
        + "  ADD CONSTRAINT clips_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;"
    ),
    .bad(
      "of a partitioned table, on every partition",
      history: [
        "CREATE TABLE users (id bigint PRIMARY KEY);",
        "CREATE TABLE views (user_id bigint, at date) PARTITION BY RANGE (at);",
        "CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
        "CREATE TABLE views_rest PARTITION OF views DEFAULT;",
      ],
      "ALTER TABLE views ADD CONSTRAINT views_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);"
    ),
    .good(
      "NOT VALID, and validated apart",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);", "CREATE TABLE clips (user_id bigint PRIMARY KEY);"],
      transactionMode: .none,
      "ALTER TABLE clips ADD CONSTRAINT clips_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n"
        + "ALTER TABLE clips VALIDATE CONSTRAINT clips_user_id_fkey;"
    ),
    .good(
      "from a table made in the same migration",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "CREATE TABLE clips (user_id bigint PRIMARY KEY);\n"
        + "ALTER TABLE clips ADD FOREIGN KEY (user_id) REFERENCES users (id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let validations = context.visibleWork(.foreignKeyValidation)
    if validations.isEmpty { return [] }
    let visible = Dictionary(context.effects.visibleToOthers.map { ($0.relation, $0) }) { first, _ in first }
    return validations.compactMap { work in
      guard case .foreignKey(let name, _, let referenced) = work.item.cause, let action = context.action(of: work.item),
        case .addConstraint = action.kind
      else { return nil }
      return context.finding(
        self,
        .validating(name, visible[referenced], work),
        at: action.range,
        fix: context.keepingOthers(context.fixByNotValid(action), besides: action)
      )
    }
  }
}

extension Finding.Message {
  /// `referenced` is the other table, where others use it.
  fileprivate static func validating(_ name: String?, _ referenced: Effect?, _ work: VisibleWork) -> Self {
    let key = name.map { "foreign key \($0.quotedIdentifier)" } ?? "this foreign key"
    let table = work.effects.map(\.displayName).sentenceList
    let traffic = work.relation.lock.stoppedTraffic ?? "schema changes"
    let others = [referenced].compactMap(\.self).filter { !work.effects.contains($0) }
    let tables = (work.effects + others).map(\.displayName)
    return "checking every row of \(table) for \(key) blocks \(traffic) to \(tables.sentenceList)"
  }
}
