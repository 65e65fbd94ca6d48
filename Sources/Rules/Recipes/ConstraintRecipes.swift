import Linting
import Syntax

/// The ways to constraints that hold no lock while rows are read.
struct ConstraintRecipes {
  /// As the user names it.
  let table: QualifiedName
  /// The name that the constraint has, or that PostgreSQL will give it.
  let name: String

  /// A key whose index is built while writes go on.
  func key(_ constraint: Constraint, _ key: KeyConstraint, columns: [String], isPrimary: Bool) -> [Finding.Fix.Step] {
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
  ) -> [Finding.Fix.Step] {
    let index = name.quotedIdentifier
    let start = old.map { "DROP CONSTRAINT \($0.quotedIdentifier),\n  " } ?? ""
    return [
      self.index(index, for: key, columns: key.columns),
      "ALTER TABLE \(table) \(start)ADD CONSTRAINT \(quoted) PRIMARY KEY USING INDEX \(index)\(constraint.deferral);",
    ]
  }

  /// A unique index for a key, built while writes go on.
  func index(_ quotedName: String, for key: KeyConstraint, columns: [String]) -> Finding.Fix.Step {
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
    return Finding.Fix.Step(
      "CREATE UNIQUE INDEX CONCURRENTLY \(quotedName) \(definition);",
      once: Self.uniqueness
    )
  }

  /// What is to be true before a unique index is built.
  static let uniqueness =
    "running code writes no duplicates and no old ones are left: even the unfinished index refuses them"

  /// A check or a foreign key that is validated while reads and writes go on. `definition` is all that follows
  /// ALTER TABLE and the table's name.
  func validated(_ definition: String) -> [Finding.Fix.Step] {
    [
      Finding.Fix.Step(
        "ALTER TABLE \(table) \(definition) NOT VALID;",
        once: "running code keeps to \(quoted): it holds for new and changed rows at once"
      ),
      Finding.Fix.Step(
        "ALTER TABLE \(table) VALIDATE CONSTRAINT \(quoted);",
        once: "no old row is left that \(quoted) refuses"
      ),
    ]
  }

  /// The same for one that stands in a column's definition.
  func validated(_ constraint: Constraint, of column: String) -> [Finding.Fix.Step] {
    var deparser = Deparser()
    return validated("ADD CONSTRAINT \(quoted) \(deparser.text(constraint, columns: [column]))")
  }

  /// The same for a partitioned table, whose own cannot be NOT VALID: each partition gets it first, and what is added to
  /// the whole finds them there.
  func validated(_ definition: String, onEachOf partitions: [QualifiedName]) -> [Finding.Fix.Step] {
    let parts = partitions.map { ConstraintRecipes(table: $0, name: name).validated(definition) }
    return [parts.map { $0[0] }.joined, parts.map { $0[1] }.joined, "ALTER TABLE \(table) \(definition);"]
  }

  /// A unique constraint of a partitioned table, which takes over no index: those of its partitions do. Each in a
  /// transaction of its own: who reads the whole locks it before its partitions, and would lock against one that holds a
  /// partition and waits for the whole.
  func unique(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    definition: String,
    onEachOf partitions: [ConstraintRecipes]
  ) -> [Finding.Fix.Step] {
    let parts = partitions.map { $0.key(constraint, key, columns: key.columns, isPrimary: false) }
    return parts.map { $0[0] } + parts.map { $0[1] } + ["ALTER TABLE \(table) \(definition);"]
  }

  private var quoted: String { name.quotedIdentifier }
}

extension [Finding.Fix.Step] {
  /// All of them as one migration; what must be true of code before the first one is what counts.
  fileprivate var joined: Finding.Fix.Step {
    Finding.Fix.Step(map(\.sql).joined(separator: "\n"), once: first?.deploy)
  }
}

extension Constraint {
  /// What follows a constraint that waits for the end of the transaction.
  var deferral: String {
    (isDeferrable ? " DEFERRABLE" : "") + (isInitiallyDeferred ? " INITIALLY DEFERRED" : "")
  }
}
