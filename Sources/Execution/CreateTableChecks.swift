import Catalog
import Syntax

/// What PostgreSQL refuses of CREATE TABLE.
extension Execution {
  // MARK: - Before the table is made

  /// Source: `RangeVarAdjustRelationPersistence` in `namespace.c`, and the beginning of `DefineRelation`.
  func checkPlace(of statement: CreateTable, _ name: QualifiedName) throws(SQLError) {
    let isTemporary = statement.relation.persistence == .temporary || name.schema == Catalog.temporary
    try checkPlace(of: statement.relation)
    if statement.relation.persistence == .unlogged, name.schema == Catalog.temporary {
      throw SQLError(.invalidTableDefinition, "only temporary relations may be created in temporary schemas")
    }
    if statement.onCommit != .unspecified, !isTemporary {
      throw SQLError(.invalidTableDefinition, "ON COMMIT can only be used on temporary tables")
    }
    if statement.partitionKey != nil, !statement.parents.isEmpty, statement.partitionBound == nil {
      throw SQLError(.invalidObjectDefinition, "cannot create partitioned table as inheritance child")
    }
  }

  /// A temporary relation is in no schema that the statement could name, nor in one that it makes.
  func checkPlace(of relation: RelationReference) throws(SQLError) {
    guard relation.persistence == .temporary else { return }
    if let schema = relation.name.schema, schema != Catalog.temporary { throw .temporaryInSchema }
  }

  mutating func check(
    _ statement: CreateTable,
    named name: QualifiedName,
    parents: [QualifiedName]
  ) throws(SQLError) {
    try requireCreation(of: statement.relation.name)
    if let type = statement.ofType { try checkRowType(type) }
    try checkElements(of: statement, name)
    try checkParameters(statement.options, isPartitioned: statement.partitionKey != nil, method: statement.accessMethod)
    try checkMethod(of: statement)
    try checkParents(parents, of: statement)
    try checkMerge(of: statement, with: parents)
    for element in statement.elements {
      guard case .column(let column) = element else { continue }
      if column.name.isSystemColumn {
        throw SQLError(
          .duplicateColumn,
          "column name \(column.name.quotedInErrors) conflicts with a system column name"
        )
      }
    }
    if let key = statement.partitionKey { try check(key, of: name, below: parents) }
  }

  private mutating func checkMethod(of statement: CreateTable) throws(SQLError) {
    guard let method = statement.accessMethod else { return }
    if statement.partitionKey != nil, version < 17 {
      throw SQLError(
        .featureNotSupported,
        "specifying a table access method is not supported on a partitioned table"
      )
    }
    if ["btree", "hash", "gist", "gin", "spgist", "brin"].contains(method) {
      throw SQLError(.objectNotInPrerequisiteState, "access method \(method.quotedInErrors) is not of type TABLE")
    }
    if catalog.extensions.isEmpty { try requireOther(named: method, .accessMethod) }
  }

  /// The type of a typed table.
  mutating func checkRowType(_ type: TypeName) throws(SQLError) {
    require(type)
    let name = database.qualifiedType(type.name)
    let isComposite: Bool =
      if case .composite? = catalog.types[name]?.form { true } else { catalog.types[name] == nil && !type.isBuiltIn }
    // The row type of a table is no type of its own.
    if !isComposite || catalog.isKnown(name) {
      throw SQLError(.wrongObjectType, "type \(type.name.quotedInErrors) is not a composite type")
    }
  }

  private mutating func checkElements(of statement: CreateTable, _ name: QualifiedName) throws(SQLError) {
    var own: Set<String> = []
    var keys = 0
    if statement.columnCount > ServerLimits.columns { throw .tooManyColumns }
    for element in statement.elements {
      switch element {
      case .column(let column):
        try checkDefinition(column, of: name)
        try checkSupport(of: column, in: statement)
        keys += column.constraints.count(where: \.isPrimaryKey)
        if !own.insert(column.name).inserted { throw .columnTwice(column.name) }
      case .constraint(let constraint):
        keys += constraint.isPrimaryKey ? 1 : 0
        if case .exclusion = constraint.kind, statement.partitionKey != nil { try checkExclusionOfPartitions() }
      case .like(let like):
        let source = database.qualified(like.relation.name)
        try require(source)
        if let kind = catalog.kind(of: source), kind == .index || kind == .sequence {
          throw SQLError(
            .wrongObjectType,
            "relation \(like.relation.name.quotedInErrors) is invalid in LIKE clause"
          )
        }
        if like.including.contains(.indexes), catalog.tables[source]?.primaryKey != nil { keys += 1 }
      }
    }
    for parent in statement.parents where statement.partitionBound != nil && keys > 0 {
      if catalog.tables[database.qualified(parent.name)]?.primaryKey != nil { throw .multiplePrimaryKeys(name) }
    }
    if keys > 1 { throw .multiplePrimaryKeys(name) }
  }

