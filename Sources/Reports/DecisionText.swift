import Execution
import Linting
import Syntax

/// What gives a migration its risk, as reports show it: what one rule finds in several places is one cause.
struct DecisionCause {
  let risk: Risk
  /// The rule's id; `nil` for a statement that no rule objects to.
  let rule: String?
  /// What it says in the first place; `nil` for a statement of which no more is known.
  let sentence: String?
  let isAllowed: Bool
  /// Why the file allows it; `nil` where it does not, or does not say.
  let allowedBecause: String?
  /// Such as `line 3`, or `tables.sql:3` in a file that the migration includes.
  fileprivate(set) var places: [String]

  /// The rule, the places and why it is allowed, such as `table-dropped, line 3 (allowed: nobody reads it)`.
  var summary: String {
    let reason = allowedBecause.map { ": \($0.visible.shownName)" } ?? " without a reason"
    return what + (isAllowed ? " (allowed\(reason))" : "")
  }

  /// The rule and the places; of a statement what it does.
  private var what: String {
    guard let rule else {
      return sentence.map { "\(place): \($0.visible)" } ?? "what \(place) \(places.count > 1 ? "do" : "does")"
    }
    return "\(rule), \(place)"
  }

  /// The first places, and how many there are besides, such as `lines 3, 7 and 9`.
  private var place: String {
    var known: Set<String> = []
    let places = places.filter { known.insert($0).inserted }
    let line = "line "
    guard places.count > 1, places.allSatisfy({ $0.hasPrefix(line) }) else { return places.enumerated(upTo: 3) }
    return "lines " + places.map { String($0.dropFirst(line.count)) }.enumerated(upTo: 3)
  }
}

extension Verdict {
  /// The causes of Medium or more, highest first: those that count before those that the file allows.
  var causes: [DecisionCause] {
    var causes: [DecisionCause] = []
    var positions: [CauseKey: Int] = [:]
    for reason in decision.reasons {
      let cause = cause(of: reason)
      let key = CauseKey(cause)
      if let position = positions[key] {
        causes[position].places += cause.places
      } else {
        positions[key] = causes.count
        causes.append(cause)
      }
    }
    return Risk.allCases.reversed().flatMap { risk in
      causes.filter { $0.risk == risk && !$0.isAllowed } + causes.filter { $0.risk == risk && $0.isAllowed }
    }
  }

  private struct CauseKey: Hashable {
    let risk: Risk
    let rule: String?
    let sentence: String?
    let isAllowed: Bool
    let allowedBecause: String?

    init(_ cause: DecisionCause) {
      risk = cause.risk
      rule = cause.rule
      sentence = cause.rule == nil ? cause.sentence : nil
      isAllowed = cause.isAllowed
      allowedBecause = cause.allowedBecause
    }
  }

  private func cause(of reason: Decision.Reason) -> DecisionCause {
    let script = migration.migration.script.source
    let (source, range) = script.file(of: reason.range)
    let line = source.location(of: range.lowerBound).line
    let place = source.path == migration.migration.path ? "line \(line)" : "\(source.path.visible):\(line)"
    switch reason.ground {
    case .finding(let finding):
      return DecisionCause(
        risk: reason.risk,
        rule: finding.rule,
        sentence: finding.message.description,
        isAllowed: finding.isSuppressed,
        allowedBecause: finding.suppressionReason,
        places: [place]
      )
    case .statement(_, let ground):
      return DecisionCause(
        risk: reason.risk,
        rule: nil,
        sentence: ground?.sentence,
        isAllowed: false,
        allowedBecause: nil,
        places: [place]
      )
    }
  }

  /// The risk, who must approve and why, in one line: for formats that have no more room.
  var sentence: String { "\(decision.risk.rawValue) risk, \(approvalSentence)" }

  /// The same without the risk.
  var approvalSentence: String {
    let causes = causes
    let shown = causes.prefix(3).map(\.summary)
    let others = causes.count > 3 ? ["\(causes.count - 3) more"] : []
    let because = causes.isEmpty ? "" : ", because of \((shown + others).joined(separator: "; "))"
    let signed = signOffSentence.map { " (\($0))" } ?? ""
    return "to be approved by \(decision.approval.visible)\(signed)\(because)"
  }

  /// Who has approved, such as `VP Engineering has approved, CTO is missing`; `nil` where the run asks for no approval.
  var signOffSentence: String? {
    guard let signOff = decision.signOff, signOff.isAsked, !signOff.roles.isEmpty else { return nil }
    return signOff.sentence.visible
  }

  /// Why approvals do not count that somebody gave.
  var signOffNotes: [String] { (decision.signOff?.notes ?? []).map(\.visible) }

  /// When to deploy it, such as `deploy it after the code that no longer uses public.clips`; `nil` where that is all one.
  var orderSentence: String? {
    let gone = decision.order.breaks.map(\.reliance.visible).joinedVerbs.map { "no longer \($0)" }
    let new = decision.order.additions.map { "uses \($0.sentence.visible)" }.joinedVerbs
    let parts = [("after", gone), ("before", new)].filter { !$1.isEmpty }
      .map { "\($0) the code that \($1.joined(separator: " and "))" }
    return parts.isEmpty ? nil : "deploy it \(parts.joined(separator: ", and "))"
  }

  /// Why its down migration does not undo it; that there is none is told elsewhere, where it matters.
  var irreversibleSentence: String? {
    let reasons = migration.irreversibility.filter { if case .noDownMigration = $0 { false } else { true } }
    guard let first = reasons.first else { return nil }
    let others = reasons.count > 1 ? " (and \(reasons.count - 1) more)" : ""
    return "not reversible: \(first.sentence.visible)\(others)"
  }

  /// The line and the file of its first reason; the start of the file where it has none.
  var place: (source: SourceText, range: Range<Int>) {
    migration.migration.script.source.file(of: decision.reasons.first?.range ?? 0..<0)
  }
}

extension Addition {
  /// Such as `column email of public.users`.
  var sentence: String {
    switch self {
    case .relation(let name): name.description
    case .column(let column, let table): "column \(column.quotedIdentifier) of \(table)"
    }
  }
}

extension [String] {
  /// One phrase for all that begin with `uses`, and the others; of many the first.
  fileprivate var joinedVerbs: [String] {
    let verb = "uses "
    let used = filter { $0.hasPrefix(verb) }.map { String($0.dropFirst(verb.count)) }
    let others = filter { !$0.hasPrefix(verb) }
    return (used.isEmpty ? [] : [verb + used.enumerated(upTo: 3)]) + others.prefix(2)
      + (others.count > 2 ? ["does \(others.count - 2) things more"] : [])
  }

  /// `a, b and c`, with the number of those that are left out.
  fileprivate func enumerated(upTo maximum: Int) -> String {
    let shown = count > maximum ? prefix(maximum) + ["\(count - maximum) more"] : self[...]
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
  }
}
