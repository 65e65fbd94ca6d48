import Syntax

extension Schema {
  /// `tables` are the table and all below it.
  mutating func addColumn(
    _ definition: ColumnDefinition,
    ifNotExists: Bool,
    to name: QualifiedName,
    _ tables: [QualifiedName]
  ) {
    guard var table = self.tables[name] else { return }
    if table.column(definition.name) != nil, ifNotExists { return }
    let constraints = add(definition, to: &table)
    table.update(definition.name) { $0.resolveDefinitions(in: self, of: name) }
    put(table)
    let added = table.column(definition.name)
    for child in tables.dropFirst() {
      guard var inherited = added, var childTable = self.tables[child] else { continue }
      inherited.isInherited = true
      inherited.isLocal = false
      if !childTable.isPartition { inherited.identity = nil }
      if let index = childTable.columns.firstIndex(where: { $0.name == inherited.name }) {
        childTable.columns[index].isInherited = true
      } else {
        childTable.columns.append(inherited)
      }
      put(childTable)
    }
    add(constraints.filter(\.constraint.isCheck), to: name)
    addKeys(constraints, to: name)
    add(constraints.filter(\.constraint.isForeignKey), to: name)
  }

  /// Drops the column, and that of the children that have it from nowhere else.
  mutating func dropColumn(
    _ column: String,
    of name: QualifiedName,
    cascades: Bool,
    recurses: Bool
  ) throws(Refusal) {
    guard tables[name]?.column(column) != nil else { return }
    let children = tables[name]?.children ?? []
    for part in try closure(of: [.column(column, of: name)], cascades: cascades) { remove(part) }
    for child in children {
      guard let inherited = tables[child]?.column(column), inherited.isInherited else { continue }
      let hasOtherParent = tables[child]?.parents.contains { tables[$0]?.column(column) != nil } == true
      if hasOtherParent { continue }
      if recurses, !inherited.isLocal {
        try dropColumn(column, of: child, cascades: cascades, recurses: true)
      } else {
        tables[child]?.update(column) {
          $0.isInherited = false
          $0.isLocal = true
        }
      }
    }
  }

  /// Actions on a column that children share.
  mutating func perform(columnAction action: AlterTable.ActionKind, on name: QualifiedName) {
    switch action {
    case .setType(let column, let definition, _): setType(of: column, definition, in: name)
    case .setDefault(let column, let value):
      let value = resolved(value, of: name)
      tables[name]?.learn(column) { $0.setDefault(value) }
    case .dropDefault(let column): tables[name]?.update(column) { $0.defaultValue = nil }
    case .setNotNull(let column): tables[name]?.learn(column) { $0.isNotNull = true }
    case .dropNotNull(let column): tables[name]?.learn(column) { $0.isNotNull = false }
    case .setExpression(let column, let expression):
      let expression = resolved(expression, of: name)
      tables[name]?.learn(column) { $0.generated = expression }
    case .dropExpression(let column, _): tables[name]?.update(column) { $0.generated = nil }
    case .setStorage(let column, let storage): tables[name]?.learn(column) { $0.storage = storage }
    case .setCompression(let column, let method): tables[name]?.learn(column) { $0.compression = method }
    case .setStatistics(let column?, _, let target):
      tables[name]?.learn(column) { $0.statisticsTarget = target.flatMap { $0 < 0 ? nil : $0 } }
    case .setColumnOptions(let column, let options): tables[name]?.learn(column) { $0.options.set(options) }
    case .resetColumnOptions(let column, let options): tables[name]?.learn(column) { $0.options.reset(options) }
    default: break
    }
  }

  private mutating func setType(of column: String, _ definition: ColumnDefinition, in name: QualifiedName) {
    let type = resolved(definition.type)
    tables[name]?.learn(column) { column in
      // A string without a type was read as the old type, and is converted from it.
      if case .constant(.string)? = column.defaultValue, let value = column.defaultValue, let old = column.type,
        old.name != type?.name
      {
        column.defaultValue = .cast(value, to: old.withoutModifiers)
      }
      column.type = type ?? column.type
      column.collation = definition.collation
      column.storage = nil
    }
  }

  // MARK: - Composite types

  mutating func alterCompositeType(_ statement: AlterTable) throws(Refusal) {
    let name = qualifiedType(statement.relation.name)
    guard case .composite(var attributes)? = types[name]?.form else { return }
    for action in statement.actions.map(\.kind).sorted(by: { $0.pass < $1.pass }) {
      switch action {
      case .addColumn(let definition, _):
        if attributes.contains(where: { $0.name == definition.name }) { throw .exists }
        attributes.append(Column(attribute: definition, in: self))
      case .dropColumn(let attribute, let ifExists, _):
        if !ifExists, !attributes.contains(where: { $0.name == attribute }) { throw .isMissing }
        attributes.removeAll { $0.name == attribute }
      case .setType(let attribute, let definition, _):
        if tables.values.contains(where: { $0.columns.contains { $0.type?.name == name } }) { throw .isNeeded }
        guard let index = attributes.firstIndex(where: { $0.name == attribute }) else { throw .isMissing }
        attributes[index] = Column(attribute: definition, in: self)
        attributes[index].name = attribute
      default: break
      }
      for table in tables.values where table.ofType == name { try perform(action, on: table.name, recurses: true) }
    }
    types[name]?.form = .composite(attributes)
  }
}

extension Column {
  /// An attribute of a composite type.
  init(attribute definition: ColumnDefinition, in schema: Schema) {
    self.init(name: definition.name, type: schema.resolved(definition.type))
    collation = definition.collation
  }
}
