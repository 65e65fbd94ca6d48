import Syntax

extension Statement {
  /// The same with the ranges of the actions of ALTER TABLE, which PostgreSQL's tree does not tell.
  func locatingActions(in utf8: [UInt8]) -> Statement {
    guard case .alterTable(let alter) = kind, let name = alter.relation.offset.byte, range.contains(name) else {
      return self
    }
    var lexer = Lexer(utf8, in: name..<range.upperBound)
    lexer.skipRelationName()
    let ranges = lexer.parts()
    guard ranges.count == alter.actions.count else { return self }
    let actions = zip(alter.actions, ranges).map { AlterTable.Action($0.kind, cascades: $0.cascades, range: $1) }
    return with(
      .alterTable(
        AlterTable(
          relation: alter.relation,
          objectKind: alter.objectKind,
          ifExists: alter.ifExists,
          actions: actions
        )
      ),
      range
    )
  }
}

extension Lexer {
  /// `schema.name`, and what may follow of `ONLY (name)` and `name *`.
  fileprivate mutating func skipRelationName() {
    guard nextSignificant() != nil else { return }
    while true {
      let position = position
      switch nextSignificant()?.kind {
      case .period: _ = nextSignificant()
      case .closeParenthesis, .operator: break
      default:
        move(to: position)
        return
      }
    }
  }
}