  /// Source: `transformColumnDefinition` in `parse_utilcmd.c`.
  private func checkSupport(of column: ColumnDefinition, in statement: CreateTable) throws(SQLError) {
    let isPartition = statement.partitionBound != nil
    guard isPartition || statement.ofType != nil else { return }
    let place = isPartition ? "partitions" : "typed tables"
    for constraint in column.constraints {
      switch constraint.kind {
      case .identity: throw SQLError(.featureNotSupported, "identity columns are not supported on \(place)")
      case .generated where !isPartition || version < 16:
        throw SQLError(.featureNotSupported, "generated columns are not supported on \(place)")
      default: break
      }
    }
  }

  /// What is unique above must tell the new table's own partitions apart too.
  private func check(_ key: PartitionKey, of name: QualifiedName, below parents: [QualifiedName]) throws(SQLError) {
    for index in parents.flatMap({ catalog.indexes(of: $0) }) where index.definition.isUnique {
      let columns = index.definition.elements.compactMap(\.column)
      if key.elements.contains(where: { $0.column.map { !columns.contains($0) } ?? true }) {
        throw .lacksPartitionKey(of: name)
      }
    }
  }

  // MARK: - When its columns are there

  mutating func check(_ statement: CreateTable, made table: Table) throws(SQLError) {
    for element in statement.elements {
      if case .column(let column) = element, !column.constraints.isEmpty {
        try checkExpressions(of: column, in: table)
      }
    }
    if let bound = statement.partitionBound, let parent = statement.parents.first {
      let parent = database.qualified(parent.name)
      if let known = catalog.tables[parent], !known.isAssumed, known.kind != .partitionedTable {
        throw SQLError(.invalidObjectDefinition, "\(parent.quotedInErrors) is not partitioned")
      }
      try check(bound, of: table.name, in: parent)
    }
    if let key = statement.partitionKey { try check(key, of: table) }
    try checkChecks(of: statement)
    var names: [String: [String]] = [:]
    for element in statement.elements {
      switch element {
      case .column(let column):
        for constraint in column.constraints where !constraint.isCheck {
          try check(constraint, column: column.name, of: table)
        }
        for constraint in column.constraints {
          try checkName(of: constraint, column: column.name, among: &names, of: table)
        }
      case .constraint(let constraint):
        try check(constraint, column: nil, of: table)
        try checkName(of: constraint, column: nil, among: &names, of: table)
      case .like: break
      }
    }
  }

  /// A check of the name of a parent's becomes one with it.
  private func checkChecks(of statement: CreateTable) throws(SQLError) {
    if statement.parents.isEmpty { return }
    for case .constraint(let constraint) in statement.elements {
      guard case .check(_, noInherit: true) = constraint.kind, let name = constraint.name else { continue }
      for parent in statement.parents {
        guard let above = catalog.tables[database.qualified(parent.name)]?.constraint(name),
          case .check(_, noInherit: false) = above.definition.kind
        else { continue }
        throw SQLError(
          .invalidObjectDefinition,
          "constraint \(name.quotedInErrors) conflicts with inherited constraint on relation "
            + database.creationName(of: statement.relation).quotedInErrors
        )
      }
    }
  }

  /// `names` holds the columns of each constraint: keys that are the same become one.
  private func checkName(
    of constraint: Constraint,
    column: String?,
    among names: inout [String: [String]],
    of table: Table
  ) throws(SQLError) {
    guard let name = constraint.name, constraint.isKey || constraint.isCheck || constraint.isForeignKey else { return }
    if constraint.isKey {
      let index = QualifiedName(schema: table.name.schema, name)
      if index == table.name || catalog.isKnown(index) { throw .duplicate(.index, index) }
    }
    let columns = constraint.keyColumns ?? [column].compactMap(\.self)
    let same = names.updateValue(columns, forKey: name)
    if same == nil || constraint.isKey && !columns.isEmpty && same == columns { return }
    if constraint.isCheck {
      throw SQLError(.duplicateObject, "check constraint \(name.quotedInErrors) already exists")
    }
    throw .duplicateConstraint(name, of: table.name)
  }
}

extension Constraint {
  /// The columns in the parentheses of a key.
  fileprivate var keyColumns: [String]? {
    switch kind {
    case .primaryKey(let key), .unique(let key): key.columns.isEmpty ? nil : key.columns
    default: nil
    }
  }
}

extension CreateTable {
  /// How many columns it defines itself.
  fileprivate var columnCount: Int { elements.count { if case .column = $0 { true } else { false } } }
}

extension SQLError {
  static var temporaryInSchema: SQLError {
    SQLError(.invalidTableDefinition, "cannot create temporary relation in non-temporary schema")
  }
}
