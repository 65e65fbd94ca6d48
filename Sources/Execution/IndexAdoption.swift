import Catalog
import Syntax

extension Index {
  /// Whether ADD CONSTRAINT … USING INDEX can take the index.
  ///
  /// Source: `transformIndexConstraint` in `parse_utilcmd.c`.
  func checkAdoption(by table: Table, isPrimary: Bool) throws(SQLError) {
    let own = "index \(name.name.quotedInErrors)"
    func refused(_ state: SQLState, _ message: String) -> SQLError {
      SQLError(state, message, about: SQLError.Object(.index, name))
    }
    if constraint != nil {
      throw refused(.objectNotInPrerequisiteState, "\(own) is already associated with a constraint")
    }
    if self.table != table.name {
      throw refused(.objectNotInPrerequisiteState, "\(own) does not belong to table \(table.name.quotedInErrors)")
    }
    if !isValid { throw refused(.objectNotInPrerequisiteState, "\(own) is not valid") }
    if !definition.isUnique {
      throw refused(.wrongObjectType, "\(name.name.quotedInErrors) is not a unique index")
    }
    if definition.elements.contains(where: { $0.column == nil }) {
      throw refused(.wrongObjectType, "\(own) contains expressions")
    }
    if definition.predicate != nil {
      throw refused(.wrongObjectType, "\(name.name.quotedInErrors) is a partial index")
    }
    for (position, element) in definition.elements.enumerated()
    where !element.sortsAsUsual(in: element.column.flatMap { table.column($0) }) {
      throw refused(.wrongObjectType, "\(own) column number \(position + 1) does not have default sorting behavior")
    }
    if isPrimary, definition.nullsNotDistinct {
      throw refused(.invalidTableDefinition, "primary keys cannot use NULLS NOT DISTINCT indexes")
    }
  }
}

extension IndexElement {
  private var isDescending: Bool { direction == .descending }

  /// Ascending with NULL behind all else; the operator class may be the default one of its type under its name.
  fileprivate func sortsAsUsual(in column: Column?) -> Bool {
    if let collation, collation.name != "default", collation != column?.collation { return false }
    return !isDescending && (nulls == .unspecified || nulls == .last)
      && operatorClass?.name.hasSuffix("_pattern_ops") != true
  }
}
