import Linting
import Syntax

extension StatementContext {
  /// The user's own constraint, added NOT VALID and validated in the next migration.
  func fixByNotValid(_ action: AlterTable.Action) -> Finding.Fix? {
    guard case .alterTable(let alter) = statement.kind, case .addConstraint(let constraint) = action.kind else {
      return nil
    }
    if let fix = fixByRenaming(action) { return fix }
    let table = before.portable(alter.relation.name)
    let isPartitioned = before.table(table)?.kind == .partitionedTable
    if case .foreignKey = constraint.kind, isPartitioned {
      return Finding.Fix(
        "PostgreSQL before 18 has no NOT VALID foreign key of a partitioned table: add it NOT VALID to each partition, "
          + "validate it there while reads and writes go on, and add it to \(table) last, which looks at no row then",
        migrations: partitionedMigrations(for: action, to: table)
      )
    }
    return Finding.Fix(
      "add it NOT VALID, and validate it in the next migration, while reads and writes go on",
      migrations: migrations(for: constraint, addedBy: action, to: table)
    )
  }

  /// Empty where the constraint needs what the statement cannot do safely.
  private func migrations(
    for constraint: Constraint,
    addedBy action: AlterTable.Action,
    to table: QualifiedName
  ) -> [Finding.Fix.Step] {
    guard let definition = constraintText(addedBy: action), let name = nameOfConstraint(addedBy: action),
      let needed = actionsNeeded(by: constraint)
    else { return [] }
    return ConstraintRecipes(table: table, name: name).validated((needed + [definition]).joined(separator: ",\n  "))
  }

  private func partitionedMigrations(for action: AlterTable.Action, to table: QualifiedName) -> [Finding.Fix.Step] {
    guard case .addConstraint(let constraint) = action.kind, let definition = constraintText(addedBy: action),
      let name = nameOfConstraint(addedBy: action), actionsNeeded(by: constraint) == []
    else { return [] }
    return ConstraintRecipes(table: table, name: name).validated(definition, onEachOf: leaves(of: table))
  }

  // MARK: - Other actions of the statement

  /// The other actions without which the constraint cannot be added, as the user wrote them: those that add its columns,
  /// and one that drops a constraint of its name. `nil` where one of them asks for work or breaks something itself, so
  /// that advice cannot hold it.
  func actionsNeeded(by constraint: Constraint) -> [String]? {
    guard case .alterTable(let alter) = statement.kind else { return [] }
    let known = before.table(alter.relation.name)?.columns.map(\.name) ?? []
    let missing = constraint.ownColumns.filter { !known.contains($0) }
    var needed: [String] = []
    for (position, action) in alter.actions.enumerated() {
      switch action.kind {
      case .addColumn(let column, _) where missing.contains(column.name): break
      case .dropConstraint(let name, _, _) where name == constraint.name: break
      default: continue
      }
      guard isHarmless(action, at: position), let text = text(of: action) else { return nil }
      needed.append(text)
    }
    return needed
  }

  private func isHarmless(_ action: AlterTable.Action, at position: Int) -> Bool {
    if case .addColumn(let column, _) = action.kind, column.isRequired, !column.hasValue { return false }
    return !effects.visibleToOthers.contains { $0.work.contains { $0.action == position } }
  }

  /// The partitions that hold the rows of a partitioned table, named as in the statement.
  func leaves(of table: QualifiedName) -> [QualifiedName] {
    let leaves = before.catalog.descendants(of: before.qualified(table)).filter {
      before.catalog.kind(of: $0) != .partitionedTable
    }
    return leaves.map { $0.schema == "public" ? QualifiedName($0.name) : $0 }
  }

  /// `ADD CONSTRAINT …` as the user wrote it, or where the text is not in the file, as PostgreSQL reads it.
  func constraintText(addedBy action: AlterTable.Action) -> String? {
    guard case .addConstraint(let constraint) = action.kind else { return nil }
    // In a session with the usual search path the user's own text may mean another table.
    if before.session.searchPath == ["public"], let text = text(of: action) { return text }
    var deparser = Deparser()
    var columns: [String] = []
    var referenced: (QualifiedName, [String])?
    if case .foreignKey(let key) = constraint.kind {
      columns = key.columns
      referenced = (before.portable(key.referenced.name), key.referencedColumns)
    }
    if case .unique(let key) = constraint.kind { columns = key.columns }
    let name = constraint.name.map { "CONSTRAINT \($0.quotedIdentifier) " } ?? ""
    let definition = deparser.text(constraint, columns: columns, referenced: referenced)
    return deparser.unprintable.isEmpty ? "ADD \(name)\(definition)" : nil
  }

  /// The name that the constraint has, or that PostgreSQL will give it.
  func nameOfConstraint(addedBy action: AlterTable.Action) -> String? {
    guard case .addConstraint(let constraint) = action.kind, case .alterTable(let alter) = statement.kind else {
      return nil
    }
    if let name = constraint.name { return name }
    return after.table(alter.relation.name)?.constraints.last { $0.definition == constraint }?.name
  }
}

extension Constraint {
  /// The columns of the table that it names; of a check those that it reads.
  fileprivate var ownColumns: [String] {
    switch kind {
    case .check(let condition, _): condition.columnNames
    case .foreignKey(let key): key.columns
    case .unique(let key), .primaryKey(let key): key.columns
    case .null, .notNull, .default, .identity, .generated, .exclusion: []
    }
  }
}
