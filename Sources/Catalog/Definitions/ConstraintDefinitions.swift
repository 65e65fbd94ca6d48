import Syntax

extension Constraint {
  package var isPrimaryKey: Bool { if case .primaryKey = kind { true } else { false } }

  package var isForeignKey: Bool { if case .foreignKey = kind { true } else { false } }

  package var isCheck: Bool { if case .check = kind { true } else { false } }

  /// Whether it has an index.
  package var isKey: Bool {
    switch kind {
    case .primaryKey, .unique, .exclusion: true
    default: false
    }
  }

  package func with(kind: Kind) -> Constraint {
    Constraint(
      name: name,
      kind: kind,
      isDeferrable: isDeferrable,
      isInitiallyDeferred: isInitiallyDeferred,
      isNotValid: isNotValid,
      offset: offset
    )
  }

  package func named(_ name: String?) -> Constraint {
    Constraint(
      name: name,
      kind: kind,
      isDeferrable: isDeferrable,
      isInitiallyDeferred: isInitiallyDeferred,
      isNotValid: isNotValid,
      offset: offset
    )
  }
}

extension IndexElement {
  /// The column, where it is a plain one.
  package var column: String? { if case .column(let name) = key { name } else { nil } }
}
