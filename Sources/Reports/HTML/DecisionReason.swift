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

extension MigrationReport {
  /// Highest first; the same ground once.
  var decisionReasons: [DecisionReason] {
    var reasons: [DecisionReason] = []
    var known: [Key: Int] = [:]
    func add(_ reason: DecisionReason, at statement: Int?) {
      let key = Key(risk: reason.risk, ground: reason.ground, allowedBecause: reason.allowedBecause)
      let index = known[key] ?? reasons.count
      if index == reasons.count {
        known[key] = index
        reasons.append(reason)
      }
      if let statement, reasons[index].statements.last != statement { reasons[index].statements.append(statement) }
    }
    for finding in findings where finding.risk > .low {
      let allowed = finding.isSuppressed ? finding.suppressionReason ?? "no reason is given" : nil
      add(
        DecisionReason(risk: finding.risk, ground: .rule(finding.rule), allowedBecause: allowed),
        at: finding.statement
      )
    }
    for (index, statement) in statements.enumerated() {
      guard statement.risk > .low, let reason = statement.reason else { continue }
      add(
        DecisionReason(risk: statement.risk, ground: .statement(reason.sentence), allowedBecause: nil),
        at: index
      )
    }
    return reasons.enumerated().sorted {
      $0.element.risk == $1.element.risk ? $0.offset < $1.offset : $0.element.risk > $1.element.risk
    }.map(\.element)
  }
}

private struct Key: Hashable {
  let risk: Risk
  let ground: DecisionReason.Ground
  let allowedBecause: String?
}
