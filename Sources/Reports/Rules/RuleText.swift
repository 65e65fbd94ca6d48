import Linting
import Syntax

/// What people read about rules; all of it is derived from the rule's one value.
package enum RuleText {
  /// `sqllint explain RULE`.
  ///
  /// `approvers` are those who must approve what the rule finds besides those of its risk.
  package static func explain(
    _ rule: any Rule,
    policy: Policy,
    approvers: [String] = [],
    style: ReportStyle = ReportStyle()
  ) -> String {
    let paint = ANSIStyle(isOn: style.color)
    let columns = style.proseColumns
    var sections = [
      "\(paint(rule.id, .bold)) \(paint("(\(riskWords(of: rule, policy)))", policy.ruleRisks[rule.id] ?? rule.risk))\n"
        + rule.summary.wrapped(to: columns).joined(separator: "\n"),
      rule.explanation.paragraphs.map { $0.wrapped(to: columns).joined(separator: "\n") }.joined(separator: "\n\n"),
    ]
    if let bad = rule.firstBadExample {
      sections.append(paint("Flagged", .bold) + "\n\n" + bad.wholeSQL.indented)
    }
    sections.append(paint("The safe way", .bold) + "\n\n" + paint.lines(rule.alternative.trimmed.indented, .green))
    sections.append(facts(of: rule, policy, approvers).flatMap { $0.lines(columns: columns) }.joined(separator: "\n"))
    return sections.joined(separator: "\n\n") + "\n"
  }

  private struct Fact {
    let label: String
    let value: String

    init(_ label: String, _ value: String) { (self.label, self.value) = (label, value) }

    /// On one line, or the value below its label where it does not fit.
    func lines(columns: Int) -> [String] {
      let line = "\(label):".padded(to: 28) + value
      return line.displayWidth <= columns
        ? [line] : ["\(label):"] + value.wrapped(to: columns - 2).map { "  \($0)" }
    }
  }

  private static func facts(of rule: any Rule, _ policy: Policy, _ approvers: [String]) -> [Fact] {
    var facts = [
      rule.isAboutFile
        ? Fact("Allow it in one file", "-- sqllint:allow-file \(rule.id) reason")
        : Fact("Allow it on one statement", "-- sqllint:allow \(rule.id) reason"),
      Fact("Approved by", approval(of: rule, policy, approvers)),
      Fact("PostgreSQL's manual", rule.reference),
    ]
    if rule.isOptIn { facts.insert(Fact("Ask for it in .sqllint.yml", "rules: { \(rule.id): on }"), at: 0) }
    if rule.versions != Policy.supportedVersions { facts.append(Fact("PostgreSQL versions", rule.versions.words)) }
    if !rule.alsoKnownAs.isEmpty { facts.append(Fact("Elsewhere", rule.alsoKnownAs.joined(separator: ", "))) }
    if !rule.formerIDs.isEmpty { facts.append(Fact("Former names", rule.formerIDs.joined(separator: ", "))) }
    return facts
  }

  private static func riskWords(of rule: any Rule, _ policy: Policy) -> String {
    guard policy.runs(rule) || !rule.isOptIn else { return "\(rule.risk) risk, runs only where you ask for it" }
    return isAdvice(rule, policy) ? "\(risk(of: rule, policy)) risk, advice" : "\(risk(of: rule, policy)) risk"
  }

  /// Whether what it finds makes no run fail, whatever its risk.
  static func isAdvice(_ rule: any Rule, _ policy: Policy) -> Bool {
    policy.runs(rule) && policy.advisoryRules.contains(rule.id)
  }

  /// Who must approve what it finds, of its own risk; `others` must besides.
  static func approval(of rule: any Rule, _ policy: Policy, _ others: [String]) -> String {
    ([policy.approval(for: policy.ruleRisks[rule.id] ?? rule.risk)] + others).joined(separator: " + ")
  }

  /// The risk by the policy, or `off`.
  static func risk(of rule: any Rule, _ policy: Policy) -> String {
    policy.runs(rule) ? (policy.ruleRisks[rule.id] ?? rule.risk).rawValue : "off"
  }

  /// `sqllint rules`: one line a rule, then who approves what has a risk.
  ///
  /// `approvers` gives those who must approve what a rule finds besides those of its risk.
  package static func table(
    _ rules: [any Rule],
    policy: Policy,
    approvers: (_ id: String) -> [String] = { _ in [] },
    style: ReportStyle = ReportStyle()
  ) -> String {
    let paint = ANSIStyle(isOn: style.color)
    let legend = Risk.allCases.map { risk in
      "\(paint(risk.rawValue.padded(to: 8), risk))  approved by \(policy.approval(for: risk))\n"
    }
    let width = rules.map(\.id.count).max() ?? 0
    let indent = String(repeating: " ", count: width + 12)
    return rules.map { rule in
      let risk = risk(of: rule, policy)
      let tone = policy.ruleRisks[rule.id] ?? rule.risk
      let besides = approvers(rule.id)
      let notes =
        (isAdvice(rule, policy) ? [" Advice: no run fails for it."] : [])
        + (besides.isEmpty ? [] : [" Also approved by \(besides.joined(separator: " + "))."])
      let text = rule.summary + notes.joined()
      // What is no terminal is read line by line.
      let summary = style.width.map { text.wrapped(to: max(20, $0 - indent.count)) } ?? [text]
      return "\(rule.id.padded(to: width))  \(paint(risk.padded(to: 8), tone))  "
        + "\(summary.joined(separator: "\n" + indent))\n"
    }.joined() + "\n" + legend.joined()
  }
}

extension Rule {
  var firstBadExample: RuleExample? { examples.first { $0.verdict == .bad } }
}

extension RuleExample {
  /// The migrations in their order, each with a comment that says which one it is where there are several.
  var wholeSQL: String {
    guard !history.isEmpty else { return sql.trimmed }
    return (history.map { "-- before\n\($0.trimmed)\n\n" } + ["-- this migration\n\(sql.trimmed)"]).joined()
  }
}

extension ClosedRange<Int> {
  /// `14 to 17`.
  var words: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound) to \(upperBound)" }
}

extension ANSIStyle {
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
