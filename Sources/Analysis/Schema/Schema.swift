import Syntax

/// The simulated catalog: what the database holds after the statements so far.
package struct Schema: Sendable {
  /// By qualified name.
  package internal(set) var tables: [QualifiedName: Table]
  /// By qualified name.
  package internal(set) var indexes: [QualifiedName: Index]
  /// Counts the migrations that have begun, so that relations know which one made them.
  package internal(set) var currentMigration: Int
  package internal(set) var searchPath: [String]

  package init() {
    tables = [:]
    indexes = [:]
    currentMigration = 0
    searchPath = ["public"]
  }

  /// A new migration begins: what was made until now existed before it.
  package mutating func beginMigration() { currentMigration += 1 }

  /// The table that a name means on the search path.
  package func table(_ name: QualifiedName) -> Table? { tables[qualified(name)] }

  /// The index that a name means on the search path.
  package func index(_ name: QualifiedName) -> Index? { indexes[qualified(name)] }

  /// The name with the schema it is found in; an unknown one gets the schema in which it would be made.
  package func qualified(_ name: QualifiedName) -> QualifiedName {
    guard name.schema == nil else { return name }
    for schema in searchPath {
      let candidate = QualifiedName(schema: schema, name.name)
      if tables[candidate] != nil || indexes[candidate] != nil { return candidate }
    }
    return QualifiedName(schema: searchPath.first ?? "public", name.name)
  }
}

package struct Table: Hashable, Sendable {
  package var name: QualifiedName
  package var kind: RelationKind
  package var columns: [Column]
  package var constraints: [TableConstraint]
  /// The migration that made it, as ``Schema/currentMigration`` counts.
  package var createdIn: Int

  package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}

package struct Column: Hashable, Sendable {
  package var name: String
  /// `nil` where the history does not tell.
  package var type: TypeName?
  package var isNotNull: Bool
  package var defaultValue: Expression?
}

package struct TableConstraint: Hashable, Sendable {
  package var name: String
  package var definition: Constraint
  /// The columns it is about, in its order.
  package var columns: [String]
  package var isValidated: Bool
}

package struct Index: Hashable, Sendable {
  package var name: QualifiedName
  package var table: QualifiedName
  package var definition: CreateIndex
  package var createdIn: Int
}
