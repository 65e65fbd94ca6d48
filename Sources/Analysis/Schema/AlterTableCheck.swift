import Syntax

/// What the history is enough to know that PostgreSQL will refuse of an ALTER TABLE, action by action in the order in
/// which they are performed.
struct AlterTableCheck {
  private let schema: Schema
  private let table: Table
  private let recurses: Bool
  /// As they are after the actions so far.
  private var columns: [Column]
  private var constraints: [String]
  private var hasPrimaryKey: Bool
  /// Keys that the statement itself makes, for foreign keys to point to.
  private var newKeys: [[String]] = []
  private var droppedParts: [SchemaPart] = []

  init(schema: Schema, table: Table, recurses: Bool) {
    self.schema = schema
    self.table = table
    self.recurses = recurses
    columns = table.columns
    constraints = table.constraints.map(\.name)
    hasPrimaryKey = table.primaryKey != nil
  }

  mutating func enter(_ action: AlterTable.ActionKind) throws(Refusal) {
    switch action {
    case .addColumn(let definition, let ifNotExists): try add(definition, ifNotExists: ifNotExists)
    case .dropColumn(let column, let ifExists, let cascade):
      try drop(column, ifExists: ifExists, cascades: cascade)
    case .addConstraint(let constraint): try add(constraint)
    case .alterConstraint(let constraint):
      if let name = constraint.name { try requireConstraint(name) }
    case .validateConstraint(let constraint): try requireConstraint(constraint)
    case .dropConstraint(let constraint, let ifExists, let cascade):
      try drop(constraint: constraint, ifExists: ifExists, cascades: cascade)
    case .setTrigger(.named(let trigger), _):
      if table.isFullyKnown, !table.triggers.contains(where: { $0.name == trigger }) { throw .isMissing }
    case .setRule(let rule, _):
      if table.isFullyKnown, !table.rules.contains(where: { $0.name == rule }) { throw .isMissing }
    case .clusterOn(let index), .setReplicaIdentity(.index(let index)):
      if table.isFullyKnown, !table.indexNames.contains(where: { $0.name == index }) { throw .isMissing }
    case .inherit(let parent): try join(schema.qualified(parent.name), isPartition: false, child: table)
    case .noInherit(let parent):
      if table.isFullyKnown, !table.parents.contains(schema.qualified(parent.name)) { throw .isMissing }
    case .attachPartition(let partition, _): try attach(schema.qualified(partition.name))
    case .detachPartition(let partition, _):
      let name = schema.qualified(partition.name)
      if table.isFullyKnown, schema.isKnown(name), !table.children.contains(name) { throw .isMissing }
    default: try enter(columnAction: action)
    }
  }

  // MARK: - Columns

  private mutating func enter(columnAction action: AlterTable.ActionKind) throws(Refusal) {
    switch action {
    case .setType(let column, let definition, _): try setType(of: column, definition)
    case .setNotNull(let column): try requireColumn(column)
    case .dropNotNull(let column): try dropNotNull(column)
    case .setDefault(let column, _), .dropDefault(let column):
      let column = try requireColumn(column)
      if column?.generated != nil || column?.identity != nil { throw .isWrongKind }
    case .setExpression(let column, _): if try requireColumn(column)?.generated == nil { throw .isWrongKind }
    case .dropExpression(let column, let ifExists):
      if let known = try requireColumn(column), known.generated == nil, !ifExists, table.isFullyKnown {
        throw .isWrongKind
      }
      update(column) { $0.generated = nil }
    case .addIdentity(let column, _, _):
      let known = try requireColumn(column)
      guard table.isFullyKnown, let known else { return }
      if known.identity != nil || known.defaultValue != nil || !known.isNotNull { throw .isWrongKind }
    case .setIdentity(let column, _):
      if try requireColumn(column)?.identity == nil, table.isFullyKnown { throw .isWrongKind }
    case .dropIdentity(let column, let ifExists):
      if try requireColumn(column)?.identity == nil, table.isFullyKnown, !ifExists { throw .isWrongKind }
      update(column) { $0.identity = nil }
    case .setStatistics(let column?, _, _), .setColumnOptions(let column, _), .resetColumnOptions(let column, _),
      .setStorage(let column, _), .setCompression(let column, _):
      try requireColumn(column)
    default: break
    }
  }

  /// The column; `nil` where the history does not know it.
  @discardableResult
  private func requireColumn(_ name: String) throws(Refusal) -> Column? {
    if let column = columns.first(where: { $0.name == name }) { return column }
    if table.isFullyKnown { throw .isMissing }
    return nil
  }

