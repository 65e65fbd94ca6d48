import Catalog
import Execution
import Linting
import Syntax

struct ColumnDropped: StatementRule {
  let id = "column-dropped"
  let alsoKnownAs = [
    "squawk: ban-drop-column", "atlas: DS103", "pgfence: drop-column", "strong_migrations: remove_column",
  ]
  let summary = "A dropped column takes its data with it, and running code that reads it breaks."
  let risk = Risk.high
  let tellsOfLoss = true
  let explanation = """
    The values are gone for good once the migration commits; no down migration brings them back. Code that runs during \
    the deployment and still names the column fails, and so does an ORM that lists all columns it once saw.

    Stop using the column in one deployment, and drop it in a later one. A column whose comment starts with \
    "deprecated" says that this has been done, and counts one step lower.
    """
  let alternative = """
    -- first deployment: no code reads or writes the column any more
    COMMENT ON COLUMN users.nickname IS 'deprecated: dropped in the next release';
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN"
  let examples: [RuleExample] = [
    .bad(
      "a column of a table that exists",
      history: ["CREATE TABLE users (id bigint, nickname text);"],
      "ALTER TABLE users DROP COLUMN nickname;"
    ),
    .bad(
      "one that is marked, at Medium",
      history: [
        "CREATE TABLE users (id bigint, nickname text);",
        "COMMENT ON COLUMN users.nickname IS 'deprecated: no longer read';",
      ],
      "ALTER TABLE users DROP COLUMN nickname;"
    ),
    .bad(
      "one that is made again with room for more",
      history: ["CREATE TABLE users (id bigint, nickname varchar(20));"],
      "ALTER TABLE users DROP COLUMN nickname;\nALTER TABLE users ADD COLUMN nickname varchar(50);"
    ),
    .bad(
      "with a foreign key, which locks the other table too",
      history: [
        "CREATE TABLE teams (id bigint PRIMARY KEY);",
        "CREATE TABLE users (id bigint, team_id bigint REFERENCES teams);",
      ],
      "ALTER TABLE users DROP COLUMN team_id;"
    ),
    .good(
      "a column that never was",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users DROP COLUMN IF EXISTS nickname;"
    ),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE users (id bigint, nickname text);\nALTER TABLE users DROP COLUMN nickname;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    let table = context.before.qualified(alter.relation.name)
    let losses = Set(context.effects.losses)
    return alter.actions.compactMap { action in
      guard case .dropColumn(let column, _, let cascades) = action.kind, losses.contains(.column(column, of: table))
      else { return nil }
      return context.finding(
        self,
        .dropping(
          column,
          of: table,
          with: dependants(of: column, on: table, cascades: cascades, in: context.before),
          locked: locked(by: column, of: table, in: context)
        ),
        at: action.range,
        risk: isMarked(column, of: table, before: context) ? .medium : nil,
        fix: context.fixByTypeChange(of: column, of: table) ?? fix(for: column, of: table, in: context),
        breaks: [.columnGone(column, of: table)],
        remainder: .losing(column, of: table)
      )
    }
  }

  /// Whether an earlier migration said that the column is no longer used.
  private func isMarked(_ column: String, of table: QualifiedName, before context: StatementContext) -> Bool {
    let comment = context.before.catalog.tables[table]?.column(column)?.comment
    guard comment?.lowercased().hasPrefix("deprecated") == true else { return false }
    return !context.migration.script.statements[..<context.index].contains { statement in
      guard case .comment(let comment) = statement.kind, comment.objectKind == .column else { return false }
      return comment.object.name.name == column && comment.object.relation.map(context.before.qualified) == table
    }
  }

  private func fix(for column: String, of table: QualifiedName, in context: StatementContext) -> Finding.Fix {
    let name = column.quotedIdentifier
    let last = Finding.Fix.Step(
      """
      -- sqllint:allow \(id) no code names it, and there is a backup
      ALTER TABLE \(table.portable) DROP COLUMN \(name);
      """,
      once: "no running code names \(name), and there is a backup of it"
    )
    let advice = "make sure that no running code names it, take a backup, and"
    let steps =
      locked(by: column, of: table, in: context).isEmpty
      ? [] : context.droppingKeysFirst(of: table, where: { $0.columns.contains(column) }, then: last)
    return steps.isEmpty
      ? Finding.Fix("\(advice) say so with the reason:\n-- sqllint:allow \(id) reason")
      : Finding.Fix("\(advice) \(StatementContext.keysFirst)", migrations: steps)
  }

  /// What goes with the column besides its values.
  private func dependants(
    of column: String,
    on table: QualifiedName,
    cascades: Bool,
    in database: Database
  ) -> [String] {
    let constraints = database.catalog.tables[table]?.constraints.filter { $0.columns.contains(column) } ?? []
    let indexes = database.catalog.indexes(of: table).filter { $0.columns.contains(column) && $0.constraint == nil }
    let views = cascades ? database.catalog.views(reading: column, of: table) : []
    return constraints.map { "constraint \($0.name.quotedIdentifier)" }
      + indexes.map { "index \($0.name.name.quotedIdentifier)" } + views.map { "view \($0.name.displayName)" }
  }

  /// The tables that the column's foreign keys point to.
  private func locked(by column: String, of table: QualifiedName, in context: StatementContext) -> [String] {
    let keys = context.before.catalog.tables[table]?.constraints.filter { $0.columns.contains(column) } ?? []
    let referenced = keys.compactMap(\.referenced)
    if referenced.isEmpty { return [] }
    return context.effects.visibleToOthers.filter { effect in
      effect.lock == .accessExclusive && effect.relation != table && referenced.contains(effect.relation)
    }.map(\.displayName)
  }
}

extension Finding.Message {
  fileprivate static func losing(_ column: String, of table: QualifiedName) -> Self {
    """
    dropping column \(column.quotedIdentifier) of \(table.displayName) loses its data for good, although a column of its \
    name is there at the end
    """
  }

  fileprivate static func dropping(
    _ column: String,
    of table: QualifiedName,
    with others: [String],
    locked: [String]
  ) -> Self {
    let also = others.isEmpty ? "" : ", takes \(others.sentenceList) with it,"
    let blocked = locked.isEmpty ? "" : "; it blocks reads and writes to \(locked.sentenceList) too, until it commits"
    return """
      dropping column \(column.quotedIdentifier) of \(table.displayName) loses its data for good\(also) and \
      breaks running code that names it\(blocked)
      """
  }
}
