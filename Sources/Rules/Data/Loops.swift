import Linting
import Syntax

extension StatementContext {
  /// The steps of code that the statement runs: a block's, or those of routines of the history that it calls.
  var codeSteps: [EmbeddedCode.Step] {
    switch statement.kind {
    case .anonymousBlock(let block): return block.code.steps
    case .call(let call): return before.function(called: call)?.definition.code.steps ?? []
    case .query(.select(let select)):
      return select.targets.flatMap { target -> [EmbeddedCode.Step] in
        guard case .call(let call) = target.expression else { return [] }
        return before.function(called: call)?.definition.code.steps ?? []
      }
    default: return []
    }
  }
}

extension EmbeddedCode.Step {
  /// The steps that it runs over and over, nobody knows how often; `nil` for what is no such loop.
  var unboundedLoop: [Self]? {
    switch self {
    case .loop(_, let steps): steps
    case .forRows(_, let parts, let steps): parts.contains(where: \.readsTables) ? steps : nil
    case .count(_, let from, let through, _, _, let steps):
      from.expression?.isNumber == true && through.expression?.isNumber == true ? nil : steps
    default: nil
    }
  }

  /// The statements that it runs itself.
  var ownStatements: [Statement.Kind] {
    switch self {
    case .run(let parts, _): parts.map(\.kind)
    case .execute(_, let parts, _, _, _): parts?.map(\.kind) ?? []
    default: []
    }
  }
}

extension [EmbeddedCode.Step] {
  /// The statements of all steps, and of those inside them.
  var allStatements: [Statement.Kind] {
    flatMap { step in step.ownStatements + step.innerSteps.flatMap(\.allStatements) }
  }

  /// The outermost loops that run nobody knows how often.
  var unboundedLoops: [[EmbeddedCode.Step]] {
    flatMap { step in step.unboundedLoop.map { [$0] } ?? step.innerSteps.flatMap(\.unboundedLoops) }
  }
}

extension EmbeddedCode.Part {
  /// Whether it is a query of tables that may hold many rows: not of PostgreSQL's own.
  fileprivate var readsTables: Bool {
    guard case .query(let query) = kind else { return false }
    return query.relations.contains { relation in
      let schema = relation.name.schema
      return schema != "pg_catalog" && schema != "information_schema"
        && !(schema == nil && relation.name.name.hasPrefix("pg_"))
    }
  }
}

extension Expression {
  fileprivate var isNumber: Bool { if case .constant(.integer) = self { true } else { false } }
}
