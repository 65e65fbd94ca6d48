import Catalog
import Linting
import Syntax

extension StatementContext {
  /// The constraints that CREATE TABLE or ALTER TABLE gives its table, but for those that come from a parent.
  var newConstraints: (table: Table, constraints: [TableConstraint])? {
    let given: QualifiedName
    switch statement.kind {
    case .alterTable(let alter):
      guard alter.actions.contains(where: \.kind.mayAddConstraint) else { return nil }
      given = alter.relation.name
    case .createTable(let create): given = create.relation.name
    default: return nil
    }
    guard let table = after.table(given) else { return nil }
    let before = before.catalog.tables[table.name]
    let new = table.constraints.filter { !$0.isInherited && before?.constraint($0.name) != $0 }
    return new.isEmpty ? nil : (table, new.filter { before?.constraint($0.name)?.definition != $0.definition })
  }
}

extension AlterTable.ActionKind {
  fileprivate var mayAddConstraint: Bool {
    switch self {
    case .addConstraint, .addColumn: true
    default: false
    }
  }
}
