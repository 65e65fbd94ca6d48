import Linting
import Syntax

struct UniqueConstraintBuildsIndex: StatementRule {
  let id = "unique-constraint-builds-index"
  let alsoKnownAs = [
    "squawk: disallowed-unique-constraint", "eugene: E7", "atlas: PG105", "pgfence: add-constraint-unique",
    "strong_migrations: add_unique_constraint",
  ]
  let summary = "A new UNIQUE constraint builds its index while reads and writes wait."
  let risk = Risk.high
  let explanation = """
    ADD CONSTRAINT … UNIQUE builds an index under an ACCESS EXCLUSIVE lock: nobody can read or write the table until it \
    is finished. NOT VALID does not exist for unique constraints.

    Build a unique index CONCURRENTLY first; the constraint then takes it over with USING INDEX, in a moment.
    """
  let alternative = """
    CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
    -- next migration
    ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;
    """
  let reference =
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"
  let examples: [RuleExample] = [
    .bad(
      "that builds its own index",
      history: ["CREATE TABLE users (email text);"],
      "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);"
    ),
    .bad(
      "one without a name",
      history: ["CREATE TABLE users (email text, realm text);"],
      "ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (realm, email);"
    ),
    .bad(
      "of a column that the same statement adds, in place of an older one",
      history: [
        "CREATE TABLE users (email text, CONSTRAINT users_key UNIQUE (email));",
        "CREATE UNIQUE INDEX CONCURRENTLY users_email_idx ON users (email);",
      ],
      "ALTER TABLE users DROP CONSTRAINT users_key, ADD COLUMN realm text, ADD CONSTRAINT users_key UNIQUE (realm, email);"
    ),
    .bad(
      "of a partitioned table",
      history: [
        "CREATE TABLE views (id bigint, at date) PARTITION BY RANGE (at);",
        "CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      ],
      "ALTER TABLE views ADD CONSTRAINT views_key UNIQUE (id, at);"
    ),
    .good(
      "that takes over an index",
      history: [
        "CREATE TABLE users (email text);",
        "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);",
      ],
      "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE users (email text);\nALTER TABLE users ADD UNIQUE (email);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.indexBuild).compactMap { work in
      guard case .unique(let name, nil) = work.item.cause, let action = context.action(of: work.item),
        case .addConstraint(let constraint) = action.kind, case .unique(let key) = constraint.kind
      else { return nil }
      return context.finding(
        self,
        .building(name, work),
        at: action.range,
        fix: context.keepingOthers(fix(constraint, key, action, in: context), besides: action)
      )
    }
  }

  private func fix(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    _ action: AlterTable.Action,
    in context: StatementContext
  ) -> Finding.Fix? {
    guard case .alterTable(let alter) = context.statement.kind, let name = context.nameOfConstraint(addedBy: action)
    else {
      return nil
    }
    let table = context.before.portable(alter.relation.name)
    guard context.before.table(table)?.kind != .partitionedTable else {
      return partitionedFix(constraint, key, action, name, in: context)
    }
    let recipe = ConstraintRecipes(table: table, name: name)
    let needed = context.actionsNeeded(by: constraint)
    let start: [Finding.Fix.Step]? = needed.map {
      $0.isEmpty ? [] : ["ALTER TABLE \(table) \($0.joined(separator: ",\n  "));"]
    }
    return Finding.Fix(
      "build a unique index CONCURRENTLY\(context.aloneAdvice), and let the constraint take it over in the next one",
      migrations: start.map { $0 + recipe.key(constraint, key, columns: key.columns, isPrimary: false) } ?? []
    )
  }

  private func partitionedFix(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    _ action: AlterTable.Action,
    _ name: String,
    in context: StatementContext
  ) -> Finding.Fix? {
    guard case .alterTable(let alter) = context.statement.kind, let definition = context.constraintText(addedBy: action)
    else {
      return nil
    }
    let table = context.before.portable(alter.relation.name)
    let after = context.after
    let partitions = context.leaves(of: table).compactMap { partition in
      after.table(partition)?.constraints.last { $0.isKey && $0.columns == key.columns }
        .map { ConstraintRecipes(table: partition, name: $0.name) }
    }
    return Finding.Fix(
      "a partitioned table cannot take over an index, but its partitions can: build theirs CONCURRENTLY\(context.aloneAdvice), and "
        + "add the constraint to them and then to \(table), which finds them there",
      migrations: ConstraintRecipes(table: table, name: name)
        .unique(constraint, key, definition: definition, onEachOf: partitions)
    )
  }
}

extension Finding.Message {
  fileprivate static func building(_ name: String?, _ work: VisibleWork) -> Self {
    let constraint = name.map { "constraint \($0.quotedIdentifier)" } ?? "this unique constraint"
    return "building the index of \(constraint) \(work.relation.blocking) until it is done"
  }
}
