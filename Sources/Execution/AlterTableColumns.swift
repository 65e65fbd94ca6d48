import Catalog
import Syntax

/// ADD COLUMN, DROP COLUMN, and what ALTER COLUMN does besides another type.
extension Execution {
  // MARK: - New columns

  mutating func addColumn(_ definition: ColumnDefinition, ifNotExists: Bool, _ change: TableChange) throws(SQLError) {
    guard var table = catalog.tables[change.table] else { return }
    if table.column(definition.name) != nil {
      if ifNotExists { return }
      throw .duplicateObject
    }
    if table.columns.count >= ServerLimits.columns { throw .programLimitExceeded }
    if table.isPartition || table.ofType != nil && !change.comesFromType { throw .wrongObjectType }
    if !change.recurses, !table.children.isEmpty { throw .dependentObjectsStillExist }
    fillRows(of: definition, change)
    requireRows(forNew: definition, change)
    newColumns.insert(definition.name)
    let keys = definition.constraints.filter { !$0.isForeignKey }
    for constraint in keys { try checkNew(constraint, of: definition, table, change) }

    let constraints = define(definition, in: &table)
    table.update(definition.name) { $0.resolveDefinitions(in: database, of: change.table) }
    let added = table.column(definition.name)
    catalog.put(table)
    if let added { for child in change.family.dropFirst() { inherit(added, by: child) } }
    make(constraints.filter(\.constraint.isCheck), on: table.name)
    makeKeys(constraints, on: table.name)
    // They may point to a key of this very column.
    for constraint in definition.constraints where constraint.isForeignKey {
      try checkNew(constraint, of: definition, catalog.tables[table.name] ?? table, change)
      make(constraint, column: definition.name, on: table.name)
    }
  }

