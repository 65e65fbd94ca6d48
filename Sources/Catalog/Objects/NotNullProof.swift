import Syntax

extension Table {
  /// Whether a valid check proves that a column holds no NULL, so that SET NOT NULL need not look.
  ///
  /// Source: `ConstraintImpliedByRelConstraint` in `tablecmds.c`, which uses weak implication: a strict operator proves
  /// nothing, as a check that is NULL passes.
  package func proves(notNull column: String) -> Bool {
    constraints.contains { $0.isValidated && $0.condition?.implies(notNull: column) == true }
  }

  /// The check that proves it, or would if it were validated.
  package func proof(notNull column: String) -> TableConstraint? {
    let checks = constraints.filter { $0.condition?.implies(notNull: column) == true }
    return checks.first(where: \.isValidated) ?? checks.first
  }
}

extension Expression {
  fileprivate func implies(notNull column: String) -> Bool {
    switch self {
    case .isNotNull(.column(let reference)): reference.name == column
    case .not(.isNull(.column(let reference))): reference.name == column
    case .and(let parts): parts.contains { $0.implies(notNull: column) }
    case .or(let parts): parts.allSatisfy { $0.implies(notNull: column) }
    default: false
    }
  }
}
