import Catalog
import Syntax

/// What a table that is there has other than a CREATE TABLE of its name would make; names of columns.
package struct TableComparison: Hashable, Sendable {
  package let table: QualifiedName
  /// Columns that the table does not have.
  package let missing: [String]
  /// Columns that have another type in the table.
  package let changed: [String]
  /// Columns that the statement does not name.
  package let unnamed: [String]

  package var differs: Bool { !missing.isEmpty || !changed.isEmpty || !unnamed.isEmpty }
}

extension Database {
  /// Compares the table of the statement's name with what the statement would make; `nil` where there is none for
  /// certain, or not all of it is known.
  package func comparison(with statement: CreateTable, version: Int) -> TableComparison? {
    let name = creationName(of: statement.relation)
    guard let table = catalog.tables[name], catalog.isFullyKnown(table) else { return nil }
    var other = self
    other.catalog.remove(.table(name))
    guard other.execute(.createTable(statement), version: version).refusal == nil,
      let made = other.catalog.tables[name], other.catalog.isFullyKnown(made)
    else { return nil }
    return TableComparison(
      table: name,
      missing: made.columns.map(\.name).filter { table.column($0) == nil },
      changed: made.columns.filter { column in
        table.column(column.name).map { $0.type?.sql != column.type?.sql } ?? false
      }.map(\.name),
      unnamed: table.columns.map(\.name).filter { made.column($0) == nil }
    )
  }
}
