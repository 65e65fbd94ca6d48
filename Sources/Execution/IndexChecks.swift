import Catalog
import Syntax

/// What PostgreSQL refuses of the definition of an index.
extension Execution {
  /// Source: `DefineIndex` and `ComputeIndexAttrs` in `indexcmds.c`.
  mutating func check(_ statement: CreateIndex, on name: QualifiedName) throws(SQLError) {
    let table = catalog.tables[name]
    try checkExpressions(of: statement, of: table)
    if statement.elements.count + statement.including.count > ServerLimits.keys {
      throw .tooManyKeys
    }
    try checkRelation(of: statement, name)
    try checkMethod(of: statement)
    if let view = catalog.views[name], view.knowsAllColumns {
      let columns = Index(name: name, table: name, definition: statement, createdIn: 0).columns
      if let missing = columns.first(where: { !view.columnNames.contains($0) && !$0.isSystemColumn }) {
        throw .undefinedColumn(missing)
      }
    }
    guard let table else { return }
    for element in statement.elements { try check(element, method: statement.method, of: table) }
    for column in statement.including where !catalog.mayHave(column, table) { throw .undefinedColumn(column) }
    if statement.isUnique, catalog.isFullyKnown(table), let key = table.partitionKey {
      // It must tell the partitions apart.
      let keys = statement.elements.compactMap(\.column)
      if key.elements.contains(where: { $0.column.map { !keys.contains($0) } ?? true }) {
        throw .lacksPartitionKey(of: name)
      }
    }
  }

  private func checkExpressions(of statement: CreateIndex, of table: Table?) throws(SQLError) {
    if let predicate = statement.predicate { try check(predicate, as: .predicate, of: table) }
    for element in statement.elements {
      guard case .expression(let expression) = element.key else { continue }
      try check(expression, as: .index, of: table)
      if case .row = expression {
        throw SQLError(.invalidTableDefinition, "column \"row\" has pseudo-type record")
      }
    }
  }

  private mutating func checkRelation(of statement: CreateIndex, _ name: QualifiedName) throws(SQLError) {
    switch catalog.isKnown(name) ? catalog.kind(of: name) : nil {
    case .view, .index, .sequence, .foreignTable, .compositeType:
      throw SQLError(.wrongObjectType, "cannot create index on relation \(name.quotedInErrors)")
    case .partitionedTable where statement.isConcurrent:
      throw SQLError(
        .featureNotSupported,
        "cannot create index on partitioned table \(name.quotedInErrors) concurrently"
      )
    default: break
    }
  }

  /// Source: the capabilities in the handlers of the methods (`IndexAmRoutine`).
  private mutating func checkMethod(of statement: CreateIndex) throws(SQLError) {
    let method = statement.method
    guard ["btree", "hash", "gist", "gin", "spgist", "brin"].contains(method) else {
      return require(method: method, for: statement)
    }
    func lacks(_ what: String) -> SQLError {
      SQLError(.featureNotSupported, "access method \(method.quotedInErrors) does not support \(what)")
    }
    if statement.isUnique, method != "btree" { throw lacks("unique indexes") }
    if !statement.including.isEmpty, ["hash", "gin", "brin"].contains(method) { throw lacks("included columns") }
    if statement.elements.count > 1, ["hash", "spgist"].contains(method) { throw lacks("multicolumn indexes") }
  }

  /// An unknown method may come from an extension.
  private mutating func require(method: String, for statement: CreateIndex) {
    let table = database.qualified(statement.relation.name)
    guard catalog.extensions.isEmpty, catalog.tellsAll(ofSchemaOf: table), !Self.methodsOfExtensions.contains(method),
      !catalog.otherObjects.contains(where: { $0.kind == .accessMethod })
    else { return }
    doubt(SQLError(.undefinedObject, "access method \(method.quotedInErrors) does not exist"))
  }

