import Syntax

extension EffectLedger {
  /// A new table touches those that it refers to, inherits from or becomes a part of.
  ///
  /// Source: `DefineRelation` in `tablecmds.c`.
  mutating func enter(_ statement: CreateTable) {
    let name = schema.creationName(of: statement.relation)
    if statement.ifNotExists, schema.isKnown(name) { return }
    let isPartition = statement.partitionBound != nil
    for parent in statement.parents.map({ schema.qualified($0.name) }) {
      lock(parent, isPartition ? .accessExclusive : .shareUpdateExclusive)
      guard isPartition else { continue }
      for index in schema.indexes(of: parent) { lock(index.name, .shareUpdateExclusive) }
      if let other = defaultPartition(of: parent) {
        lock(other, .accessExclusive)
        scan(other, because: .defaultPartition(of: parent))
      }
      for constraint in schema.tables[parent]?.constraints ?? [] {
        if let referenced = constraint.referenced { lock(referenced, .shareRowExclusive) }
      }
      for (referencing, _) in schema.foreignKeys(to: parent) { lock(referencing, .shareRowExclusive) }
    }
    for element in statement.elements {
      switch element {
      case .column(let column):
        for constraint in column.constraints { reference(constraint, from: name) }
      case .constraint(let constraint): reference(constraint, from: name)
      case .like(let like): lock(schema.qualified(like.relation.name), .accessShare)
      }
    }
  }

  private mutating func reference(_ constraint: Constraint, from table: QualifiedName) {
    guard case .foreignKey(let key) = constraint.kind else { return }
    let referenced = schema.qualified(key.referenced.name)
    guard referenced != table else { return }
    for relation in [referenced] + partitions(of: referenced) { lock(relation, .shareRowExclusive) }
  }

  // MARK: - Indexes

  /// Source: `DefineIndex` in `indexcmds.c`.
  mutating func enter(_ statement: CreateIndex) {
    let table = schema.qualified(statement.relation.name)
    lock(table, statement.isConcurrent ? .shareUpdateExclusive : .share)
    if let name = statement.name, statement.ifNotExists,
      schema.isKnown(QualifiedName(schema: table.schema, name))
    {
      return
    }
    let cause = WorkCause.index(name: statement.name, isConcurrent: statement.isConcurrent)
    guard schema.tables[table]?.kind == .partitionedTable else {
      work(.indexBuild, on: table, because: cause)
      return
    }
    guard statement.relation.includesDescendants else { return }
    var after = schema
    after.apply(.createIndex(statement))
    for partition in schema.descendants(of: table) {
      lock(partition, .share)
      // An index that the partition has already is taken as its part.
      let isBuilt = after.indexes(of: partition).count > schema.indexes(of: partition).count
      if isBuilt, schema.tables[partition]?.kind != .partitionedTable {
        work(.indexBuild, on: partition, because: cause)
      }
    }
  }

  // MARK: - Views

  mutating func enter(_ statement: CreateView) {
    let name = schema.creationName(of: statement.relation)
    if schema.views[name] != nil { lock(name, .accessExclusive) }
    read(statement.query)
  }

  mutating func enter(_ statement: RefreshMaterializedView) {
    let name = schema.qualified(statement.relation.name)
    lock(name, statement.isConcurrent ? .exclusive : .accessExclusive)
    let cause = WorkCause.refresh(isConcurrent: statement.isConcurrent)
    work(statement.isConcurrent ? .scan : .rewrite, on: name, because: cause)
    let indexes = schema.views[name]?.indexNames ?? []
    if !statement.isConcurrent {
      for index in indexes { lock(index, .accessExclusive) }
      if !indexes.isEmpty || schema.views[name] == nil { work(.indexBuild, on: name, because: cause) }
    }
    read(schema.views[name]?.query)
  }
}
