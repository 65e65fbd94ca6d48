import HashTreeCollections
import Syntax

/// The names that PostgreSQL makes where a statement gives none.
///
/// Source: `makeObjectName`, `ChooseRelationName`, `ChooseIndexName` in `indexcmds.c` and `ChooseConstraintName` in
/// `pg_constraint.c`.
package enum GeneratedName {
  /// One less than NAMEDATALEN.
  package static let maximumLength = 63

  /// `name1_name2_label`, the longer of the names cut until it fits.
  package static func make(_ first: String, _ second: String?, _ label: String) -> String {
    let available = maximumLength - (label.utf8.count + 1) - (second == nil ? 0 : 1)
    var firstLength = first.utf8.count
    var secondLength = second?.utf8.count ?? 0
    while firstLength + secondLength > available {
      if firstLength > secondLength { firstLength -= 1 } else { secondLength -= 1 }
    }
    return [first.clipped(to: firstLength), second?.clipped(to: secondLength), label].compactMap(\.self)
      .joined(separator: "_")
  }

  /// The part of a name that stands for its columns.
  package static func addition(_ columns: [String]) -> String {
    var text = ""
    for column in columns {
      if !text.isEmpty { text += "_" }
      text += column
      if text.utf8.count > maximumLength { break }
    }
    return text.clipped(to: maximumLength + 1)
  }

  /// The names of an index's columns: a function's name for a call, `expr` for what has none, and a number for repeated
  /// ones.
  package static func indexColumns(_ index: CreateIndex) -> [String] {
    var names: [String] = []
    var taken: Set<String> = []
    let keys = index.elements.map { element in
      switch element.key {
      case .column(let name): name
      case .expression(let expression): expression.title ?? "expr"
      }
    }
    for key in keys + index.including {
      var name = key
      var number = 1
      while !taken.insert(name).inserted {
        name = key.clipped(to: maximumLength - String(number).utf8.count) + String(number)
        number += 1
      }
      names.append(name)
    }
    return names
  }

  /// `label`, `label1`, `label2`, …
  fileprivate static func numbered(_ label: String, _ number: Int) -> String {
    number == 0 ? label : "\(label)\(number)"
  }
}

/// Up to which number the names that PostgreSQL makes up are known to be taken.
struct GeneratedNames: Sendable {
  /// What a name must differ from.
  enum Kind: Hashable { case relation, constraint, constraintWithIndex, statistics, domainCheck }

  struct Key: Hashable {
    let schema: String?
    /// Without a number.
    let name: String
    let kind: Kind
  }

  private var taken: TreeDictionary<Key, Int> = [:]
  /// The removals from the catalog until which ``taken`` holds: what is removed since may have freed a name.
  private var removals = 0

  mutating func lowestFree(_ key: Key, removals: Int) -> Int {
    if removals != self.removals { taken = [:] }
    self.removals = removals
    return taken[key] ?? 0
  }

  mutating func note(_ key: Key, isTakenBelow number: Int) { if number > 0 { taken[key] = number } }
}

extension Catalog {
  /// A free name for a relation in a schema; keys must not bear the name of another constraint either.
  package mutating func relationName(
    _ first: String,
    _ second: String?,
    _ label: String,
    in schema: String?,
    isConstraint: Bool = false,
    besides taken: Set<String> = []
  ) -> String {
    firstFree(first, second, label, in: schema, isConstraint ? .constraintWithIndex : .relation) { catalog, name in
      let qualified = QualifiedName(schema: schema, name)
      return taken.contains(name) || catalog.hasRelation(qualified)
        || isConstraint && catalog.hasConstraint(named: qualified)
    }
  }

  /// The first free name, looked for from where the last search for the same name ended: without that, the thousandth
  /// index on a column would try a thousand names.
  private mutating func firstFree(
    _ first: String,
    _ second: String?,
    _ label: String,
    in schema: String?,
    _ kind: GeneratedNames.Kind,
    isTaken: (Catalog, String) -> Bool
  ) -> String {
    let removals = removalCount
    let key = GeneratedNames.Key(schema: schema, name: GeneratedName.make(first, second, label), kind: kind)
    var number = generatedNames.lowestFree(key, removals: removals)
    var name = GeneratedName.make(first, second, GeneratedName.numbered(label, number))
    while isTaken(self, name) {
      number += 1
      name = GeneratedName.make(first, second, GeneratedName.numbered(label, number))
    }
    generatedNames.note(key, isTakenBelow: number)
    return name
  }

  /// Grows with every name that gets free.
  private var removalCount: Int {
    tables.removals + indexes.removals + views.removals + sequences.removals + statistics.removals
      + constraintRemovals
  }

  package mutating func statisticsName(_ first: String, _ second: String?, in schema: String?) -> String {
    firstFree(first, second, "stat", in: schema, .statistics) { catalog, name in
      catalog.statistics.contains(QualifiedName(schema: schema, name))
    }
  }

  /// A free name for a check of a domain, which must not be that of a table's constraint either.
  package mutating func checkName(_ domain: QualifiedName, besides checks: PartList<Domain.Check>) -> String {
    firstFree(domain.name, nil, "check", in: domain.schema, .domainCheck) { catalog, name in
      checks.contains(named: name) || catalog.hasConstraint(named: QualifiedName(schema: domain.schema, name))
    }
  }

  package mutating func constraintName(
    _ table: Table,
    _ second: String?,
    _ label: String
  ) -> String {
    firstFree(table.name.name, second, label, in: table.name.schema, .constraint) { catalog, name in
      catalog.hasConstraint(named: QualifiedName(schema: table.name.schema, name))
    }
  }
}

extension String {
  /// At most so many bytes, with no character cut in two.
  package func clipped(to length: Int) -> String {
    guard utf8.count > length else { return self }
    var bytes = Array(utf8.prefix(max(0, length) + 1))
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    return String(decoding: bytes, as: UTF8.self)
  }
}
