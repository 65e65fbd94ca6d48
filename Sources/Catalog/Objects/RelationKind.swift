import Syntax

package enum RelationKind: String, Hashable, Sendable {
  case table
  case partitionedTable = "partitioned table"
  case foreignTable = "foreign table"
  case index
  case view
  case materializedView = "materialized view"
  case sequence
  case compositeType = "composite type"

  /// What a relation is of which no more is known than what a statement calls it; `nil` for a table, which TABLE does not
  /// mean in all commands.
  package init?(assumed kind: ObjectKind) {
    switch kind {
    case .foreignTable: self = .foreignTable
    case .index: self = .index
    case .view: self = .view
    case .materializedView: self = .materializedView
    case .sequence: self = .sequence
    default: return nil
    }
  }
}
