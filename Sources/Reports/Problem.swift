import Linting
import Syntax

/// What formats of single problems list: a finding that counts, or a migration that somebody must approve.
struct Problem {
  /// The rule's id, or ``Decision/name``.
  let name: String
  let risk: Risk
  let message: String
  /// The file that it is in, which may be one that the migration includes, and the bytes there.
  let source: SourceText
  let range: Range<Int>
  /// Where the rule knows one.
  let fix: Finding.Fix?
  /// What there is besides, a sentence each.
  var details: [String] = []
  /// Whether it is a decision.
  let isDecision: Bool
  /// Whether it makes the run fail: a decision does where its approval is missing, or a finding in its migration fails.
  let fails: Bool

  /// What stays the same when lines above it change.
  var identity: String { isDecision ? "\(name)\n\(source.path)" : "\(name)\n\(source.path)\n\(source[range])" }
}

extension Problem {
  init(_ verdict: Verdict, policy: Policy) {
    self.init(
      name: Decision.name,
      risk: verdict.decision.risk,
      message: verdict.sentence,
      source: verdict.place.source,
      range: verdict.place.range,
      fix: nil,
      details: verdict.signOffNotes + [verdict.orderSentence].compactMap(\.self),
      isDecision: true,
      fails: verdict.decision.lacksApproval
        || verdict.migration.findings.contains { !$0.isSuppressed && policy.fails($0) }
    )
  }

  init(_ finding: Finding, in migration: MigrationReport, policy: Policy) {
    let (source, range) = migration.migration.script.source.file(of: finding.range)
    self.init(
      name: finding.rule,
      risk: finding.risk,
      message: finding.message.description,
      source: source,
      range: range,
      fix: finding.fix,
      isDecision: false,
      fails: policy.fails(finding)
    )
  }
}

extension Report {
  /// The migrations that somebody must approve, highest risk first.
  var decisionProblems: [Problem] {
    verdicts.byRisk.filter(\.decision.asksForApproval).map { Problem($0, policy: policy(for: $0.migration)) }
  }

  /// The findings that count, in the order of the history.
  var findingProblems: [Problem] {
    migrations.flatMap { migration in
      let policy = policy(for: migration)
      return migration.findings.filter { !$0.isSuppressed }.map { Problem($0, in: migration, policy: policy) }
    }
  }

  var problems: [Problem] { decisionProblems + findingProblems }
}

/// Numbers that services know a problem by from one run to the next.
struct Fingerprints {
  private var seen: [String: Int] = [:]

  /// Of equal identities each has a number of its own.
  mutating func next(for identity: String) -> String {
    let number = seen[identity, default: 0]
    seen[identity] = number + 1
    return "\(hexadecimal(identity.fowlerNollVo, digits: 16)):\(number)"
  }
}

extension String {
  /// FNV-1a with 64 bits, which is the same in every run.
  fileprivate var fowlerNollVo: UInt64 {
    utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
