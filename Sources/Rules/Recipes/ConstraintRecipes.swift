import Linting
import Syntax

/// The ways to constraints that hold no lock while rows are read.
struct ConstraintRecipes {
  /// As the user names it.
  let table: QualifiedName
  /// The name that the constraint has, or that PostgreSQL will give it.
  let name: String

  /// A key whose index is built while writes go on.
  func key(_ constraint: Constraint, _ key: KeyConstraint, columns: [String], isPrimary: Bool) -> [String] {
    let words = isPrimary ? "PRIMARY KEY" : "UNIQUE"
    return [
      index(quoted, for: key, columns: columns),
      "ALTER TABLE \(table) ADD CONSTRAINT \(quoted) \(words) USING INDEX \(quoted)\(constraint.deferral);",
    ]
  }

  /// A primary key, in place of the one that there is, if any.
  func primaryKey(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    index name: String,
    insteadOf old: String?
  ) -> [String] {
    let index = name.quotedIdentifier
    let start = old.map { "DROP CONSTRAINT \($0.quotedIdentifier),\n  " } ?? ""
    return [
      self.index(index, for: key, columns: key.columns),
      "ALTER TABLE \(table) \(start)ADD CONSTRAINT \(quoted) PRIMARY KEY USING INDEX \(index)\(constraint.deferral);",
    ]
  }

  private func index(_ quotedName: String, for key: KeyConstraint, columns: [String]) -> String {
    var deparser = Deparser()
    let index = CreateIndex(
      name: nil,
      relation: RelationReference(table),
      elements: columns.map { IndexElement(key: .column($0)) },
      including: key.including,
      isUnique: true,
      nullsNotDistinct: key.nullsNotDistinct,
      options: key.options,
      tablespace: key.tablespace
    )
    let definition = deparser.text(index, on: table.description).replacing(" USING btree", with: "", maxReplacements: 1)
    return "CREATE UNIQUE INDEX CONCURRENTLY \(quotedName) \(definition);"
  }

  /// A check or a foreign key that is validated while reads and writes go on. `definition` is all that follows
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

  /// The same for a partitioned table, whose own cannot be NOT VALID: each partition gets it first, and what is added to
  /// the whole finds them there.
  func validated(_ definition: String, onEachOf partitions: [QualifiedName]) -> [String] {
    let parts = partitions.map { ConstraintRecipes(table: $0, name: name).validated(definition) }
    return [
      parts.map { $0[0] }.joined(separator: "\n"), parts.map { $0[1] }.joined(separator: "\n"),
      "ALTER TABLE \(table) \(definition);",
    ]
  }

  /// A unique constraint of a partitioned table, which takes over no index: those of its partitions do.
  func unique(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    definition: String,
    onEachOf partitions: [ConstraintRecipes]
  ) -> [String] {
    let parts = partitions.map { $0.key(constraint, key, columns: key.columns, isPrimary: false) }
    return parts.map { $0[0] }
      + [(parts.map { $0[1] } + ["ALTER TABLE \(table) \(definition);"]).joined(separator: "\n")]
  }

  private var quoted: String { name.quotedIdentifier }
}

extension Constraint {
  fileprivate var deferral: String {
    (isDeferrable ? " DEFERRABLE" : "") + (isInitiallyDeferred ? " INITIALLY DEFERRED" : "")
  }
}
