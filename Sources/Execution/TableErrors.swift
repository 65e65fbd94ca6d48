import Catalog
import Syntax

/// What PostgreSQL says of definitions of tables, in several commands alike.
extension SQLError {
  static func multiplePrimaryKeys(_ table: QualifiedName) -> SQLError {
    SQLError(.invalidTableDefinition, "multiple primary keys for table \(table.quotedInErrors) are not allowed")
  }

  static func undefinedColumn(_ column: String, namedIn place: String) -> SQLError {
    SQLError(
      .undefinedColumn,
      "column \(column.quotedInErrors) \(place.isEmpty ? "" : place + " ")does not exist",
      about: Object(.column, QualifiedName(schema: nil, column))
    )
  }

  static func undefinedIndex(_ index: String, of table: QualifiedName) -> SQLError {
    SQLError(
      .undefinedObject,
      "index \(index.quotedInErrors) for table \(table.quotedInErrors) does not exist",
      about: Object(.index, QualifiedName(schema: table.schema, index), of: table)
    )
  }

  static func duplicateConstraint(_ constraint: String, of table: QualifiedName) -> SQLError {
    SQLError(
      .duplicateObject,
      "constraint \(constraint.quotedInErrors) for relation \(table.quotedInErrors) already exists",
      about: Object(.constraint, QualifiedName(schema: nil, constraint), of: table)
    )
  }

  /// What holds for a parent must hold for its children.
  static func alsoOfChildren(_ what: String) -> SQLError {
    SQLError(.invalidTableDefinition, "\(what) child tables too")
  }

  static func isOfPartitionKey(_ column: String, of table: QualifiedName, _ verb: String) -> SQLError {
    SQLError(
      .invalidTableDefinition,
      "cannot \(verb) column \(column.quotedInErrors) because it is part of the partition key of relation "
        + table.quotedInErrors
    )
  }

  /// A unique index of a partitioned table must tell its partitions apart.
  static func lacksPartitionKey(of table: QualifiedName) -> SQLError {
    SQLError(
      .featureNotSupported,
      "unique constraint on partitioned table \(table.quotedInErrors) must include all partitioning columns"
    )
  }
}

extension String {
  var quotedInErrors: String { "\"\(self)\"" }
}
