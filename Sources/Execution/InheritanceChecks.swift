import Catalog
import Syntax

/// What PostgreSQL refuses of the parents of a new table.
///
/// Source: `MergeAttributes` in `tablecmds.c`.
extension Execution {
  func checkParents(_ parents: [QualifiedName], of statement: CreateTable) throws(SQLError) {
    let isPartition = statement.partitionBound != nil
    let isTemporary = database.creationName(of: statement.relation).schema == Catalog.temporary
    var known: Set<QualifiedName> = []
    for name in parents {
      if !known.insert(name).inserted {
        throw SQLError(.duplicateTable, "relation \(name.quotedInErrors) would be inherited from more than once")
      }
      guard catalog.isKnown(name) else { continue }
      guard let parent = catalog.tables[name] else {
        throw SQLError(
          .wrongObjectType,
          "inherited relation \(name.quotedInErrors) is not a table or foreign table"
        )
      }
      if !isPartition { try checkParent(parent) }
      if parent.isTemporary, !isTemporary {
        throw SQLError(
          .wrongObjectType,
          isPartition
            ? "cannot create a permanent relation as partition of temporary relation \(name.quotedInErrors)"
            : "cannot inherit from temporary relation \(name.quotedInErrors)"
        )
      }
      if isPartition, isTemporary, !parent.isTemporary {
        throw SQLError(
          .wrongObjectType,
          "cannot create a temporary relation as partition of permanent relation \(name.quotedInErrors)"
        )
      }
    }
  }

  private func checkParent(_ parent: Table) throws(SQLError) {
    if parent.kind == .partitionedTable {
      throw SQLError(
        .wrongObjectType,
        "cannot inherit from partitioned table \(parent.name.quotedInErrors)"
      )
    }
    if parent.isPartition {
      throw SQLError(.wrongObjectType, "cannot inherit from partition \(parent.name.quotedInErrors)")
    }
  }

  // MARK: - Columns of the same name

  func checkMerge(of statement: CreateTable, with parents: [QualifiedName]) throws(SQLError) {
    if parents.isEmpty, statement.ofType == nil { return }
    var inherited: [String: Column] = [:]
    var conflicts: [String: String] = [:]
    var isComplete = true
    for name in parents {
      guard let parent = catalog.tables[name] else {
        isComplete = false
        continue
      }
      if !catalog.isFullyKnown(parent) { isComplete = false }
      for column in parent.columns {
        guard let old = inherited[column.name] else {
          inherited[column.name] = column
          continue
        }
        if let conflict = try conflict(between: old, and: column) { conflicts[column.name] = conflict }
        inherited[column.name]?.defaultValue = old.defaultValue ?? column.defaultValue
      }
    }
    let isBound = statement.partitionBound != nil || statement.ofType != nil
    if let type = statement.ofType {
      guard case .composite(let attributes)? = catalog.types[database.qualifiedType(type.name)]?.form else { return }
      for attribute in attributes { inherited[attribute.name] = attribute }
    }
    for element in statement.elements {
      guard case .column(let column) = element else { continue }
      guard let old = inherited[column.name] else {
        if isBound, isComplete, column.type == nil { throw .undefinedColumn(column.name) }
        continue
      }
      try checkMerge(of: column, with: old)
      if column.hasDefault || column.generation != nil { conflicts[column.name] = nil }
    }
    guard let conflict = conflicts.min(by: { $0.key < $1.key }) else { return }
    throw SQLError(
      .invalidColumnDefinition,
      "column \(conflict.key.quotedInErrors) inherits conflicting \(conflict.value)"
    )
  }

  /// Two parents have the column: what only the new table's own definition can settle.
  private func conflict(between old: Column, and new: Column) throws(SQLError) -> String? {
    let name = new.name.quotedInErrors
    if let type = new.type, let oldType = old.type, type.sql != oldType.sql {
      throw SQLError(.datatypeMismatch, "inherited column \(name) has a type conflict")
    }
    if old.collation != new.collation {
      throw SQLError(.collationMismatch, "inherited column \(name) has a collation conflict")
    }
    try checkStorage(old, new.storage, new.compression, "inherited column \(name)")
    if (old.generated == nil) != (new.generated == nil) {
      throw SQLError(.datatypeMismatch, "inherited column \(name) has a generation conflict")
    }
    if let generated = new.generated, generated != old.generated { return "generation expressions" }
    if let value = new.defaultValue, let oldValue = old.defaultValue, value != oldValue { return "default values" }
    return nil
  }

  private func checkStorage(
    _ old: Column,
    _ storage: String?,
    _ compression: String?,
    _ names: String
  ) throws(SQLError) {
    if let storage, let oldStorage = old.storage, storage.lowercased() != oldStorage.lowercased() {
      throw SQLError(.datatypeMismatch, "\(names) has a storage parameter conflict")
    }
    if let compression, let oldCompression = old.compression, compression != oldCompression {
      throw SQLError(.datatypeMismatch, "\(names) has a compression method conflict")
    }
  }

  private func checkMerge(of column: ColumnDefinition, with inherited: Column) throws(SQLError) {
    let name = column.name.quotedInErrors
    if let type = column.type, let old = inherited.type {
      if old.sql != (type.serialType ?? database.resolved(type)).sql {
        throw SQLError(.datatypeMismatch, "column \(name) has a type conflict")
      }
      if column.collation != inherited.collation {
        throw SQLError(.collationMismatch, "column \(name) has a collation conflict")
      }
    }
    try checkStorage(inherited, column.storage, column.compression, "column \(name)")
    func refused(_ words: String) -> SQLError { SQLError(.invalidColumnDefinition, words) }
    if inherited.generated == nil {
      if column.generation != nil, inherited.type != nil, inherited.isLocal || inherited.isInherited {
        throw refused("child column \(name) specifies generation expression")
      }
    } else {
      if column.hasDefault { throw refused("column \(name) inherits from generated column but specifies default") }
      if column.constraints.contains(where: { if case .identity = $0.kind { true } else { false } }) {
        throw refused("column \(name) inherits from generated column but specifies identity")
      }
    }
  }
}

extension ColumnDefinition {
  /// The expression of a generated column.
  var generation: Expression? {
    for constraint in constraints { if case .generated(let expression, _) = constraint.kind { return expression } }
    return nil
  }
}
