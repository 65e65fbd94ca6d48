import Catalog
import Linting
import Syntax

extension StatementContext {
  /// The columns that the statement defines, or gives another type; none of a temporary table, which nobody else knows.
  var definedColumns: (table: QualifiedName, columns: [ColumnDefinition])? {
    switch statement.kind {
    case .createTable(let create):
      guard create.relation.persistence != .temporary else { return nil }
      let columns = create.elements.compactMap { element in
        if case .column(let column) = element { column } else { nil }
      }
      return (create.relation.name, columns)
    case .alterTable(let alter):
      let columns = alter.actions.compactMap { action -> ColumnDefinition? in
        switch action.kind {
        case .addColumn(let column, _): column
        case .setType(let name, let column, _): ColumnDefinition(name: name, type: column.type)
        default: nil
        }
      }
      return (alter.relation.name, columns)
    default: return nil
    }
  }

  /// The constraints that the text defines, each with the column that it stands at.
  var writtenConstraints: (table: QualifiedName, constraints: [Constraint])? {
    var constraints = definedColumns?.columns.flatMap(\.constraints) ?? []
    switch statement.kind {
    case .createTable(let create):
      guard create.relation.persistence != .temporary else { return nil }
      for case .constraint(let constraint) in create.elements { constraints.append(constraint) }
      return (create.relation.name, constraints)
    case .alterTable(let alter):
      for case .addConstraint(let constraint) in alter.actions.map(\.kind) { constraints.append(constraint) }
      return (alter.relation.name, constraints)
    default: return nil
    }
  }

  /// One finding about all columns of some types that the statement defines.
  func findings(
    _ rule: some Rule,
    ofTypes types: Set<String>,
    advice: String,
    saying message: ([String], QualifiedName) -> Finding.Message
  ) -> [Finding] {
    guard let (table, columns) = definedColumns else { return [] }
    let names = columns.filter { $0.type.map { types.contains($0.name.name) } ?? false }.map(\.name.quotedIdentifier)
    return names.isEmpty ? [] : [finding(rule, message(names, table), fix: Finding.Fix(advice))]
  }
}
