import Syntax

// Definitions after a column of their table got another name.

extension TableConstraint {
  package mutating func renameColumn(_ old: String, to new: String) {
    columns = columns.map { $0 == old ? new : $0 }
    func renamed(_ names: [String]) -> [String] { names.map { $0 == old ? new : $0 } }
    switch definition.kind {
    case .check(let condition, let noInherit):
      definition = definition.with(kind: .check(condition.renamingColumn(old, to: new), noInherit: noInherit))
    case .exclusion(let exclusion):
      let elements = exclusion.elements.map {
        ExclusionConstraint.Element(element: $0.element.renamingColumn(old, to: new), comparison: $0.comparison)
      }
      definition = definition.with(
        kind: .exclusion(
          ExclusionConstraint(
            method: exclusion.method,
            elements: elements,
            including: renamed(exclusion.including),
            predicate: exclusion.predicate?.renamingColumn(old, to: new)
          )
        )
      )
    case .primaryKey(let key):
      definition = definition.with(kind: .primaryKey(key.with(including: renamed(key.including))))
    case .unique(let key): definition = definition.with(kind: .unique(key.with(including: renamed(key.including))))
    default: break
    }
  }
}

extension KeyConstraint {
  fileprivate func with(including: [String]) -> KeyConstraint {
    KeyConstraint(
      columns: columns,
      including: including,
      existingIndex: existingIndex,
      nullsNotDistinct: nullsNotDistinct,
      options: options,
      tablespace: tablespace
    )
  }
}

extension Trigger {
  package mutating func renameColumn(_ old: String, to new: String) {
    guard reads(old) else { return }
    definition = definition.with(
      columns: definition.columns.map { $0 == old ? new : $0 },
      condition: definition.condition?.renamingColumn(old, to: new)
    )
  }
}

extension CreateStatistics {
  package func renamingColumn(_ old: String, to new: String) -> CreateStatistics {
    CreateStatistics(
      name: name,
      kinds: kinds,
      elements: elements.map { $0.renamingColumn(old, to: new) },
      relations: relations,
      ifNotExists: ifNotExists
    )
  }
}
