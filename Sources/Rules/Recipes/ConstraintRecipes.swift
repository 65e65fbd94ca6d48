import Analysis
import Syntax

/// The ways to constraints that hold no lock while rows are read.
struct ConstraintRecipes {
  /// As the user names it.
  let table: QualifiedName
  /// The name that the constraint has, or that PostgreSQL will give it.
  let name: String

  /// A key whose index is built while writes go on.
  func key(_ constraint: Constraint, _ key: KeyConstraint, columns: [String], isPrimary: Bool) -> [String] {
    var deparser = Deparser()
    let index = CreateIndex(
      name: name,
      relation: RelationReference(table),
      elements: columns.map { IndexElement(key: .column($0)) },
      including: key.including,
      isUnique: true,
      nullsNotDistinct: key.nullsNotDistinct,
      options: key.options,
      tablespace: key.tablespace
    )
    let definition = deparser.text(index, on: table.description).replacing(" USING btree", with: "", maxReplacements: 1)
    let words = isPrimary ? "PRIMARY KEY" : "UNIQUE"
    let deferral =
      (constraint.isDeferrable ? " DEFERRABLE" : "") + (constraint.isInitiallyDeferred ? " INITIALLY DEFERRED" : "")
    return [
      "CREATE UNIQUE INDEX CONCURRENTLY \(quoted) \(definition);",
      "ALTER TABLE \(table) ADD CONSTRAINT \(quoted) \(words) USING INDEX \(quoted)\(deferral);",
    ]
  }

  /// A check or a foreign key that is validated while reads and writes go on. `definition` is all that stands behind
  /// ALTER TABLE and the table's name.
  func validated(_ definition: String) -> [String] {
    [
      "ALTER TABLE \(table) \(definition) NOT VALID;",
      "ALTER TABLE \(table) VALIDATE CONSTRAINT \(quoted);",
    ]
  }

  /// The same for one that stands in a column's definition.
  func validated(_ constraint: Constraint, of column: String) -> [String] {
    var deparser = Deparser()
    return validated("ADD CONSTRAINT \(quoted) \(deparser.text(constraint, columns: [column]))")
  }

  private var quoted: String { name.quotedIdentifier }
}
