import Catalog
import Syntax

/// ADD COLUMN, DROP COLUMN, and what ALTER COLUMN does besides another type.
extension Execution {
  // MARK: - New columns

  mutating func addColumn(_ definition: ColumnDefinition, ifNotExists: Bool, _ change: TableChange) throws(SQLError) {
    guard var table = catalog.tables[change.table] else { return }
    try checkDefinition(definition, of: table.name)
    if table.columns.count >= ServerLimits.columns { throw .tooManyColumns }
    if table.ofType != nil, !change.comesFromType {
      throw SQLError(.wrongObjectType, "cannot add column to typed table")
    }
    if table.isPartition { throw SQLError(.wrongObjectType, "cannot add column to a partition") }
    if table.column(definition.name) != nil {
      if ifNotExists { return }
      guard withdraw(.column(definition.name, of: table.name)) else {
        throw .duplicate(.column, definition.name, of: table.name)
      }
      table = catalog.tables[change.table] ?? table
    }
    if definition.name.isSystemColumn {
      throw SQLError(
        .duplicateColumn,
        "column name \(definition.name.quotedInErrors) conflicts with a system column name"
      )
    }
    try checkMembership(of: definition, in: table)
    try checkIdentity(of: definition, in: table, change)
    if !change.recurses, !table.children.isEmpty { throw .alsoOfChildren("column must be added to") }
    let heirs = heirs(of: table.name) { $0.column(definition.name) != nil }
    lock(heirs, .accessExclusive)
    let filled = heirs.filter { catalog.tables[$0]?.column(definition.name) == nil }
    fillRows(of: definition, in: [table.name] + filled, change)
    requireRows(forNew: definition, change)
    newColumns.insert(definition.name)
    let existing = table
    let constraints = define(definition, in: &table)
    if !definition.constraints.isEmpty {
      try checkExpressions(of: definition, in: table)
      for case .default(let value) in definition.constraints.map(\.kind) {
        try catalog.requireUsable(default: value, of: table.column(definition.name)?.type)
      }
    }
    if definition.fillsRows || rewriteCause(of: definition) != nil { try checkRowTypes(of: change.family) }
    let keys = definition.constraints.filter { !$0.isForeignKey }
    for constraint in keys { try checkNew(constraint, of: definition, table, before: existing, change) }
    table.update(definition.name) { $0.resolveDefinitions(in: database, of: change.table) }
    let added = table.column(definition.name)
    catalog.put(table)
    noteDoubt(about: .column(definition.name, of: table.name))
    if definition.isRequired || !definition.constraints.isEmpty { noteRisk(.column(definition.name, of: table.name)) }
    if let added { for child in heirs { try inherit(added, by: child) } }
    make(constraints.filter(\.constraint.isCheck), on: table.name)
    makeKeys(constraints, on: table.name)
    // They may point to a key of this very column.
    for constraint in definition.constraints where constraint.isForeignKey {
      let made = catalog.tables[table.name] ?? table
      try checkNew(constraint, of: definition, made, before: made, change)
      make(constraint, column: definition.name, on: table.name)
    }
  }

  /// What a new column asks of the rows that are there.
  private mutating func fillRows(of column: ColumnDefinition, in tables: [QualifiedName], _ change: TableChange) {
    let cause = rewriteCause(of: column)
    let mustHaveValue = column.isRequired && !column.hasValue
    for table in tables {
      if let cause { rewrite(table, because: cause, action: change.position) }
      if mustHaveValue { scan(table, because: .notNull(column: column.name), action: change.position) }
    }
    guard existed(change.table) else { return }
    if mustHaveValue { breaks(.insertFails(column: column.name, of: change.table)) }
    if cause == nil, column.constraints.contains(where: \.isPlaceholderDefault) {
      reportUnknown("the default of column \(column.name.quotedIdentifier)")
    }
  }

