import Syntax

/// Computes what a statement does.
package enum Effects {
  /// What `statement` does to the relations of `schema` on a server of major version `targetVersion`.
  package static func of(_ statement: Statement.Kind, in schema: Schema, targetVersion: Int) -> StatementEffects {
    switch statement {
    case .other(let node): StatementEffects(unknowns: [node])
    default: StatementEffects()
    }
  }
}
