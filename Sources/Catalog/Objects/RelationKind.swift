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
}
