import Catalog
import Execution
import Linting
import Syntax

/// The way to a column that asks for work on rows that exist: the column alone, then its default, then old rows in
/// batches, then each of its constraints.
struct ColumnRecipe {
  let column: ColumnDefinition
  /// As the user names it.
  let table: QualifiedName
  private let context: StatementContext

  /// The recipe for a column that an action of the statement adds; `nil` where its type is not known.
  init?(adding column: ColumnDefinition, in context: StatementContext) {
    guard case .alterTable(let alter) = context.statement.kind, column.type != nil else { return nil }
    self.column = column
    table = context.before.portable(alter.relation.name)
    self.context = context
  }

  /// The schema before the column is added.
  private var before: Database { context.before }

  private var name: String { column.name.quotedIdentifier }

  /// The column without a value, and with a default for new rows if it has one.
  private var addition: String { addition(with: "") }

  private func addition(with constraints: String) -> String {
    let type = column.type.map { before.portable($0.serialType ?? $0).sql } ?? ""
    let collation = column.collation.map { " COLLATE \($0)" } ?? ""
    return "ALTER TABLE \(table) ADD COLUMN \(name) \(type)\(collation)\(constraints);"
  }

  /// The column, nullable; then what makes it required and constrained.
  var withoutDefault: [Finding.Fix.Step] {
    let filling =
      (column.isRequired ? before.standIn(for: column.type) : nil).map {
        backfill($0, pending: "\(name) IS NULL", once: $0.standingIn(for: name))
      } ?? []
    return [Finding.Fix.Step(addition)] + filling + constraints(isFilled: !filling.isEmpty)
  }

  /// The column with what costs nothing, a default that is the same for all rows and NOT NULL beside it; then its other
  /// constraints, each in a migration of its own.
  var constraintsApart: [Finding.Fix.Step] {
    let values = column.constraints.compactMap { if case .default(let value) = $0.kind { value } else { nil } }
    guard let value = values.first else { return withoutDefault }
    let isRequired = column.constraints.contains { if case .notNull = $0.kind { true } else { false } }
    let start = addition(with: " DEFAULT \(value.sql)" + (isRequired ? " NOT NULL" : ""))
    return [Finding.Fix.Step(start)] + column.constraints.flatMap(migrations)
  }

  /// The column with a default for new rows; then a backfill; then its constraints.
  func filled(by value: Expression) -> [Finding.Fix.Step] {
    let setDefault = "ALTER TABLE \(table) ALTER COLUMN \(name) SET DEFAULT \(value.sql);"
    return [Finding.Fix.Step(addition + "\n" + setDefault)] + backfill + constraints(isFilled: true)
  }

  /// The same for a column that numbers the rows. A default of nextval does what serial and identity do.
  var numbered: [Finding.Fix.Step] {
    let sequence = QualifiedName(schema: table.schema, GeneratedName.make(table.name, column.name, "seq"))
    let type = (column.type?.serialType ?? column.type)?.sql ?? "bigint"
    let width = type == "bigint" ? "" : "AS \(type) "
    let start = """
      \(addition)
      CREATE SEQUENCE \(sequence) \(width)OWNED BY \(table).\(name);
      ALTER TABLE \(table) ALTER COLUMN \(name) SET DEFAULT nextval(\(sequence.description.quotedLiteral));
      """
    return [Finding.Fix.Step(start)] + backfill + constraints(isFilled: true)
  }

  /// The column without a value, and a trigger that computes it; then a backfill of what would have been generated.
  func computed(as value: Expression) -> [Finding.Fix.Step] {
    let others = before.table(table).map { Array($0.triggers) } ?? []
    let trigger = RowTrigger(on: table, for: column.name, behind: others)
    let body = "  NEW.\(name) := \(trigger.value(of: value));"
    let start = """
      \(addition)
      \(trigger.creation(body))
      """
    let filling = backfill("(\(value.sql))", pending: "\(name) IS DISTINCT FROM (\(value.sql))")
    return [Finding.Fix.Step(context.inOneTransaction(start))] + filling + constraints(isFilled: true)
  }

