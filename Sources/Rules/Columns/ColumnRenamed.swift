import Catalog
import Execution
import Linting
import Syntax

struct ColumnRenamed: StatementRule {
  let id = "column-renamed"
  let alsoKnownAs = [
    "squawk: renaming-column", "atlas: BC102", "pgfence: rename-column", "strong_migrations: rename_column",
  ]
  let summary = "Running code that uses the column's old name breaks at once."
  let risk = Risk.high
  let explanation = """
    A rename is instant for the database and instant for its users: every query of the code that runs now and names the \
    column fails from the moment the migration commits until the new code is everywhere.

    Add a column under the new name, keep both equal while old and new code run side by side, and drop the old one in a \
    later deployment.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN display_name text;
    -- keep both equal by a trigger, fill old rows in batches, switch the code, drop the old column later
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-RENAME"
  let examples: [RuleExample] = [
    .bad(
      "a column of a table that exists",
      history: ["CREATE TABLE users (name text);"],
      "ALTER TABLE users RENAME COLUMN name TO display_name;"
    ),
    .bad(
      "a new column under the old name",
      history: ["CREATE TABLE users (name text);"],
      "ALTER TABLE users RENAME COLUMN name TO full_name;\nALTER TABLE users ADD COLUMN name text;"
    ),
    .bad(
      "with all that can hang on one",
      history: [
        "CREATE TABLE teams (id bigint PRIMARY KEY);",
        """
        CREATE TABLE users (realm text, id serial, team_id bigint NOT NULL DEFAULT 1 REFERENCES teams, rank integer,
          PRIMARY KEY (realm, id), UNIQUE (rank, team_id), CONSTRAINT ranked CHECK (team_id >= 0 OR rank > 0));
        CREATE INDEX users_team_idx ON users ((team_id % 10)) WHERE team_id > 0;
        """,
      ],
      "ALTER TABLE users RENAME COLUMN team_id TO group_id;"
    ),
    .bad(
      "in a primary key that a sequence fills",
      history: ["CREATE TABLE users (id serial PRIMARY KEY, profile json);"],
      "ALTER TABLE users RENAME COLUMN id TO number;"
    ),
    .good(
      "a swap, which leaves a column of each name",
      history: ["CREATE TABLE users (id integer, id_big bigint NOT NULL DEFAULT 0);"],
      "ALTER TABLE users RENAME COLUMN id TO id_old;\nALTER TABLE users RENAME COLUMN id_big TO id;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE users (name text);\nALTER TABLE users RENAME COLUMN name TO display_name;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .rename(let rename) = context.statement.kind, rename.objectKind == .column else { return [] }
    return context.effects.breaks.compactMap { breakage in
      guard case .columnRenamed(let old, let table, let new) = breakage else { return nil }
      return context.finding(
        self,
        .renaming(old, of: table, to: new),
        fix: rename.relation.flatMap { fix(for: old, of: $0.name, to: new, in: context) },
        breaks: [breakage],
        remainder: .hiding(old, of: table, in: new)
      )
    }
  }

  private func fix(
    for old: String,
    of given: QualifiedName,
    to new: String,
    in context: StatementContext
  ) -> Finding.Fix {
    let (table, name, newName) = (context.before.portable(given), old.quotedIdentifier, new.quotedIdentifier)
    if let replacement = ColumnReplacement(renaming: old, to: new, of: table, in: context) {
      return Finding.Fix(
        "add a column under the new name, keep both equal by a trigger, fill old rows in batches, let the code use the new "
          + "one, and drop the old one in a later deployment" + context.committingAdvice,
        migrations: replacement.steps(
          once: "all running code uses \(newName), and none of it \(name) any more",
          keepingEqual: true
        )
      )
    }
    let obstacles = ColumnReplacement.obstacles(to: old, of: table, in: context.before)
    return Finding.Fix(
      "add a column under the new name, keep both equal by a trigger, fill old rows in batches, make anew on it "
        + (obstacles.isEmpty ? "what hangs on the old one" : obstacles.sentenceList)
        + ", let the code use the new one, and drop the old one in a later deployment"
    )
  }
}

extension Finding.Message {
  fileprivate static func renaming(_ old: String, of table: QualifiedName, to new: String) -> Self {
    """
    renaming column \(old.quotedIdentifier) of \(table.displayName) to \(new.quotedIdentifier) breaks running code that \
    uses the old name
    """
  }

  fileprivate static func hiding(_ old: String, of table: QualifiedName, in new: String) -> Self {
    """
    renaming column \(old.quotedIdentifier) of \(table.displayName) to \(new.quotedIdentifier) hides its values from \
    running code: the column that is made under the old name has none of them
    """
  }
}