  private mutating func checkNew(
    _ constraint: Constraint,
    of column: ColumnDefinition,
    _ table: Table,
    before: Table,
    _ change: TableChange
  ) throws(SQLError) {
    try check(constraint, column: column.name, of: table, before: before, change)
    // The rows that are there have NULL in it, which points to nothing.
    let isValidated = constraint.isForeignKey ? column.fillsRows : !constraint.isNotValid
    validateRows(for: constraint, column: column.name, isValidated: isValidated, change)
  }

  /// Why rows must be written to hold the new column; `nil` where its value is the same for all of them.
  private func rewriteCause(of column: ColumnDefinition) -> WorkCause? {
    if column.type?.serialType != nil { return .sequenceDefault(column: column.name) }
    for constraint in column.constraints {
      switch constraint.kind {
      case .identity: return .sequenceDefault(column: column.name)
      case .generated(_, let stored) where stored: return .storedGeneratedColumn(column: column.name)
      case .default(let expression):
        guard let call = database.volatileCall(in: expression) else { continue }
        return .volatileDefault(column: column.name, function: call.function.description, isCertain: call.isCertain)
      default: continue
      }
    }
    guard let type = column.type, type.arrayDimensions == 0 else { return nil }
    let name = database.qualifiedType(type.name)
    guard case .domain(let domain)? = catalog.types[name]?.form else { return nil }
    if domain.isConstrained { return .constrainedDomain(column: column.name, domain: name) }
    guard let value = domain.defaultValue, !column.hasDefault, let call = database.volatileCall(in: value) else {
      return nil
    }
    return .volatileDefault(column: column.name, function: call.function.description, isCertain: call.isCertain)
  }

  // MARK: - DROP COLUMN

