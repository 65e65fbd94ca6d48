import Linting

/// What gives a migration a risk of Medium or more: a rule, with the statements that it is about, or what a statement does
/// that no rule objects to.
struct DecisionReason {
  enum Ground: Hashable {
    case rule(String)
    case statement(String)
  }

  let risk: Risk
  let ground: Ground
  /// Why the file allows it; `nil` where it counts.
  let allowedBecause: String?
  var statements: [Int] = []

  var rule: String? { if case .rule(let rule) = ground { rule } else { nil } }
}

extension Decision {
  /// Its reasons, highest first; the same ground once.
  var grounds: [DecisionReason] {
    var grounds: [DecisionReason] = []
    var known: [Key: Int] = [:]
    for reason in reasons {
      let (ground, statement) = reason.told
      let key = Key(risk: reason.risk, ground: ground.ground, allowedBecause: ground.allowedBecause)
      let index = known[key] ?? grounds.count
      if index == grounds.count {
        known[key] = index
        grounds.append(ground)
      }
      if let statement, grounds[index].statements.last != statement { grounds[index].statements.append(statement) }
    }
    return grounds
  }
}

extension Decision.Reason {
  /// Without the statement, and the statement's position.
  fileprivate var told: (DecisionReason, Int?) {
    switch ground {
    case .finding(let finding):
      let allowed = finding.isSuppressed ? finding.suppressionReason ?? "no reason is given" : nil
      return (DecisionReason(risk: risk, ground: .rule(finding.rule), allowedBecause: allowed), finding.statement)
    case .statement(let index, let reason):
      let sentence = reason?.sentence ?? "has this risk by what it does"
      return (DecisionReason(risk: risk, ground: .statement(sentence), allowedBecause: nil), index)
    }
  }
}

private struct Key: Hashable {
  let risk: Risk
  let ground: DecisionReason.Ground
  let allowedBecause: String?
}
