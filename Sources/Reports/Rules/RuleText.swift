import Analysis
import Syntax

/// What people read about rules; all of it is derived from the rule's one value.
package enum RuleText {
  /// `sqllint explain RULE`.
  package static func explain(_ rule: any Rule, policy: Policy, style: ReportStyle = ReportStyle()) -> String {
    let paint = Paint(isOn: style.color)
    let columns = style.proseColumns
    var sections = [
      "\(paint(rule.id, .bold)) \(paint("(\(risk(of: rule, policy)) risk)", policy.ruleRisks[rule.id] ?? rule.risk))\n"
        + rule.summary,
      rule.explanation.paragraphs.map { $0.wrapped(to: columns).joined(separator: "\n") }.joined(separator: "\n\n"),
    ]
    if let bad = rule.examples.first(where: { $0.verdict == .bad }) {
      let history = bad.history.map { "-- before\n\($0)\n" }.joined()
      sections.append(paint("Flagged", .bold) + "\n\n" + (history + "-- this migration\n" + bad.sql).indented)
    }
    sections.append(paint("The safe way", .bold) + "\n\n" + paint.lines(rule.alternative.indented, .green))
    sections.append(facts(of: rule, policy).joined(separator: "\n"))
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func facts(of rule: any Rule, _ policy: Policy) -> [String] {
    var facts = [
      "Allow it on one statement:  -- sqllint:allow \(rule.id) reason",
      "Approved by:                \(policy.approval(for: policy.ruleRisks[rule.id] ?? rule.risk))",
      "PostgreSQL's manual:        \(rule.reference)",
    ]
    if rule.versions != Policy.supportedVersions {
      facts.append("PostgreSQL versions:        \(rule.versions.lowerBound) to \(rule.versions.upperBound)")
    }
    if !rule.alsoKnownAs.isEmpty {
      facts.append("Elsewhere:                  \(rule.alsoKnownAs.joined(separator: ", "))")
    }
    if !rule.formerIDs.isEmpty {
      facts.append("Former names:               \(rule.formerIDs.joined(separator: ", "))")
    }
    return facts
  }

  private static func risk(of rule: any Rule, _ policy: Policy) -> String {
    policy.disabledRules.contains(rule.id) ? "off" : (policy.ruleRisks[rule.id] ?? rule.risk).rawValue
  }

  /// `sqllint rules`: one line a rule.
  package static func table(_ rules: [any Rule], policy: Policy, style: ReportStyle = ReportStyle()) -> String {
    let paint = Paint(isOn: style.color)
    let width = rules.map(\.id.count).max() ?? 0
    return rules.map { rule in
      let risk = risk(of: rule, policy)
      let tone = policy.ruleRisks[rule.id] ?? rule.risk
      return "\(rule.id.padded(to: width))  \(paint(risk.padded(to: 8), tone))  \(rule.summary)\n"
    }.joined()
  }

  /// `sqllint rules --format json`.
  package static func json(_ rules: [any Rule], policy: Policy) -> String {
    JSONReport.encode(rules.map { RuleEntry($0, risk: risk(of: $0, policy)) })
  }

  private struct RuleEntry: Encodable {
    let id: String
    let risk: String
    let summary: String
    let explanation: String
    let alternative: String
    let reference: String
    let alsoKnownAs: [String]
    let formerIDs: [String]

    init(_ rule: any Rule, risk: String) {
      id = rule.id
      self.risk = risk
      summary = rule.summary
      explanation = rule.explanation
      alternative = rule.alternative
      reference = rule.reference
      alsoKnownAs = rule.alsoKnownAs
      formerIDs = rule.formerIDs
    }

    enum CodingKeys: String, CodingKey {
      case id, risk, summary, explanation, alternative, reference
      case alsoKnownAs = "also_known_as"
      case formerIDs = "former_ids"
    }
  }
}

extension Paint {
  /// Paints line by line, so that a pager that shows part of the text shows its colour.
  fileprivate func lines(_ text: String, _ tone: Tone) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { self(String($0), tone) }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
      .joined(separator: "\n")
  }

  fileprivate var paragraphs: [String] {
    var paragraphs: [String] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || paragraphs.isEmpty {
        paragraphs.append(String(line))
      } else {
        let last = paragraphs.removeLast()
        paragraphs.append(last.isEmpty ? String(line) : "\(last) \(line)")
      }
    }
    return paragraphs.filter { !$0.isEmpty }
  }
}