  mutating func dropColumn(
    _ column: String,
    ifExists: Bool,
    cascades: Bool,
    _ change: TableChange
  ) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    if table.ofType != nil, !change.comesFromType {
      throw SQLError(.wrongObjectType, "cannot drop column from typed table")
    }
    guard let known = table.column(column) else {
      if column.isSystemColumn {
        throw SQLError(.featureNotSupported, "cannot drop system column \(column.quotedInErrors)")
      }
      if catalog.isFullyKnown(table), !ifExists { throw .undefined(.column, column, of: table.name) }
      if !table.knowsAllColumns { try dropUnknownColumn(column, of: table.name, cascades: cascades) }
      return
    }
    if known.isInherited {
      throw SQLError(.invalidTableDefinition, "cannot drop inherited column \(column.quotedInErrors)")
    }
    if table.partitionKeyReads(column) { throw .isOfPartitionKey(column, of: table.name, "drop") }
    // Partitions must go on having the columns of their parent.
    if !change.recurses, table.kind == .partitionedTable, !table.children.isEmpty {
      throw .onlyOfPartitioned("drop column from")
    }
    try dropColumn(column, of: table, cascades: cascades, recurses: change.recurses)
  }

  private mutating func dropUnknownColumn(
    _ column: String,
    of table: QualifiedName,
    cascades: Bool
  ) throws(SQLError) {
    if cascades { return try delete([.column(column, of: table)], cascades: true) }
    guard existed(table) else { return }
    lose(.column(column, of: table))
    breaks(.columnGone(column, of: table))
  }

  /// Drops the column, and that of the children that have it from nowhere else.
  private mutating func dropColumn(
    _ column: String,
    of table: Table,
    cascades: Bool,
    recurses: Bool
  ) throws(SQLError) {
    lock(table.children, .accessExclusive)
    try delete([.column(column, of: table.name)], cascades: cascades)
    // A child is met once for each parent that loses the column, and loses it when none has it any more.
    var open = Array(table.children.reversed())
    while let child = open.popLast() {
      guard let table = catalog.tables[child], let inherited = table.column(column), inherited.isInherited else {
        continue
      }
      if table.parents.contains(where: { catalog.tables[$0]?.column(column) != nil }) {
        // What one parent alone loses stays for good, whatever the others do.
        if !recurses { catalog.tables[child]?.update(column) { $0.isLocal = true } }
        continue
      }
      if table.partitionKeyReads(column) { throw .isOfPartitionKey(column, of: child, "drop") }
      if recurses, !inherited.isLocal {
        lock(table.children, .accessExclusive)
        try delete([.column(column, of: child)], cascades: cascades)
        open += table.children.reversed()
      } else {
        catalog.tables[child]?.update(column) {
          $0.isInherited = false
          $0.isLocal = true
        }
      }
    }
  }

  // MARK: - ALTER COLUMN

  /// The column; `nil` where the history does not know it.
  @discardableResult
  func requireColumn(_ name: String, of table: Table) throws(SQLError) -> Column? {
    if let column = table.column(name) { return column }
    if name.isSystemColumn {
      throw SQLError(.featureNotSupported, "cannot alter system column \(name.quotedInErrors)")
    }
    if catalog.isFullyKnown(table) { throw .undefined(.column, name, of: table.name) }
    return nil
  }

  mutating func alterColumn(_ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    switch change.action {
    case .setNotNull(let column):
      try requireColumn(column, of: table)
      try checkChildren(have: column, change)
      setNotNull(column, change)
    case .dropNotNull(let column):
      try checkDropNotNull(column, of: table)
      if !change.recurses, table.kind == .partitionedTable, !table.children.isEmpty {
        throw .onlyOfPartitioned("remove constraint from")
      }
      alter(column, change) { $0.isNotNull = false }
    case .setDefault(let column, let value):
      try requirePlain(column, of: table)
      try checkDefault(value, of: column, in: table)
      try catalog.requireUsable(default: value, of: table.column(column)?.type)
      for name in change.family {
        let value = database.resolved(value, of: name)
        catalog.learn(column, of: name) { $0.setDefault(value) }
      }
    case .dropDefault(let column):
      try requirePlain(column, of: table)
      if table.column(column)?.defaultValue != nil { noteLostValue(of: column, change) }
      for name in change.family { catalog.tables[name]?.update(column) { $0.defaultValue = nil } }
    case .setExpression, .dropExpression: try alterGeneration(of: table, change)
    case .addIdentity, .setIdentity, .dropIdentity: try alterIdentity(of: table, change)
    default: try alterColumnSettings(of: table, change)
    }
  }

  private mutating func alterGeneration(of table: Table, _ change: TableChange) throws(SQLError) {
    switch change.action {
    case .setExpression(let column, let expression):
      if let known = try requireColumn(column, of: table), known.generated == nil {
        throw known.isNo("a generated", of: table)
      }
      try checkGeneration(expression, of: column, in: table)
      for name in change.family {
        rewrite(name, because: .storedGeneratedColumn(column: column), action: change.position)
        let expression = database.resolved(expression, of: name)
        catalog.learn(column, of: name) { $0.generated = expression }
      }
    case .dropExpression(let column, let ifExists):
      if let known = try requireColumn(column, of: table), known.generated == nil, !ifExists,
        catalog.isFullyKnown(table)
      {
        throw known.isNo("a stored generated", of: table)
      }
      if let known = table.column(column), known.generated != nil {
        if known.isInherited {
          throw SQLError(
            .invalidTableDefinition,
            "cannot drop generation expression from inherited column"
          )
        }
        if !change.recurses, !table.children.isEmpty {
          throw SQLError(
            .invalidTableDefinition,
            "ALTER TABLE / DROP EXPRESSION must be applied to child tables too"
          )
        }
      }
      if table.column(column)?.generated != nil { noteLostValue(of: column, change) }
      for name in change.family { catalog.tables[name]?.update(column) { $0.generated = nil } }
    default: break
    }
  }

  private mutating func alterColumnSettings(of table: Table, _ change: TableChange) throws(SQLError) {
    switch change.action {
    case .setStatistics(let column?, _, let target):
      try requireColumn(column, of: table)
      if let target, target < -1 {
        throw SQLError(.invalidParameterValue, "statistics target \(target) is too low")
      }
      alter(column, change) { $0.statisticsTarget = target.flatMap { $0 < 0 ? nil : $0 } }
    case .setColumnOptions(let column, let options):
      try requireColumn(column, of: table)
      if let other = options.first(where: { $0.name != "n_distinct" && $0.name != "n_distinct_inherited" }) {
        throw SQLError(.invalidParameterValue, "unrecognized parameter \(other.name.quotedInErrors)")
      }
      alter(column, change) { $0.options.set(options) }
    case .resetColumnOptions(let column, let options):
      try requireColumn(column, of: table)
      alter(column, change) { $0.options.reset(options) }
    case .setStorage(let column, let storage):
      try checkStorage(storage, of: requireColumn(column, of: table)?.type)
      alter(column, change) { $0.storage = storage }
    case .setCompression(let column, let method):
      try checkCompression(method, of: requireColumn(column, of: table)?.type)
      alter(column, change) { $0.compression = method }
    default: break
    }
  }

  /// Changes the column of the table and of those below it.
  private mutating func alter(_ column: String, _ change: TableChange, _ alteration: (inout Column) -> Void) {
    for table in change.family { catalog.learn(column, of: table, alteration) }
  }

  private func requirePlain(_ column: String, of table: Table) throws(SQLError) {
    let column = try requireColumn(column, of: table)
    if let column, column.identity != nil { throw column.isAlready("an identity", of: table) }
    if let column, column.generated != nil { throw column.isAlready("a generated", of: table) }
  }

  private mutating func setNotNull(_ column: String, _ change: TableChange) {
    requireNotNull([column], change)
    for name in change.family {
      let known = catalog.tables[name]
      if known?.column(column)?.isNotNull == true { continue }
      if known?.proves(notNull: column) != true {
        scan(name, because: .notNull(column: column), action: change.position)
      }
      catalog.learn(column, of: name) { $0.isNotNull = true }
    }
  }

  private func checkDropNotNull(_ name: String, of table: Table) throws(SQLError) {
    let column = try requireColumn(name, of: table)
    if let column, column.identity != nil { throw column.isAlready("an identity", of: table) }
    if table.primaryKey?.columns.contains(name) == true {
      throw SQLError(.invalidTableDefinition, "column \(name.quotedInErrors) is in a primary key")
    }
    if case .index(let index) = table.replicaIdentity,
      catalog.indexes[QualifiedName(schema: table.name.schema, index)]?.keyColumns.contains(name) == true
    {
      throw SQLError(
        .invalidTableDefinition,
        "column \(name.quotedInErrors) is in index used as replica identity"
      )
    }
    // A partition keeps what its parent has.
    for parent in table.parents where table.isPartition {
      if catalog.tables[parent]?.column(name)?.isNotNull == true {
        throw SQLError(
          .invalidTableDefinition,
          "column \(name.quotedInErrors) is marked NOT NULL in parent table"
        )
      }
    }
  }
}

