import Catalog
import Linting
import Syntax

extension StatementContext {
  /// The constraints of a kind that CREATE TABLE or ALTER TABLE gives its table, but for those that come from a parent;
  /// `nil` where there is none.
  func newConstraints(where isMeant: (TableConstraint) -> Bool) -> (table: Table, constraints: [TableConstraint])? {
    let given: QualifiedName
    // New ones are behind those that were there: of a table with thousands, only so many are looked at.
    let most: Int
    switch statement.kind {
    case .alterTable(let alter):
      most = alter.actions.reduce(0) { $0 + $1.kind.mostNewConstraints }
      given = alter.relation.name
    case .createTable(let create): (given, most) = (create.relation.name, .max)
    default: return nil
    }
    guard most > 0 else { return nil }
    let name = after.qualified(given)
    // Most tables have none of the kind: they are not copied to find that out.
    let hasSome = after.catalog.tables.reading(name) { table in
      table.constraints.indices.suffix(most).contains { position in
        !table.constraints[position].isInherited && isMeant(table.constraints[position])
      }
    }
    guard hasSome == true, let table = after.catalog.tables[name] else { return nil }
    let before = before.catalog.tables[name]
    let new = table.constraints.indices.suffix(most).map { table.constraints[$0] }.filter { constraint in
      !constraint.isInherited && isMeant(constraint)
        && before?.constraint(constraint.name)?.definition != constraint.definition
    }
    return new.isEmpty ? nil : (table, new)
  }
}

extension AlterTable.ActionKind {
  /// How many constraints it can add.
  fileprivate var mostNewConstraints: Int {
    switch self {
    case .addConstraint: 1
    case .addColumn(let column, _): 1 + column.constraints.count
    default: 0
    }
  }
}
