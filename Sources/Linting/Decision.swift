import Execution
import Syntax

/// Whether a migration may run, and who must say so.
///
/// A finding that the file allows fails no run, but whoever approves the migration must know of it: it keeps its weight
/// here, and the reason for allowing it stands beside it.
package struct Decision: Equatable, Sendable {
  /// What stands for a rule's id where findings and decisions are in one list.
  package static let name = "approval"

  package let risk: Risk
  package let downtime: String
  /// In the policy's words, such as `VP Engineering + CTO`.
  package let approval: String
  /// Each of those who must approve, such as `VP Engineering` and `CTO`.
  package let approvers: [String]
  /// Who of them has; `nil` where the run does not know, or nobody has to.
  package let signOff: SignOff?
  /// What gives it a risk of Medium or more, highest first; those of one risk in the order of the text.
  package let reasons: [Reason]
  package let phases: [Phase]
  package let order: DeploymentOrder
  package let isReversible: Bool

  package struct Reason: Equatable, Sendable {
    package enum Ground: Equatable, Sendable {
      /// A finding, whether the file allows it or not.
      case finding(Finding)
      /// A statement that no finding of its risk is about, by its position; what is known of why.
      case statement(Int, Assessment.Reason?)
    }

    package let risk: Risk
    package let ground: Ground
    /// What it is about, in bytes of the migration's script.
    package let range: Range<Int>

    /// The rule's id; `nil` for a statement.
    package var rule: String? { if case .finding(let finding) = ground { finding.rule } else { nil } }

    /// Whether the file allows it.
    package var isAllowed: Bool { if case .finding(let finding) = ground { finding.isSuppressed } else { false } }
  }

  /// Whether somebody besides the usual reviewer must agree: the policy's lowest risk is what every change has.
  package var asksForApproval: Bool { risk > .low || signOff?.roles.isEmpty == false }

  /// Whether the run fails for want of an approval.
  package var lacksApproval: Bool { signOff?.isMissing ?? false }

  /// The reasons that alone give it its risk.
  package var decisiveReasons: [Reason] { Array(reasons.prefix { $0.risk == risk }) }
}

/// Which code must be deployed before a migration, and which may be only after it.
package struct DeploymentOrder: Hashable, Sendable {
  /// What running code must no longer rely on when the migration runs.
  package let breaks: [Breakage]
  /// What code may rely on only when the migration has run.
  package let additions: [Addition]

  /// Whether code and migration may be deployed in any order.
  package var isFree: Bool { breaks.isEmpty && additions.isEmpty }
}

extension MigrationReport {
  /// `policy` is the report's.
  package func decision(under policy: Policy) -> Decision {
    let policy = ownPolicy ?? policy
    let approval = policy.approval(for: risk)
    let approvers = Policy.approvers(in: approval)
    // Rules, tables and schemas may ask for others besides those of the risk.
    let asked = signOff?.roles ?? []
    let isUsual = asked.isEmpty || asked.map(\.name) == approvers
    return Decision(
      risk: risk,
      downtime: policy.downtime(for: risk),
      approval: isUsual ? approval : asked.map(\.words).joined(separator: " + "),
      approvers: isUsual ? approvers : asked.map(\.name),
      signOff: signOff,
      reasons: reasons,
      phases: phases,
      order: order,
      isReversible: isReversible
    )
  }

  package func verdict(under policy: Policy) -> Verdict {
    Verdict(migration: self, decision: decision(under: policy))
  }

  private var reasons: [Decision.Reason] {
    guard risk > .low else { return [] }
    var told: [Int: Risk] = [:]
    for finding in findings where finding.countsForRisk {
      if let statement = finding.statement { told[statement] = max(told[statement] ?? .low, finding.risk) }
    }
    let statements = statements.enumerated().compactMap { index, report -> Decision.Reason? in
      guard report.risk > max(told[index] ?? .low, .low) else { return nil }
      return Decision.Reason(
        risk: report.risk,
        ground: .statement(index, report.reason),
        range: report.statement.range
      )
    }
    let found = findings.filter { $0.countsForRisk && $0.risk > .low }.map {
      Decision.Reason(risk: $0.risk, ground: .finding($0), range: $0.range)
    }
    // Swift's sort keeps what is equal in its order, which is the order of the text.
    return (found + statements).sorted {
      $0.risk == $1.risk ? $0.range.lowerBound < $1.range.lowerBound : $0.risk > $1.risk
    }
  }

  private var order: DeploymentOrder {
    var known: Set<Breakage> = []
    let breaks = statements.flatMap(\.effects.breaks).filter { known.insert($0).inserted }
    return DeploymentOrder(breaks: breaks, additions: additions)
  }
}

extension Policy {
  /// The approvers that a text names, with ` + ` between them.
  package static func approvers(in approval: String) -> [String] {
    var known: Set<String> = []
    return approval.split(separator: " + ").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty && known.insert($0).inserted }
  }
}

/// A migration that was judged, and what is decided of it.
package struct Verdict: Sendable {
  package let migration: MigrationReport
  package let decision: Decision
}

extension Report {
  /// What is decided of each migration that somebody has to decide about, in the order of the history.
  package var verdicts: [Verdict] {
    undecided.map { $0.verdict(under: policy) }
  }
}

extension [Verdict] {
  /// The highest risk first; those of one risk in the order of the history.
  package var byRisk: [Verdict] {
    enumerated().sorted { ($1.element.decision.risk, $0.offset) < ($0.element.decision.risk, $1.offset) }.map(\.element)
  }
}
