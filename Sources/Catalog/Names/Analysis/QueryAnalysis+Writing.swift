import Syntax

/// What may be written, and what values fit into columns.
extension QueryAnalysis {
  /// The columns that only take DEFAULT, with their positions.
  func restrictedColumns(
    _ columns: [ResultColumn],
    of target: Target,
    _ overriding: Insert.Overriding
  ) -> [(position: Int, name: String)] {
    guard target.isTable else { return [] }
    return columns.enumerated().compactMap { position, column in
      target.takesValues(column.name, overriding) ? nil : (position, column.name)
    }
  }

  func requireWritable(_ column: String, of target: Target, _ overriding: Insert.Overriding) throws(SQLError) {
    if target.takesValues(column, overriding) { return }
    throw SQLError(.generatedAlways, "cannot insert a non-DEFAULT value into column \"\(column)\"")
  }

  /// Relations that nobody writes row by row.
  ///
  /// Source: `CheckValidResultRel` in `execMain.c`, `rewriteTargetView` in `rewriteHandler.c`.
  func requireChangeable(_ relation: QualifiedName?, _ command: CreateRule.Event) throws(SQLError) {
    guard let relation, catalog.tables[relation] == nil else { return }
    let name = QualifiedName(relation.name).quotedInErrors
    if catalog.sequences.contains(relation) {
      throw SQLError(.wrongObjectType, "cannot change sequence \(name)")
    }
    if catalog.views[relation]?.isMaterialized == true {
      throw SQLError(.wrongObjectType, "cannot change materialized view \(name)")
    }
  }

  func requireAssignable(_ type: TypeName?, to column: ResultColumn) throws(SQLError) {
    guard let type, let target = column.type, database.cannotAssign(type, to: target) else { return }
    throw SQLError(
      .datatypeMismatch,
      "column \"\(column.name)\" is of type \(target.nameInErrors) but expression is of type \(type.nameInErrors)"
    )
  }

  // MARK: - ON CONFLICT

  /// A unique index tells which rows conflict.
  ///
  /// Source: `infer_arbiter_indexes` in `plancat.c`.
  mutating func check(
    _ conflictTarget: Insert.ConflictTarget,
    of target: Target,
    _ conflict: Insert.Conflict
  ) throws(SQLError) {
    switch conflictTarget {
    case .constraint(let name): try check(constraint: name, of: target, conflict)
    case .index(let elements, let predicate):
      for element in elements {
        switch element.key {
        case .column(let name): _ = try type(of: ColumnReference(parts: [name]))
        case .expression(let expression): _ = try type(of: expression)
        }
      }
      if let predicate { try requireBoolean(predicate, in: .condition) }
      guard let relation = target.relation, let table = catalog.tables[relation], catalog.isFullyKnown(table) else {
        return
      }
      let found = catalog.indexes(of: relation).filter { mayTell($0, elements, predicate) }
      if found.contains(where: { $0.constraint.flatMap(table.constraint)?.definition.isDeferrable == true }) {
        throw Self.deferrableArbiter
      }
      if !found.isEmpty { return }
      throw SQLError(
        .invalidColumnReference,
        "there is no unique or exclusion constraint matching the ON CONFLICT specification"
      )
    }
  }

  private func mayTell(
    _ index: Index,
    _ elements: [IndexElement],
    _ predicate: Expression?
  ) -> Bool {
    guard index.definition.isUnique, index.definition.predicate == nil || predicate != nil else { return false }
    let keys = [index.definition.elements, elements].map { elements in
      elements.reduce(into: (columns: Set<String>(), hasExpressions: false)) { keys, element in
        switch element.key {
        case .column(let name): keys.columns.insert(name)
        case .expression: keys.hasExpressions = true
        }
      }
    }
    return keys[0].columns == keys[1].columns && keys[0].hasExpressions == keys[1].hasExpressions
  }

  private func check(
    constraint name: String,
    of target: Target,
    _ conflict: Insert.Conflict
  ) throws(SQLError) {
    guard let relation = target.relation, let table = catalog.tables[relation] else { return }
    guard let constraint = table.constraint(name) else {
      if !catalog.isFullyKnown(table) { return }
      throw SQLError(
        .undefinedObject,
        "constraint \"\(name)\" for table \(QualifiedName(target.name).quotedInErrors) does not exist"
      )
    }
    guard constraint.isKey else {
      throw SQLError(.wrongObjectType, "constraint in ON CONFLICT clause has no associated index")
    }
    if case .exclusion = constraint.definition.kind, conflict != .doNothing {
      throw SQLError(.wrongObjectType, "ON CONFLICT DO UPDATE not supported with exclusion constraints")
    }
    if constraint.definition.isDeferrable { throw Self.deferrableArbiter }
  }

  private static let deferrableArbiter = SQLError(
    .objectNotInPrerequisiteState,
    "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters"
  )
}

extension QueryAnalysis.Target {
  /// Whether INSERT may give the column a value.
  ///
  /// Source: `rewriteTargetListIU` in `rewriteHandler.c`.
  fileprivate func takesValues(_ name: String, _ overriding: Insert.Overriding) -> Bool {
    guard let column = columns[named: name] else { return true }
    if column.generated != nil { return false }
    return column.identity != .always || overriding != .none
  }

  /// Whether UPDATE may set the column to DEFAULT only.
  func onlyTakesDefault(_ name: String) -> Bool {
    guard let column = columns[named: name] else { return false }
    return column.generated != nil || column.identity == .always
  }
}

// MARK: - COPY

extension QueryAnalysis {
  /// The relation that COPY reads or writes, after a look at its list of columns; `nil` where the history does not have
  /// it.
  ///
  /// Source: `CopyGetAttnums` in `copy.c`.
  package mutating func copied(
    _ reference: RelationReference,
    _ columns: [String]
  ) throws(SQLError) -> QualifiedName? {
    levels.append(Level())
    defer { levels.removeLast() }
    let target = try target(reference)
    var seen: Set<String> = []
    for name in columns {
      guard try targetColumn(name, of: target) != nil else { continue }
      if target.columns[named: name]?.generated != nil {
        throw SQLError(.invalidColumnReference, "column \"\(name)\" is a generated column")
      }
      if !seen.insert(name).inserted {
        throw .columnTwice(name)
      }
    }
    return target.relation
  }
}
