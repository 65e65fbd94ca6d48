import Catalog
import Syntax

/// What a statement leaves for a later migration to finish. A finding about it stands only where none does.
package enum Leftover: Hashable, Sendable {
  case notValid(constraint: String, of: QualifiedName)
  /// A foreign key whose columns no index leads with.
  case unindexed(foreignKey: String, of: QualifiedName)
  /// An index that serves no query which the other one does not.
  case duplicate(index: QualifiedName, of: QualifiedName)

  /// Whether it is still so; what is gone or has another name is looked for no further.
  func remains(in catalog: Catalog) -> Bool {
    switch self {
    case .notValid(let name, let table): catalog.tables[table]?.constraint(name)?.isValidated == false
    case .unindexed(let name, let table):
      catalog.tables[table]?.constraint(name).map { !catalog.hasIndex(for: $0, of: table) } ?? false
    case .duplicate(let index, let other): catalog.indexes.contains(index) && catalog.indexes.contains(other)
    }
  }
}

extension Leftover {
  fileprivate var name: String {
    switch self {
    case .notValid(let name, _), .unindexed(let name, _): name.quotedIdentifier
    case .duplicate(let index, _): index.name.quotedIdentifier
    }
  }
}

extension [Finding] {
  /// Without those about what is finished, and those of one rule about one statement as one.
  func leftovers(in catalog: Catalog) -> [Finding] {
    var found: [Finding] = []
    var first: [Place: Int] = [:]
    var others: [Int: [String]] = [:]
    for finding in self {
      guard let leftover = finding.leftover else {
        found.append(finding)
        continue
      }
      guard leftover.remains(in: catalog) else { continue }
      let place = Place(rule: finding.rule, start: finding.range.lowerBound)
      if let position = first[place] {
        others[position, default: []].append(leftover.name)
      } else {
        first[place] = found.count
        found.append(finding)
      }
    }
    for (position, names) in others { found[position] = found[position].aboutAlso(names) }
    return found
  }
}

private struct Place: Hashable {
  let rule: String
  let start: Int
}

extension Finding {
  fileprivate func aboutAlso(_ names: [String]) -> Finding {
    let list =
      names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names.joined()
    return Finding(
      rule: rule,
      risk: risk,
      range: range,
      message: "\(message.description); the same goes for \(list)",
      fix: fix,
      statement: statement,
      leftover: leftover,
      breaks: breaks,
      remainder: remainder,
      suppression: suppression
    )
  }
}

extension Catalog {
  /// Whether an index finds the rows that a foreign key holds, or narrows them down: its first column is one of the key's.
  package func hasIndex(for key: TableConstraint, of table: QualifiedName) -> Bool {
    indexes(of: table).contains { index in
      guard index.definition.predicate == nil, case .column(let name)? = index.definition.elements.first?.key else {
        return false
      }
      return key.columns.contains(name)
    }
  }
}