  /// What a new column asks of the rows that are there.
  private mutating func fillRows(of column: ColumnDefinition, _ change: TableChange) {
    let cause = rewriteCause(of: column)
    let mustHaveValue = column.isRequired && !column.hasValue
    for table in change.family {
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
    _ change: TableChange
  ) throws(SQLError) {
    let columns = catalog.isFullyKnown(table) ? table.columns.map(\.name) + [column.name] : nil
    try check(constraint, columns: columns, of: table, change)
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

  /// A child has the column that its parent got, or makes its own one the same.
  private mutating func inherit(_ column: Column, by child: QualifiedName) {
    guard var table = catalog.tables[child] else { return }
    if table.column(column.name) != nil {
      table.update(column.name) { $0.isInherited = true }
    } else {
      var inherited = column
      inherited.isInherited = true
      inherited.isLocal = false
      if !table.isPartition { inherited.identity = nil }
      table.columns.append(inherited)
    }
    catalog.tables[child] = table
  }

  // MARK: - DROP COLUMN

  mutating func dropColumn(
    _ column: String,
    ifExists: Bool,
    cascades: Bool,
    _ change: TableChange
  ) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    guard let known = table.column(column) else {
      if catalog.isFullyKnown(table), !ifExists { throw .undefinedObject }
      if !table.knowsAllColumns { try dropUnknownColumn(column, of: table.name, cascades: cascades) }
      return
    }
    if known.isInherited || table.partitionKeyReads(column) || table.ofType != nil && !change.comesFromType {
      throw .dependentObjectsStillExist
    }
    // Partitions must go on having the columns of their parent.
    if !change.recurses, table.kind == .partitionedTable, !table.children.isEmpty { throw .dependentObjectsStillExist }
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
    try delete([.column(column, of: table.name)], cascades: cascades)
    // A child is met once for each parent that loses the column, and loses it when none has it any more.
    var open = Array(table.children.reversed())
    while let child = open.popLast() {
      guard let table = catalog.tables[child], let inherited = table.column(column), inherited.isInherited else {
        continue
      }
      if table.parents.contains(where: { catalog.tables[$0]?.column(column) != nil }) { continue }
      if recurses, !inherited.isLocal {
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
    if catalog.isFullyKnown(table) { throw .undefinedObject }
    return nil
  }

  mutating func alterColumn(_ change: TableChange) throws(SQLError) {
    guard let table = catalog.tables[change.table] else { return }
    let isKnown = catalog.isFullyKnown(table)
    switch change.action {
    case .setNotNull(let column):
      try requireColumn(column, of: table)
      setNotNull(column, change)
    case .dropNotNull(let column):
      try checkDropNotNull(column, of: table)
      alter(column, change) { $0.isNotNull = false }
    case .setDefault(let column, let value):
      try requirePlain(column, of: table)
      for name in change.family {
        let value = database.resolved(value, of: name)
        catalog.learn(column, of: name) { $0.setDefault(value) }
      }
    case .dropDefault(let column):
      try requirePlain(column, of: table)
      for name in change.family { catalog.tables[name]?.update(column) { $0.defaultValue = nil } }
    case .setExpression(let column, let expression):
      if try requireColumn(column, of: table)?.generated == nil { throw .wrongObjectType }
      for name in change.family {
        rewrite(name, because: .storedGeneratedColumn(column: column), action: change.position)
        let expression = database.resolved(expression, of: name)
        catalog.learn(column, of: name) { $0.generated = expression }
      }
    case .dropExpression(let column, let ifExists):
      if let known = try requireColumn(column, of: table), known.generated == nil, !ifExists, isKnown {
        throw .wrongObjectType
      }
      for name in change.family { catalog.tables[name]?.update(column) { $0.generated = nil } }
    case .addIdentity, .setIdentity, .dropIdentity: try alterIdentity(of: table, change)
    case .setStatistics(let column?, _, let target):
      try requireColumn(column, of: table)
      alter(column, change) { $0.statisticsTarget = target.flatMap { $0 < 0 ? nil : $0 } }
    case .setColumnOptions(let column, let options):
      try requireColumn(column, of: table)
      alter(column, change) { $0.options.set(options) }
    case .resetColumnOptions(let column, let options):
      try requireColumn(column, of: table)
      alter(column, change) { $0.options.reset(options) }
    case .setStorage(let column, let storage):
      try requireColumn(column, of: table)
      alter(column, change) { $0.storage = storage }
    case .setCompression(let column, let method):
      try requireColumn(column, of: table)
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
    if column?.generated != nil || column?.identity != nil { throw .wrongObjectType }
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
    if column?.identity != nil || table.primaryKey?.columns.contains(name) == true {
      throw .dependentObjectsStillExist
    }
    // A partition keeps what its parent has.
    for parent in table.parents where table.isPartition {
      if catalog.tables[parent]?.column(name)?.isNotNull == true { throw .dependentObjectsStillExist }
    }
  }

  // MARK: - Identity

  private mutating func alterIdentity(of table: Table, _ change: TableChange) throws(SQLError) {
    let name = table.name
    let isKnown = catalog.isFullyKnown(table)
    switch change.action {
    case .addIdentity(let column, let always, let options):
      if let known = try requireColumn(column, of: table), isKnown,
        known.identity != nil || known.defaultValue != nil || !known.isNotNull
      {
        throw .wrongObjectType
      }
      let sequence = createSequence(for: column, of: table, type: table.column(column)?.type, options: options)
      catalog.sequences[sequence]?.isIdentity = true
      catalog.learn(column, of: name) {
        $0.identity = always ? .always : .byDefault
        $0.isNotNull = true
      }
    case .setIdentity(let column, let options):
      if try requireColumn(column, of: table)?.identity == nil, isKnown { throw .wrongObjectType }
      lock(catalog.ownedSequences(of: name, column: column).map(\.name), .shareRowExclusive)
      setIdentity(column, of: name, options)
    case .dropIdentity(let column, let ifExists):
      if try requireColumn(column, of: table)?.identity == nil, isKnown, !ifExists { throw .wrongObjectType }
      lock(catalog.ownedSequences(of: name, column: column).map(\.name), .accessExclusive)
      catalog.tables[name]?.update(column) { $0.identity = nil }
      if let sequence = catalog.identitySequence(of: column, in: name) { catalog.sequences[sequence.name] = nil }
    default: break
    }
  }

  private mutating func setIdentity(_ column: String, of name: QualifiedName, _ options: [Option]) {
    if let generated = options.last(where: { $0.name == "generated" })?.value {
      // The grammar gives the letter of `attidentity` as a number.
      catalog.tables[name]?.update(column) {
        $0.identity = generated == String(UInt8(ascii: "a")) ? .always : .byDefault
      }
    }
    guard let sequence = catalog.identitySequence(of: column, in: name) else { return }
    catalog.sequences[sequence.name]?.options.set(options.filter { !["generated", "restart"].contains($0.name) })
  }
}

extension Catalog {
  /// The sequence of an identity column.
  func identitySequence(of column: String, in table: QualifiedName) -> SequenceGenerator? {
    ownedSequences(of: table, column: column).first(where: \.isIdentity)
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
