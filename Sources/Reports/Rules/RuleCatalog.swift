import Linting

extension RuleText {
  // MARK: - For programs

  /// `sqllint rules --format json`.
  package static func json(_ rules: [any Rule], policy: Policy) -> String {
    JSONReport.encode(rules.map { RuleEntry($0, policy: policy) })
  }

  private struct RuleEntry: Encodable {
    let id: String
    /// `low` … `critical`, or `off`.
    let risk: String
    let summary: String
    let explanation: String
    let alternative: String
    let reference: String
    let versions: Versions
    let alsoKnownAs: [String]
    let formerIDs: [String]
    let examples: [Example]

    init(_ rule: any Rule, policy: Policy) {
      id = rule.id
      risk = RuleText.risk(of: rule, policy)
      summary = rule.summary
      explanation = rule.explanation
      alternative = rule.alternative
      reference = rule.reference
      versions = Versions(from: rule.versions.lowerBound, to: rule.versions.upperBound)
      alsoKnownAs = rule.alsoKnownAs
      formerIDs = rule.formerIDs
      examples = rule.examples.map(Example.init)
    }

    enum CodingKeys: String, CodingKey {
      case id, risk, summary, explanation, alternative, reference, versions, examples
      case alsoKnownAs = "also_known_as"
      case formerIDs = "former_ids"
    }
  }

  /// Major versions of PostgreSQL, both included.
  private struct Versions: Encodable {
    let from: Int
    let to: Int
  }

  private struct Example: Encodable {
    let title: String
    /// Whether the rule flags it.
    let flagged: Bool
    /// The migrations that ran before.
    let history: [String]
    let sql: String

    init(_ example: RuleExample) {
      title = example.title
      flagged = example.verdict == .bad
      history = example.history
      sql = example.sql
    }
  }

  // MARK: - For a documentation site

  /// `sqllint rules --format markdown`: a table of all rules, then a section for each.
  package static func markdown(_ rules: [any Rule], policy: Policy) -> String {
    let rows = rules.map { rule in
      "| [\(rule.id)](#\(rule.id)) | \(risk(of: rule, policy)) | \(rule.summary.replacing("|", with: "\\|")) |"
    }
    let table = (["| rule | risk | what it finds |", "|---|---|---|"] + rows).joined(separator: "\n")
    let sections = rules.map { section(on: $0, policy: policy) }
    return (["# Rules", table] + sections).joined(separator: "\n\n") + "\n"
  }

  private static func section(on rule: any Rule, policy: Policy) -> String {
    var blocks = ["## \(rule.id)", "**\(rule.summary)** Risk: \(risk(of: rule, policy)).", rule.explanation]
    if let bad = rule.firstBadExample { blocks += ["Flagged:", fenced(bad.wholeSQL)] }
    blocks += ["The safe way:", fenced(rule.alternative)]
    blocks.append(
      rule.isAboutFile
        ? "Allow it in one file: `-- sqllint:allow-file \(rule.id) reason`"
        : "Allow it where it stands: `-- sqllint:allow \(rule.id) reason`"
    )
    var facts = ["PostgreSQL's manual: <\(rule.reference)>"]
    if rule.versions != Policy.supportedVersions { facts.append("PostgreSQL versions: \(rule.versions.words)") }
    if !rule.alsoKnownAs.isEmpty { facts.append("Elsewhere: \(rule.alsoKnownAs.joined(separator: ", "))") }
    if !rule.formerIDs.isEmpty { facts.append("Former names: \(rule.formerIDs.joined(separator: ", "))") }
    blocks.append(facts.map { "* \($0)" }.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n")
  }

  private static func fenced(_ sql: String) -> String { "```sql\n\(sql.trimmed)\n```" }
}