  /// The column, of the type that its domain stands on, with what the domain asks for as checks of the table.
  func standingOn(_ domain: Domain) -> [Finding.Fix.Step] {
    let own = Expression.column(named: column.name)
    let defaults = column.constraints.compactMap { constraint -> String? in
      if case .default(let value) = constraint.kind { " DEFAULT \(value.sql)" } else { nil }
    }
    let collation = (column.collation ?? domain.collation).map { " COLLATE \($0)" } ?? ""
    let filling = defaults.first ?? domain.defaultValue.map { " DEFAULT \($0.sql)" } ?? ""
    let start = "ALTER TABLE \(table) ADD COLUMN \(name) \(before.portable(domain.type).sql)\(collation)\(filling);"
    let checks = domain.checks.enumerated().map { position, check in
      let condition = check.condition.replacing { $0 == "value" ? own : nil }
      let label = GeneratedName.make(table.name, column.name, position == 0 ? "check" : "check\(position)")
      return ConstraintRecipes(table: table, name: label)
        .validated("ADD CONSTRAINT \(label.quotedIdentifier) CHECK (\(condition.sql))")
    }
    let isRequired = domain.isNotNull || column.isRequired
    let notNull = isRequired ? NotNullRecipe(table: table, column: column.name).migrations : []
    return [Finding.Fix.Step(start)] + notNull + checks.flatMap(\.self) + column.constraints.flatMap(migrations)
  }

  private var backfill: [Finding.Fix.Step] { backfill("DEFAULT", pending: "\(name) IS NULL") }

  private func backfill(_ value: String, pending: String, once deploy: String? = nil) -> [Finding.Fix.Step] {
    let backfill = Backfill(
      table: table,
      assignments: "\(name) = \(value)",
      pending: pending,
      key: before.keyColumns(of: table)
    )
    return backfill.migration.map { [Finding.Fix.Step($0, once: deploy)] } ?? []
  }

  // MARK: - Constraints

  /// Whether old rows have a value by then tells what a check asks for first.
  private func constraints(isFilled: Bool) -> [Finding.Fix.Step] {
    let recipe = NotNullRecipe(table: table, column: column.name, isFilled: isFilled)
    let notNull = column.isRequired || column.numbersRows ? recipe.migrations : []
    return notNull + column.constraints.flatMap(migrations)
  }

  private func migrations(for constraint: Constraint) -> [Finding.Fix.Step] {
    switch constraint.kind {
    case .unique(let key):
      recipes(for: constraint)?.key(constraint, key, columns: [column.name], isPrimary: false) ?? []
    case .primaryKey(let key):
      recipes(for: constraint)?.key(constraint, key, columns: [column.name], isPrimary: true) ?? []
    case .check, .foreignKey: recipes(for: constraint)?.validated(constraint, of: column.name) ?? []
    case .null, .notNull, .default, .identity, .generated, .exclusion: []
    }
  }

  /// The constraint gets the name that PostgreSQL would give it.
  private func recipes(for constraint: Constraint) -> ConstraintRecipes? {
    let made = context.after.table(table)?.constraints.last { $0.matches(constraint, of: column.name) }
    return made.map { ConstraintRecipes(table: table, name: $0.name) }
  }
}

extension ColumnDefinition {
  /// Whether a sequence gives each row its own value, which makes the column NOT NULL too.
  var numbersRows: Bool {
    type?.serialType != nil
      || constraints.contains { if case .identity = $0.kind { true } else { false } }
  }
}

extension TableConstraint {
  /// Whether it is what a constraint in a column's definition became.
  fileprivate func matches(_ constraint: Constraint, of column: String) -> Bool {
    definition.kind == constraint.kind && columns.contains(column) && (constraint.name.map { $0 == name } ?? true)
  }
}
