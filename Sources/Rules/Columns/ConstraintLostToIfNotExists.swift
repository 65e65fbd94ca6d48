import Catalog
import Execution
import Linting
import Syntax

struct ConstraintLostToIfNotExists: StatementRule {
  let id = "constraint-lost-to-if-not-exists"
  let summary = "The column is already there, so its constraints are not added."
  let risk = Risk.medium
  let explanation = """
    Where the column exists, ADD COLUMN IF NOT EXISTS does nothing at all: it adds none of the constraints that are \
    written with the column, and says so only in a notice. Code that relies on them meets rows that they would have \
    kept out.

    Add what is missing by itself.
    """
  let alternative = """
    ALTER TABLE meetings ADD CONSTRAINT meetings_room_check CHECK (room <> '') NOT VALID;
    -- next migration
    ALTER TABLE meetings VALIDATE CONSTRAINT meetings_room_check;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-COLUMN"
  let examples: [RuleExample] = [
    .bad(
      "NOT NULL",
      history: ["CREATE TABLE meetings (room text);"],
      "ALTER TABLE meetings ADD COLUMN IF NOT EXISTS room text NOT NULL DEFAULT '';"
    ),
    .bad(
      "a foreign key",
      history: ["CREATE TABLE rooms (id bigint PRIMARY KEY);", "CREATE TABLE meetings (room_id bigint);"],
      "ALTER TABLE meetings ADD COLUMN IF NOT EXISTS room_id bigint REFERENCES rooms;"
    ),
    .good(
      "a column that has the constraint",
      history: ["CREATE TABLE meetings (room text NOT NULL UNIQUE);"],
      "ALTER TABLE meetings ADD COLUMN IF NOT EXISTS room text NOT NULL UNIQUE;"
    ),
    .good(
      "a column that is new",
      history: ["CREATE TABLE meetings (id bigint);"],
      "ALTER TABLE meetings ADD COLUMN IF NOT EXISTS room text NOT NULL DEFAULT '';"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    let name = context.before.qualified(alter.relation.name)
    guard let table = context.before.catalog.tables[name] else { return [] }
    return alter.actions.compactMap { action in
      guard case .addColumn(let column, ifNotExists: true) = action.kind, table.column(column.name) != nil else {
        return nil
      }
      let lost = column.constraints.filter { !isThere($0, of: column.name, in: table, context.before.catalog) }
      guard !lost.isEmpty else { return nil }
      return context.finding(
        self,
        .losing(lost.compactMap(\.words).sentenceList, column.name, of: name),
        at: action.range,
        fix: Finding.Fix("add what is missing by itself, in a way that lets reads and writes go on")
      )
    }
  }

  private func isThere(_ constraint: Constraint, of column: String, in table: Table, _ catalog: Catalog) -> Bool {
    switch constraint.kind {
    case .notNull: table.column(column)?.isNotNull == true
    case .primaryKey: table.primaryKey?.columns == [column]
    case .unique:
      catalog.indexes(of: table.name).compactMap(\.uniqueKey).contains {
        $0.elements == [.column(column)] && $0.predicate == nil
      }
    case .check(let condition, _):
      table.constraints.contains { $0.condition != nil && Set($0.columns) == Set(condition.columnNames) }
    case .foreignKey: table.constraints.contains { $0.referenced != nil && $0.columns == [column] }
    case .null, .default, .identity, .generated, .exclusion: true
    }
  }
}

extension Constraint {
  fileprivate var words: String? {
    switch kind {
    case .notNull: "NOT NULL"
    case .primaryKey: "primary key"
    case .unique: "UNIQUE"
    case .check: "check"
    case .foreignKey: "foreign key"
    default: nil
    }
  }
}

extension Finding.Message {
  fileprivate static func losing(_ constraints: String, _ column: String, of table: QualifiedName) -> Self {
    """
    \(column.quotedIdentifier) of \(table.displayName) is there already without \(constraints), and this adds \
    nothing to it
    """
  }
}
