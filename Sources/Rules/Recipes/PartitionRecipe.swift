import Catalog
import Linting
import Syntax

/// What proves to PostgreSQL that rows belong in a partition, or in none but the default one, so that it does not look.
struct PartitionRecipe {
  let bound: PartitionBound
  /// As the statement names it.
  let parent: QualifiedName
  let parentTable: Table

  init?(_ bound: PartitionBound?, of parent: QualifiedName, in database: Database) {
    guard let bound, let table = database.table(parent) else { return nil }
    self.bound = bound
    self.parent = parent
    parentTable = table
  }

  /// The checks of partitions, NOT VALID in the first migration and validated in the second: of a partition with rows, and
  /// of the default one. Then `last`, and the end of the checks, as the bound says the same. `nil` where nothing proves it.
  func checks(
    of partition: QualifiedName?,
    default other: QualifiedName?,
    before last: Finding.Fix.Step
  ) -> [Finding.Fix.Step]? {
    var checks: [(table: QualifiedName, name: String, condition: String)] = []
    if let partition {
      guard let condition = condition(isWithin: true) else { return nil }
      checks.append((partition, GeneratedName.make(partition.name, nil, "bound"), condition))
    }
    if let other {
      guard let condition = condition(isWithin: false) else { return nil }
      let number = parentTable.children.count
      checks.append((other, GeneratedName.make(other.name, nil, "bound\(number)"), condition))
    }
    let add = checks.map {
      "ALTER TABLE \($0.table) ADD CONSTRAINT \($0.name.quotedIdentifier) CHECK (\($0.condition)) NOT VALID;"
    }
    let validate = checks.map { "ALTER TABLE \($0.table) VALIDATE CONSTRAINT \($0.name.quotedIdentifier);" }
    let drop = checks.map {
      """
      -- sqllint:allow constraint-dropped the bounds of the partitions say the same
      ALTER TABLE \($0.table) DROP CONSTRAINT \($0.name.quotedIdentifier);
      """
    }
    let tables = checks.map(\.table.displayName).sentenceList
    return [
      Finding.Fix.Step(
        add.joined(separator: "\n"),
        once: "running code writes no row into \(tables) that \(checks.count == 1 ? "the check" : "a check") refuses"
      ),
      Finding.Fix.Step(validate.joined(separator: "\n"), once: "no row of \(tables) is left that it refuses"),
      last,
      Finding.Fix.Step(drop.joined(separator: "\n")),
    ]
  }

  /// Source: PostgreSQL's manual, "ALTER TABLE", ATTACH PARTITION; it proves little more than comparisons with constants.
  private func condition(isWithin: Bool) -> String? {
    guard let key = parentTable.partitionKey, key.elements.count == 1,
      case .column(let column)? = key.elements.first?.key
    else { return nil }
    var deparser = Deparser()
    let name = column.quotedIdentifier
    var tests: [String]
    switch bound {
    case .range(let from, let to):
      guard from.count == 1, to.count == 1 else { return nil }
      tests = []
      if case .value(let value) = from[0] { tests.append("\(name) \(isWithin ? ">=" : "<") \(deparser.text(value))") }
      if case .value(let value) = to[0] { tests.append("\(name) \(isWithin ? "<" : ">=") \(deparser.text(value))") }
    case .list(let values):
      if values.contains(.constant(.null)) { return nil }
      tests = ["\(name) \(isWithin ? "IN" : "NOT IN") (\(values.map { deparser.text($0) }.joined(separator: ", ")))"]
    case .hash, .default: return nil
    }
    if tests.isEmpty || !deparser.unprintable.isEmpty { return nil }
    if isWithin, parentTable.column(column)?.isNotNull != true { tests.insert("\(name) IS NOT NULL", at: 0) }
    return tests.joined(separator: isWithin ? " AND " : " OR ")
  }

  /// `FOR VALUES …`; `nil` where it cannot be written.
  var boundText: String? {
    var deparser = Deparser()
    let text = deparser.text(bound)
    return deparser.unprintable.isEmpty ? text : nil
  }
}
