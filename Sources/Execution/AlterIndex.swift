import Catalog
import Syntax

/// ALTER INDEX, also by the name of ALTER TABLE.
extension Execution {
  mutating func alterIndex(_ name: QualifiedName, _ actions: [AlterTable.Action]) throws(SQLError) {
    for action in actions {
      if case .attachPartition(let part, _) = action.kind {
        lockForAttaching(database.qualified(part.name), to: name)
      } else {
        lock(name, action.kind.lock(of: version))
      }
      guard let definition = catalog.indexes[name]?.definition else { continue }
      switch action.kind {
      case .setStatistics(let column, let number, _):
        try checkStatistics(column, number, of: name, definition)
      case .attachPartition(let part, _): try attach(database.qualified(part.name), to: name)
      case .setOptions(let options):
        var all = definition.options
        all.set(options)
        catalog.indexes[name]?.definition = definition.with(options: all)
      case .resetOptions(let options):
        var all = definition.options
        all.reset(options)
        catalog.indexes[name]?.definition = definition.with(options: all)
      case .setTablespace(let tablespace): catalog.indexes[name]?.definition = definition.with(tablespace: tablespace)
      default: break
      }
    }
  }

  /// Only values of expressions have statistics of their own.
  ///
  /// Source: `ATExecSetStatistics`.
  private func checkStatistics(
    _ column: String?,
    _ number: Int?,
    of name: QualifiedName,
    _ index: CreateIndex
  ) throws(SQLError) {
    guard let number else {
      guard let column, index.elements.contains(where: { $0.column == column }) else { return }
      throw SQLError(
        .featureNotSupported,
        "cannot alter statistics on non-expression column \(column.quotedInErrors) of index \(name.quotedInErrors)"
      )
    }
    if number < 1 || number > index.elements.count + index.including.count {
      throw SQLError(
        .undefinedColumn,
        "column number \(number) of relation \(name.quotedInErrors) does not exist"
      )
    }
    if number > index.elements.count {
      throw SQLError(.featureNotSupported, "cannot alter statistics on included column of index \(name.quotedInErrors)")
    }
    guard let column = index.elements[number - 1].column else { return }
    throw SQLError(
      .featureNotSupported,
      "cannot alter statistics on non-expression column \(column.quotedInErrors) of index \(name.quotedInErrors)"
    )
  }

  /// Source: `ATExecAttachPartitionIdx`, which locks both indexes and the tables.
  private mutating func lockForAttaching(_ part: QualifiedName, to name: QualifiedName) {
    lock(name, .shareUpdateExclusive)
    lock(part, .accessExclusive)
    if let index = catalog.indexes[part] { lock(index.table, .accessShare) }
  }

  private mutating func attach(_ part: QualifiedName, to name: QualifiedName) throws(SQLError) {
    try require(part)
    if catalog.isKnown(part), !catalog.indexes.contains(part) {
      throw SQLError(.invalidObjectDefinition, "\(part.quotedInErrors) is not an index")
    }
    if let parent = catalog.indexes[name], let table = catalog.tables[parent.table], !table.isAssumed,
      table.kind != .partitionedTable
    {
      throw SQLError(
        .wrongObjectType,
        "ALTER action ATTACH PARTITION cannot be performed on relation \(name.quotedInErrors)"
      )
    }
    guard let parent = catalog.indexes[name], let table = catalog.tables[parent.table],
      let child = catalog.indexes[part]
    else { return }
    if child.parent == name { return }
    func refused(_ detail: String) -> SQLError {
      let names = "cannot attach index \(part.quotedInErrors) as a partition of index \(name.quotedInErrors)"
      return SQLError(.objectNotInPrerequisiteState, "\(names): \(detail)")
    }
    if child.parent != nil { throw refused("it is already attached to another index") }
    if !table.children.contains(child.table) { throw refused("it is not an index of a partition of the table") }
    if !child.isLike(parent) {
      throw SQLError(.invalidObjectDefinition, refused("the index definitions do not match").message)
    }
    // A partition has one part of each.
    if catalog.indexes(of: child.table).contains(where: { $0.parent == name }) {
      throw refused("another index is already attached for its partition")
    }
    catalog.indexes[part]?.parent = name
    validate(name)
  }

  /// A partitioned index is valid once every partition has its part.
  private mutating func validate(_ name: QualifiedName) {
    var next: QualifiedName? = name
    while let name = next, let index = catalog.indexes[name], !index.isValid {
      let partitions = catalog.tables[index.table]?.children ?? []
      let isComplete = partitions.allSatisfy { partition in
        catalog.indexes(of: partition).contains { $0.parent == name && $0.isValid }
      }
      guard isComplete else { return }
      catalog.indexes[name]?.isValid = true
      next = index.parent
    }
  }
}
