import Analysis
import Syntax

extension Step {
  /// The user's own constraint, added NOT VALID and validated in the next migration.
  func fixByNotValid(_ action: AlterTable.Action) -> Finding.Fix? {
    guard case .alterTable(let alter) = statement.kind, let definition = constraintText(addedBy: action),
      let name = nameOfConstraint(addedBy: action)
    else { return nil }
    let recipe = ConstraintRecipes(table: alter.relation.name, name: name)
    if case .addConstraint(let constraint) = action.kind, case .foreignKey = constraint.kind,
      schema.table(alter.relation.name)?.kind == .partitionedTable
    {
      return Finding.Fix(
        "PostgreSQL before 18 has no NOT VALID foreign key of a partitioned table: add it NOT VALID to each partition, "
          + "validate it there while reads and writes go on, and add it to \(alter.relation.name) last, which looks at no "
          + "row then",
        migrations: recipe.validated(definition, onEachOf: leaves(of: alter.relation.name))
      )
    }
    return Finding.Fix(
      "add it NOT VALID, and validate it in the next migration, while reads and writes go on",
      migrations: recipe.validated(definition)
    )
  }

  /// The partitions that hold the rows of a partitioned table, named as in the statement.
  func leaves(of table: QualifiedName) -> [QualifiedName] {
    let leaves = schema.descendants(of: schema.qualified(table)).filter { schema.kind(of: $0) != .partitionedTable }
    return leaves.map { $0.schema == "public" ? QualifiedName($0.name) : $0 }
  }

  /// `ADD CONSTRAINT …` as the user wrote it, or where the text is not in the file, as PostgreSQL reads it.
  func constraintText(addedBy action: AlterTable.Action) -> String? {
    guard case .addConstraint(let constraint) = action.kind else { return nil }
    if let text = text(of: action) { return text }
    var deparser = Deparser()
    let columns: [String] = if case .foreignKey(let key) = constraint.kind { key.columns } else { [] }
    let name = constraint.name.map { "CONSTRAINT \($0.quotedIdentifier) " } ?? ""
    let definition = deparser.text(constraint, columns: columns)
    return deparser.unprintable.isEmpty ? "ADD \(name)\(definition)" : nil
  }

  /// The name that the constraint has, or that PostgreSQL will give it.
  func nameOfConstraint(addedBy action: AlterTable.Action) -> String? {
    guard case .addConstraint(let constraint) = action.kind, case .alterTable(let alter) = statement.kind else {
      return nil
    }
    if let name = constraint.name { return name }
    return schemaAfter.table(alter.relation.name)?.constraints.last { $0.definition == constraint }?.name
  }
}
