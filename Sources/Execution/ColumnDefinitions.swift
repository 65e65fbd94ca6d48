import Catalog
import Syntax

/// Columns as CREATE TABLE and ADD COLUMN define them.
extension Execution {
  /// A constraint, and the column that it was written with.
  typealias ColumnConstraint = (constraint: Constraint, column: String?)

  /// Adds the column as a definition says; returns the constraints that are yet to be made of it.
  mutating func define(_ definition: ColumnDefinition, in table: inout Table) -> [ColumnConstraint] {
    var column = table.column(definition.name) ?? Column(name: definition.name, type: nil)
    column.isLocal = true
    if let type = definition.type { column.type = database.resolved(type) }
    column.collation = definition.collation ?? column.collation
    column.storage = definition.storage ?? column.storage
    column.compression = definition.compression ?? column.compression
    if let serial = definition.type?.serialType {
      column.type = serial
      column.isNotNull = true
      let sequence = createSequence(for: definition.name, of: table, type: serial)
      column.defaultValue = .nextValue(of: sequence)
    }
    var remaining: [ColumnConstraint] = []
    for constraint in definition.constraints {
      switch constraint.kind {
      case .null: break
      case .notNull: column.isNotNull = true
      case .default(let expression): column.setDefault(expression)
      case .identity(let always, let options):
        column.identity = always ? .always : .byDefault
        column.isNotNull = true
        let sequence = createSequence(for: definition.name, of: table, type: column.type, options: options)
        catalog.sequences[sequence]?.isIdentity = true
      case .generated(let expression, let stored):
        column.generated = expression
        column.isStored = stored
      case .primaryKey:
        column.isNotNull = true
        remaining.append((constraint, definition.name))
      case .check, .unique, .exclusion, .foreignKey: remaining.append((constraint, definition.name))
      }
    }
    if let index = table.columns.firstIndex(named: column.name) {
      table.columns[index] = column
    } else {
      table.columns.append(column)
    }
    return remaining
  }

  /// Makes the sequence of a serial or identity column.
  mutating func createSequence(
    for column: String,
    of table: Table,
    type: TypeName?,
    options: [Option] = []
  ) -> QualifiedName {
    let schema = table.name.schema
    let given = options.last { $0.name == "sequence_name" }?.value.map(QualifiedName.init(parsing:))
    let name =
      given.map { QualifiedName(schema: $0.schema ?? schema, $0.name) }
      ?? QualifiedName(
        schema: schema,
        catalog.relationName(table.name.name, column, "seq", in: schema, besides: [table.name.name])
      )
    var sequence = SequenceGenerator(
      name: name,
      type: type,
      options: options.filter { $0.name != "sequence_name" },
      persistence: table.persistence,
      createdIn: catalog.currentMigration
    )
    sequence.owner = (table.name, column)
    catalog.sequences[name] = sequence
    return name
  }

  func takeAttributes(of type: QualifiedName, in table: inout Table) {
    guard case .composite(let attributes)? = catalog.types[type]?.form else {
      table.knowsAllColumns = false
      return
    }
    table.columns += attributes
  }
}
