import CPgQuery
import Syntax

extension TreeReader {
  func createTable(_ statement: CreateStmt, server: String? = nil, foreignOptions: [Option] = []) -> CreateTable {
    CreateTable(
      relation: relation(statement.relation),
      ifNotExists: statement.if_not_exists,
      elements: nodes(statement.tableElts).compactMap(tableElement),
      parents: relations(statement.inhRelations),
      partitionBound: statement.partbound.map { partitionBound($0.pointee) },
      partitionKey: statement.partspec.map { partitionKey($0.pointee) },
      ofType: typeName(statement.ofTypename),
      options: options(statement.options),
      accessMethod: string(statement.accessMethod),
      tablespace: string(statement.tablespacename),
      onCommit: onCommit(statement.oncommit),
      foreignServer: server,
      foreignOptions: foreignOptions
    )
  }

  func createForeignTable(_ statement: CreateForeignTableStmt) -> CreateTable {
    createTable(
      statement.base,
      server: string(statement.servername),
      foreignOptions: options(statement.options)
    )
  }

  private func onCommit(_ action: OnCommitAction) -> CreateTable.OnCommit {
    switch action {
    case ONCOMMIT_PRESERVE_ROWS: .preserveRows
    case ONCOMMIT_DELETE_ROWS: .deleteRows
    case ONCOMMIT_DROP: .drop
    default: .unspecified
    }
  }

  private func tableElement(_ node: TreeNode) -> CreateTable.Element? {
    switch node.tag {
    case T_ColumnDef: .column(columnDefinition(node.read(ColumnDef.self)))
    case T_Constraint: constraint(node.read(CPgQuery.Constraint.self)).map { .constraint($0) }
    case T_TableLikeClause: .like(likeClause(node.read(TableLikeClause.self)))
    default: nil
    }
  }

  private func likeClause(_ clause: TableLikeClause) -> LikeClause {
    let bits: [(LikeClause.Feature, TableLikeOption)] = [
      (.comments, CREATE_TABLE_LIKE_COMMENTS), (.compression, CREATE_TABLE_LIKE_COMPRESSION),
      (.constraints, CREATE_TABLE_LIKE_CONSTRAINTS), (.defaults, CREATE_TABLE_LIKE_DEFAULTS),
      (.generated, CREATE_TABLE_LIKE_GENERATED), (.identity, CREATE_TABLE_LIKE_IDENTITY),
      (.indexes, CREATE_TABLE_LIKE_INDEXES), (.statistics, CREATE_TABLE_LIKE_STATISTICS),
      (.storage, CREATE_TABLE_LIKE_STORAGE),
    ]
    let including = bits.filter { clause.options & $0.1.rawValue != 0 }.map(\.0)
    return LikeClause(relation: relation(clause.relation), including: Set(including))
  }

  func columnDefinition(_ definition: ColumnDef) -> ColumnDefinition {
    ColumnDefinition(
      name: string(definition.colname) ?? "",
      type: typeName(definition.typeName),
      constraints: columnConstraints(definition.constraints),
      collation: collation(definition.collClause),
      storage: string(definition.storage_name),
      compression: string(definition.compression),
      offset: offset(definition.location)
    )
  }

  func columnDefinitions(_ list: UnsafePointer<List>?) -> [ColumnDefinition] {
    nodes(list).compactMap { $0.read(ColumnDef.self, if: T_ColumnDef).map(columnDefinition) }
  }

  // MARK: - Constraints

  /// The grammar writes DEFERRABLE and its kin after a column's constraint as constraints of their own.
  func columnConstraints(_ list: UnsafePointer<List>?) -> [Constraint] {
    var constraints: [Constraint] = []
    for node in nodes(list) {
      guard let raw = node.read(CPgQuery.Constraint.self, if: T_Constraint) else { continue }
      if let constraint = constraint(raw) {
        constraints.append(constraint)
      } else if let last = constraints.popLast() {
        constraints.append(last.with(attribute: raw.contype))
      }
    }
    return constraints
  }

  func constraint(_ node: TreeNode) -> Constraint? {
    node.read(CPgQuery.Constraint.self, if: T_Constraint).flatMap { constraint($0) }
  }