extension Constraint {
  /// Whether it is a default that names a column. PostgreSQL allows none, so that it is a placeholder, which may stand
  /// for a volatile function.
  fileprivate var isPlaceholderDefault: Bool {
    guard case .default(let expression) = kind else { return false }
    var namesColumn = false
    expression.walk { if case .column = $0 { namesColumn = true } }
    return namesColumn
  }
}

extension ColumnDefinition {
  /// Whether rows must have a value in it.
  package var isRequired: Bool {
    constraints.contains {
      switch $0.kind {
      case .notNull, .primaryKey: true
      default: false
      }
    }
  }

  var hasDefault: Bool {
    constraints.contains { if case .default = $0.kind { true } else { false } }
  }

  /// Whether a row gets a value in it without being told.
  package var hasValue: Bool {
    type?.serialType != nil
      || constraints.contains {
        switch $0.kind {
        case .default(let expression): expression != .constant(.null)
        case .identity, .generated: true
        default: false
        }
      }
  }

  /// Whether a new column holds values in rows that exist, so that its foreign keys must be checked.
  ///
  /// Source: `transformAlterTableStmt` in `parse_utilcmd.c`, which is called for each action by itself.
  var fillsRows: Bool {
    hasDefault || type?.serialType != nil
      || constraints.contains { if case .generated = $0.kind { true } else { false } }
  }
}