  /// Source: the manuals of pgvector, PGroonga, RUM, ZomboDB, ParadeDB and `contrib/bloom`.
  private static let methodsOfExtensions: Set<String> = [
    "bloom", "hnsw", "ivfflat", "rum", "pgroonga", "zombodb", "bm25", "diskann", "vchordrq", "vectors", "lantern_hnsw",
    "rtree",
  ]

  private mutating func check(_ element: IndexElement, method: String, of table: Table) throws(SQLError) {
    if let column = element.column {
      if column.isSystemColumn, table.column(column) == nil {
        throw SQLError(.featureNotSupported, "index creation on system columns is not supported")
      }
      if !catalog.mayHave(column, table) { throw .undefinedColumn(column) }
    }
    try checkOperatorClass(of: element, method: method, of: table)
    guard ["hash", "gist", "gin", "spgist", "brin"].contains(method) else { return }
    func lacks(_ what: String) -> SQLError {
      SQLError(.featureNotSupported, "access method \(method.quotedInErrors) does not support \(what)")
    }
    if element.direction != .unspecified { throw lacks("ASC/DESC options") }
    if element.nulls != .unspecified { throw lacks("NULLS FIRST/LAST options") }
  }

  /// The collation and the operator class of a column or expression.
  mutating func checkOperatorClass(of element: IndexElement, method: String, of table: Table) throws(SQLError) {
    let type: TypeName? =
      switch element.key {
      case .column(let name): table.column(name)?.type
      case .expression(let expression): database.certainType(of: expression, of: table)
      }
    if let type { try checkCollation(element.collation, of: type) }
    if case .expression(.collate(let operand, let collation)) = element.key,
      let type = database.certainType(of: operand, of: table)
    {
      try checkCollation(collation, of: type)
    }
    if let given = element.operatorClass {
      return try require(given, for: method, on: table)
    }
    guard let type, database.isIndexable(type, by: method) == false else { return }
    let error = SQLError(
      .undefinedObject,
      "data type \(database.base(of: type).withoutModifiers.sql) has no default operator class for access method "
        + method.quotedInErrors
    )
    if method == "btree" || method == "hash" { throw error }
    // Extensions such as btree_gist have classes for the other methods.
    if catalog.extensions.isEmpty, catalog.tellsAll(ofSchemaOf: table.name) { doubt(error) }
  }

  private mutating func require(_ name: QualifiedName, for method: String, on table: Table) throws(SQLError) {
    guard name.schema == nil || name.schema == "pg_catalog",
      !BuiltInTypes.operatorClasses.contains("\(method).\(name.name)"),
      !catalog.otherObjects.contains(where: { $0.kind == .operatorClass && $0.name.name == name.name })
    else { return }
    let error = SQLError(
      .undefinedObject,
      "operator class \(name.name.quotedInErrors) does not exist for access method \(method.quotedInErrors)"
    )
    // One of PostgreSQL's own is for another method; any other may be an extension's.
    if BuiltInTypes.operatorClasses.contains(where: { $0.hasSuffix(".\(name.name)") }) { throw error }
    let mayBeOfExtension = [
      "gin_", "gist_", "vector", "halfvec", "sparsevec", "bit_", "geo", "citext", "brin_", "spgist_",
    ]
    guard catalog.extensions.isEmpty, catalog.tellsAll(ofSchemaOf: table.name),
      !mayBeOfExtension.contains(where: { name.name.hasPrefix($0) })
    else { return }
    doubt(error)
  }

  func checkCollation(_ collation: QualifiedName?, of type: TypeName) throws(SQLError) {
    guard collation != nil else { return }
    let base = database.base(of: type)
    guard base.isBuiltIn || database.isEnumeration(base), !BuiltInTypes.collatable.contains(Substring(base.name.name))
    else { return }
    throw SQLError(.datatypeMismatch, "collations are not supported by type \(type.withoutModifiers.sql)")
  }
}