  /// `nil` for an attribute of the constraint before it.
  func constraint(_ raw: CPgQuery.Constraint) -> Constraint? {
    guard let kind = constraintKind(raw) else { return nil }
    return Constraint(
      name: string(raw.conname),
      kind: kind,
      isDeferrable: raw.deferrable,
      isInitiallyDeferred: raw.initdeferred,
      isNotValid: raw.skip_validation,
      offset: offset(raw.location)
    )
  }

  private func constraintKind(_ raw: CPgQuery.Constraint) -> Constraint.Kind? {
    switch raw.contype {
    case CONSTR_NULL: .null
    case CONSTR_NOTNULL: .notNull
    case CONSTR_DEFAULT: .default(expression(raw.raw_expr) ?? .constant(.null))
    case CONSTR_IDENTITY: .identity(always: letter(raw.generated_when) == "a", options: options(raw.options))
    case CONSTR_GENERATED: .generated(expression(raw.raw_expr) ?? .constant(.null), stored: true)
    case CONSTR_CHECK: .check(expression(raw.raw_expr) ?? .constant(.null), noInherit: raw.is_no_inherit)
    case CONSTR_PRIMARY: .primaryKey(key(raw))
    case CONSTR_UNIQUE: .unique(key(raw))
    case CONSTR_EXCLUSION: .exclusion(exclusion(raw))
    case CONSTR_FOREIGN: .foreignKey(foreignKey(raw))
    default: nil
    }
  }

  private func key(_ raw: CPgQuery.Constraint) -> KeyConstraint {
    KeyConstraint(
      columns: strings(raw.keys),
      including: strings(raw.including),
      existingIndex: string(raw.indexname),
      nullsNotDistinct: raw.nulls_not_distinct,
      options: options(raw.options),
      tablespace: string(raw.indexspace)
    )
  }

  private func exclusion(_ raw: CPgQuery.Constraint) -> ExclusionConstraint {
    ExclusionConstraint(
      method: string(raw.access_method) ?? "gist",
      elements: nodes(raw.exclusions).compactMap { pair in
        guard let parts = pair.elements, parts.count == 2,
          let element = parts[0]?.read(IndexElem.self, if: T_IndexElem), let names = parts[1]?.elements
        else { return nil }
        return ExclusionConstraint.Element(
          element: indexElement(element),
          comparison: Self.qualifiedName(names.compactMap { $0?.text })
        )
      },
      including: strings(raw.including),
      predicate: expression(raw.where_clause)
    )
  }

  private func foreignKey(_ raw: CPgQuery.Constraint) -> ForeignKey {
    let match: ForeignKey.Match =
      switch letter(raw.fk_matchtype) {
      case "f": .full
      case "p": .partial
      default: .simple
      }
    return ForeignKey(
      columns: strings(raw.fk_attrs),
      referenced: relation(raw.pktable),
      referencedColumns: strings(raw.pk_attrs),
      match: match,
      onUpdate: action(raw.fk_upd_action, columns: []),
      onDelete: action(raw.fk_del_action, columns: strings(raw.fk_del_set_cols))
    )
  }

  private func action(_ character: CChar, columns: [String]) -> ForeignKey.Action {
    switch letter(character) {
    case "r": .restrict
    case "c": .cascade
    case "n": .setNull(columns: columns)
    case "d": .setDefault(columns: columns)
    default: .noAction
    }
  }

  // MARK: - Partitions

  func partitionKey(_ raw: PartitionSpec) -> PartitionKey {
    let strategy: PartitionKey.Strategy =
      switch raw.strategy {
      case PARTITION_STRATEGY_LIST: .list
      case PARTITION_STRATEGY_HASH: .hash
      default: .range
      }
    return PartitionKey(
      strategy: strategy,
      elements: nodes(raw.partParams).compactMap { node in
        guard let element = node.read(PartitionElem.self, if: T_PartitionElem) else { return nil }
        return IndexElement(
          key: elementKey(name: element.name, expression: element.expr),
          collation: optionalName(element.collation),
          operatorClass: optionalName(element.opclass)
        )
      }
    )
  }