  private mutating func update(_ name: String, _ change: (inout Column) -> Void) {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return }
    change(&columns[index])
  }

  private mutating func add(_ definition: ColumnDefinition, ifNotExists: Bool) throws(Refusal) {
    if columns.contains(where: { $0.name == definition.name }) {
      if ifNotExists { return }
      throw .exists
    }
    if table.isPartition || table.ofType != nil { throw .isWrongKind }
    if !recurses, !table.children.isEmpty { throw .isNeeded }
    var column = Column(name: definition.name, type: schema.resolved(definition.type))
    column.isNotNull = definition.constraints.contains { $0.kind == .notNull || $0.isPrimaryKey }
    columns.append(column)
    for constraint in definition.constraints {
      if constraint.isPrimaryKey || constraint.isKey { newKeys.append([definition.name]) }
      try add(constraint)
    }
  }

  private mutating func drop(_ name: String, ifExists: Bool, cascades: Bool) throws(Refusal) {
    guard let index = columns.firstIndex(where: { $0.name == name }) else {
      if ifExists || !table.isFullyKnown { return }
      throw .isMissing
    }
    let column = columns.remove(at: index)
    if column.isInherited || table.partitionKeyReads(name) || table.ofType != nil { throw .isNeeded }
    // Partitions must go on having the columns of their parent.
    if !recurses, table.kind == .partitionedTable, !table.children.isEmpty { throw .isNeeded }
    droppedParts.append(.column(name, of: table.name))
    _ = try schema.closure(of: droppedParts, cascades: cascades)
    for constraint in table.constraints where constraint.columns.contains(name) {
      constraints.removeAll { $0 == constraint.name }
      if constraint.definition.isPrimaryKey { hasPrimaryKey = false }
    }
  }

  /// Source: `ATPrepAlterColumnType` and `ATExecAlterColumnType`: what reads the column by its old type is in the way.
  private func setType(of name: String, _ definition: ColumnDefinition) throws(Refusal) {
    let column = try requireColumn(name)
    guard column != nil else { return }
    if column?.isInherited == true || table.partitionKeyReads(name) || table.ofType != nil { throw .isNeeded }
    if !recurses, !table.children.isEmpty { throw .isNeeded }
    for relation in [table.name] + schema.descendants(of: table.name) {
      if schema.views.values.contains(where: { $0.reads(name, of: relation) }) { throw .isNeeded }
    }
    let isGenerated = table.columns.contains { $0.generated?.columnNames.contains(name) == true }
    let isWatched = table.triggers.contains { $0.reads(name) }
    let isGuarded = table.policies.contains { $0.reads(name, of: table.name) }
    if isGenerated || isWatched || isGuarded { throw .isNeeded }
  }

  private func dropNotNull(_ name: String) throws(Refusal) {
    let column = try requireColumn(name)
    if column?.identity != nil || table.primaryKey?.columns.contains(name) == true, hasPrimaryKey { throw .isNeeded }
    if column?.identity != nil { throw .isNeeded }
    // A partition keeps what its parent has.
    for parent in table.parents where table.isPartition {
      if schema.tables[parent]?.column(name)?.isNotNull == true { throw .isNeeded }
    }
  }

  // MARK: - Constraints

  private func requireConstraint(_ name: String) throws(Refusal) {
    if table.isFullyKnown, !constraints.contains(name) { throw .isMissing }
  }

  private mutating func add(_ constraint: Constraint) throws(Refusal) {
    if let name = constraint.name, constraint.isKey || constraint.isCheck || constraint.isForeignKey {
      // A check of a child becomes one with its parent's.
      if constraints.contains(name) { throw .exists }
      constraints.append(name)
    }
    if constraint.isPrimaryKey {
      if hasPrimaryKey { throw .exists }
      hasPrimaryKey = true
    }
    if case .check(_, let noInherit) = constraint.kind {
      if !recurses, !noInherit, !table.children.isEmpty { throw .isNeeded }
      if noInherit, table.kind == .partitionedTable { throw .isWrongKind }
    }
    switch constraint.kind {
    case .primaryKey(let key), .unique(let key):
      newKeys.append(key.columns)
      if let index = key.existingIndex { try adopt(index) }
    case .foreignKey(let key) where schema.qualified(key.referenced.name) == table.name:
      // It may point to a key of this very statement.
      let referenced = key.referencedColumns
      if referenced.isEmpty ? hasPrimaryKey : newKeys.contains(where: { Set($0) == Set(referenced) }) { return }
    default: break
    }
    try schema.check(constraint, columns: table.isFullyKnown ? columns.map(\.name) : nil)
  }

  private func adopt(_ index: String) throws(Refusal) {
    guard table.isFullyKnown else { return }
    guard let index = schema.indexes[QualifiedName(schema: table.name.schema, index)], index.table == table.name,
      index.definition.isUnique, index.constraint == nil, index.definition.predicate == nil,
      index.definition.elements.allSatisfy({ $0.column != nil })
    else { throw .isMissing }
  }

  private mutating func drop(constraint name: String, ifExists: Bool, cascades: Bool) throws(Refusal) {
    guard let constraint = table.constraint(name) else {
      if ifExists || !table.isFullyKnown { return }
      throw .isMissing
    }
    if constraint.isInherited { throw .isNeeded }
    droppedParts.append(.constraint(name, of: table.name))
    _ = try schema.closure(of: droppedParts, cascades: cascades)
    constraints.removeAll { $0 == name }
    if constraint.definition.isPrimaryKey { hasPrimaryKey = false }
  }

  // MARK: - Kinship

  private func attach(_ name: QualifiedName) throws(Refusal) {
    guard let partition = schema.tables[name] else { return }
    if partition.isPartition || !partition.parents.isEmpty { throw .isNeeded }
    if table.kind != .partitionedTable, table.isFullyKnown { throw .isWrongKind }
    try join(table.name, isPartition: true, child: partition)
  }

  /// A child has the columns and checks of its parent.
  private func join(_ name: QualifiedName, isPartition: Bool, child: Table) throws(Refusal) {
    guard let parent = schema.tables[name], parent.isFullyKnown, child.isFullyKnown else { return }
    if child.parents.contains(name) { throw .exists }
    for column in parent.columns {
      guard let own = child.column(column.name) else { throw .isMissing }
      if let type = column.type, let ownType = own.type, type.sql != ownType.sql { throw .isWrongKind }
      if column.isNotNull, !own.isNotNull { throw .isWrongKind }
    }
    if isPartition, child.columns.contains(where: { parent.column($0.name) == nil }) { throw .isWrongKind }
    for constraint in parent.constraints {
      guard case .check(_, let noInherit) = constraint.definition.kind, !noInherit else { continue }
      if child.constraint(constraint.name) == nil { throw .isMissing }
    }
  }
}
