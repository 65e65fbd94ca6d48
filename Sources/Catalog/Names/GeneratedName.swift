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
    let keys = index.elements.map { element in
      switch element.key {
      case .column(let name): name
      case .expression(let expression): expression.title ?? "expr"
      }
    }
    for key in keys + index.including {
      var name = key
      var number = 1
      while names.contains(name) {
        name = key.clipped(to: maximumLength - String(number).utf8.count) + String(number)
        number += 1
      }
      names.append(name)
    }
    return names
  }

  /// The first of `label`, `label1`, `label2`, … that gives a free name.
  package static func firstFree(
    _ first: String,
    _ second: String?,
    _ label: String,
    isTaken: (String) -> Bool
  ) -> String {
    var name = make(first, second, label)
    var number = 0
    while isTaken(name) {
      number += 1
      name = make(first, second, "\(label)\(number)")
    }
    return name
  }
}

extension Catalog {
  /// A free name for a relation in a schema; keys must not bear the name of another constraint either.
  package func relationName(
    _ first: String,
    _ second: String?,
    _ label: String,
    in schema: String?,
    isConstraint: Bool = false,
    besides taken: Set<String> = []
  ) -> String {
    GeneratedName.firstFree(first, second, label) { name in
      let qualified = QualifiedName(schema: schema, name)
      return taken.contains(name) || hasRelation(qualified) || isConstraint && hasConstraint(named: qualified)
    }
  }

  package func constraintName(
    _ table: Table,
    _ second: String?,
    _ label: String
  ) -> String {
    GeneratedName.firstFree(table.name.name, second, label) { name in
      hasConstraint(named: QualifiedName(schema: table.name.schema, name))
        || table.constraints.contains { $0.name == name }
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