  func partitionBound(_ raw: PartitionBoundSpec) -> PartitionBound {
    if raw.is_default { return .default }
    return switch letter(raw.strategy) {
    case "l": .list(expressions(raw.listdatums))
    case "h": .hash(modulus: Int(raw.modulus), remainder: Int(raw.remainder))
    default: .range(from: nodes(raw.lowerdatums).map(datum), to: nodes(raw.upperdatums).map(datum))
    }
  }

  /// The grammar reads MINVALUE and MAXVALUE as columns of these names.
  private func datum(_ node: TreeNode) -> PartitionBound.Datum {
    let value = expression(node)
    guard case .column(let column) = value else { return .value(value) }
    return switch column.parts {
    case ["minvalue"]: .minimum
    case ["maxvalue"]: .maximum
    default: .value(value)
    }
  }

  // MARK: - Indexes

  func createIndex(_ statement: IndexStmt) -> CreateIndex {
    CreateIndex(
      name: string(statement.idxname),
      relation: relation(statement.relation),
      method: string(statement.accessMethod) ?? "btree",
      elements: indexElements(statement.indexParams),
      // A key column of INCLUDE is an element with a name alone.
      including: indexElements(statement.indexIncludingParams).compactMap {
        if case .column(let name) = $0.key { name } else { nil }
      },
      predicate: expression(statement.whereClause),
      isUnique: statement.unique,
      nullsNotDistinct: statement.nulls_not_distinct,
      isConcurrent: statement.concurrent,
      ifNotExists: statement.if_not_exists,
      options: options(statement.options),
      tablespace: string(statement.tableSpace)
    )
  }

  func indexElements(_ list: UnsafePointer<List>?) -> [IndexElement] {
    nodes(list).compactMap { $0.read(IndexElem.self, if: T_IndexElem).map(indexElement) }
  }

  func indexElement(_ element: IndexElem) -> IndexElement {
    IndexElement(
      key: elementKey(name: element.name, expression: element.expr),
      collation: optionalName(element.collation),
      operatorClass: optionalName(element.opclass),
      operatorClassOptions: options(element.opclassopts),
      direction: direction(element.ordering),
      nulls: nulls(element.nulls_ordering)
    )
  }

  func elementKey(name: UnsafePointer<CChar>?, expression: UnsafePointer<Node>?) -> IndexElement.Key {
    if let name = string(name) { return .column(name) }
    return .expression(self.expression(expression) ?? .constant(.null))
  }

  func optionalName(_ list: UnsafePointer<List>?) -> QualifiedName? { list == nil ? nil : qualifiedName(list) }

  // MARK: - CREATE TABLE AS

  func createTableAs(_ statement: CreateTableAsStmt) -> CreateTableAs {
    let into = statement.into?.pointee
    let query = TreeNode(statement.query)
    return CreateTableAs(
      relation: relation(into?.rel),
      isMaterializedView: statement.objtype == OBJECT_MATVIEW,
      ifNotExists: statement.if_not_exists,
      columnNames: strings(into?.colNames),
      query: query?.tag == T_ExecuteStmt ? nil : query.map(self.query),
      withData: !(into?.skipData ?? false),
      onCommit: into.map { onCommit($0.onCommit) } ?? .unspecified,
      options: options(into?.options)
    )
  }
}

extension Constraint {
  fileprivate func with(attribute: ConstrType) -> Constraint {
    var deferrable = isDeferrable
    var deferred = isInitiallyDeferred
    switch attribute {
    case CONSTR_ATTR_DEFERRABLE: deferrable = true
    case CONSTR_ATTR_NOT_DEFERRABLE: deferrable = false
    case CONSTR_ATTR_DEFERRED:
      deferrable = true
      deferred = true
    case CONSTR_ATTR_IMMEDIATE: deferred = false
    default: break
    }
    return Constraint(
      name: name,
      kind: kind,
      isDeferrable: deferrable,
      isInitiallyDeferred: deferred,
      isNotValid: isNotValid,
      offset: offset
    )
  }
}
