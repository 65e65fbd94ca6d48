import Catalog
import Execution
import Linting
import Syntax

struct PrimaryKeyDropped: StatementRule {
  let id = "primary-key-dropped"
  let summary = "Without a primary key UPDATE and DELETE of a replicated table fail."
  let risk = Risk.high
  let explanation = """
    Logical replication tells rows apart by the primary key. Once it is gone, every UPDATE and DELETE of a table \
    that a publication holds is refused, unless REPLICA IDENTITY says what else to use. ON CONFLICT with its columns \
    is refused as well, nothing keeps duplicates out, and queries by key read the whole table.

    Where another key takes its place, build that one's index CONCURRENTLY first, and change both in one ALTER TABLE.
    """
  let alternative = """
    CREATE UNIQUE INDEX CONCURRENTLY clips_new_pkey ON clips (public_id);
    -- next migration: public_id is NOT NULL
    ALTER TABLE clips DROP CONSTRAINT clips_pkey, ADD CONSTRAINT clips_new_pkey PRIMARY KEY USING INDEX \
    clips_new_pkey;
    """
  let reference = "https://www.postgresql.org/docs/current/logical-replication-publication.html"
  let examples: [RuleExample] = [
    .bad(
      "of a table that exists",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY);"],
      "ALTER TABLE clips DROP CONSTRAINT clips_pkey;"
    ),
    .bad(
      "under a name of its own",
      history: ["CREATE TABLE clips (id bigint, CONSTRAINT clip_number PRIMARY KEY (id));"],
      "ALTER TABLE clips DROP CONSTRAINT IF EXISTS clip_number;"
    ),
    .good(
      "in favour of one whose index is there",
      history: [
        "CREATE TABLE clips (id bigint PRIMARY KEY, public_id uuid NOT NULL);",
        "CREATE UNIQUE INDEX CONCURRENTLY clips_id_key ON clips (id);",
        "CREATE UNIQUE INDEX CONCURRENTLY clips_new_pkey ON clips (public_id);",
      ],
      "ALTER TABLE clips DROP CONSTRAINT clips_pkey,\n"
        + "  ADD CONSTRAINT clips_new_pkey PRIMARY KEY USING INDEX clips_new_pkey;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE clips (id bigint PRIMARY KEY);\nALTER TABLE clips DROP CONSTRAINT clips_pkey;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.effects.breaks.compactMap { breakage in
      guard case .primaryKeyGone(let table) = breakage else { return nil }
      return context.finding(
        self,
        .dropping(context.before.catalog.tables[table]?.primaryKey, of: table),
        fix: Finding.Fix(
          "if another key takes its place, build that one's unique index CONCURRENTLY first, and then drop the one and add "
            + "the other with USING INDEX in one ALTER TABLE"
        ),
        breaks: [breakage]
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func dropping(_ key: TableConstraint?, of table: QualifiedName) -> Self {
    let columns = key.map { "(\($0.columns.map(\.quotedIdentifier).joined(separator: ", ")))" } ?? "its columns"
    return """
      without its primary key, UPDATE and DELETE of \(table.displayName) fail where it is replicated, ON CONFLICT \
      \(columns) of running code fails, and nothing keeps duplicates out
      """
  }
}
