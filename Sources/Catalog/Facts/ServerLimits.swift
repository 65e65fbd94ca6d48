/// How much PostgreSQL takes of what a statement lists. What is over is refused with an SQLSTATE of class 54.
package enum ServerLimits {
  /// Of a table, and the attributes of a composite type (`MaxHeapAttributeNumber`).
  package static let columns = 1_600
  /// Results of a query, so also the columns of a view (`MaxTupleAttributeNumber`).
  package static let targets = 1_664
  /// Columns of an index with those that it includes, of a key, a foreign key or a partition key (`INDEX_MAX_KEYS`,
  /// `PARTITION_MAX_KEYS`).
  package static let keys = 32
  /// Columns and expressions of extended statistics (`STATS_MAX_DIMENSIONS`).
  package static let statisticsColumns = 8
  /// Parameters of a function (`FUNC_MAX_ARGS`).
  package static let parameters = 100
}
