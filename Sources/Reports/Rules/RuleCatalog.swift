import Linting

extension RuleText {
  // MARK: - For programs

  /// `sqllint rules --format json`.
  package static func json(
    _ rules: [any Rule],
    policy: Policy,
    approvers: (_ id: String) -> [String] = { _ in [] }
  ) -> String {
    JSONWriter.text { json in
      json.array(rules) { json, rule in json.object { write(rule, policy, approvers(rule.id), to: &$0) } }
    }
  }

  private static func write(_ rule: any Rule, _ policy: Policy, _ approvers: [String], to json: inout JSONWriter) {
    // Whether what it finds makes no run fail.
    json.member("advice", isAdvice(rule, policy))
    json.member("also_known_as", rule.alsoKnownAs)
    json.member("alternative", rule.alternative)
    json.member("approval", approval(of: rule, policy, approvers))
    json.member("examples", rule.examples) { json, example in
      json.object { json in
        // Whether the rule flags it.
        json.member("flagged", example.verdict == .bad)
        // The migrations that ran before.
        json.member("history", example.history)
        json.member("sql", example.sql)
        json.member("title", example.title)
      }
    }
    json.member("explanation", rule.explanation)
    json.member("former_ids", rule.formerIDs)
    json.member("id", rule.id)
    json.member("reference", rule.reference)
    // `low` … `critical`, or `off`.
    json.member("risk", RuleText.risk(of: rule, policy))
    json.member("summary", rule.summary)
    // Major versions of PostgreSQL, both included.
    json.member("versions") { json in
      json.object { json in
        json.member("from", rule.versions.lowerBound)
        json.member("to", rule.versions.upperBound)
      }
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

  /// The page of a rule in `Documentation/rules`; `output` is what sqllint says of its first bad example.
  package static func page(on rule: any Rule, policy: Policy, output: String?) -> String {
    section(on: rule, level: 1, policy: policy, output: output) + "\n"
  }

  /// The list of those pages.
  package static func index(_ rules: [any Rule], policy: Policy) -> String {
    let rows = rules.map { rule in
      "| [\(rule.id)](\(rule.id).md) | \(risk(of: rule, policy)) | \(rule.summary.replacing("|", with: "\\|")) |"
    }
    let table = (["| rule | risk | what it finds |", "|---|---|---|"] + rows).joined(separator: "\n")
    return "# Rules\n\nWritten from the rules themselves; do not edit.\n\n\(table)\n"
  }

  private static func section(
    on rule: any Rule,
    level: Int = 2,
    policy: Policy,
    output: String? = nil
  ) -> String {
    let heading = String(repeating: "#", count: level)
    var blocks = [
      "\(heading) \(rule.id)", "**\(rule.summary)** Risk: \(riskOnPage(of: rule, policy)).", rule.explanation,
    ]
    if let bad = rule.firstBadExample { blocks += ["Flagged:", fenced(bad.wholeSQL)] }
    if let output { blocks += ["What sqllint says:", "```text\n\(output.trimmed)\n```"] }
    blocks += ["The safe way:", fenced(rule.alternative)]
    blocks.append(
      rule.isAboutFile
        ? "Allow it in one file: `-- sqllint:allow-file \(rule.id) reason`"
        : "Allow it where it stands: `-- sqllint:allow \(rule.id) reason`"
    )
    if rule.isOptIn { blocks.append("Ask for it in `.sqllint.yml`: `rules: { \(rule.id): on }`") }
    var facts = ["PostgreSQL's manual: <\(rule.reference)>"]
    if rule.versions != Policy.supportedVersions { facts.append("PostgreSQL versions: \(rule.versions.words)") }
    if !rule.alsoKnownAs.isEmpty { facts.append("Elsewhere: \(rule.alsoKnownAs.joined(separator: ", "))") }
    if !rule.formerIDs.isEmpty { facts.append("Former names: \(rule.formerIDs.joined(separator: ", "))") }
    blocks.append(facts.map { "* \($0)" }.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n")
  }

  private static func riskOnPage(of rule: any Rule, _ policy: Policy) -> String {
    policy.runs(rule) || !rule.isOptIn ? risk(of: rule, policy) : "\(rule.risk), but it runs only where you ask for it"
  }

  private static func fenced(_ sql: String) -> String { "```sql\n\(sql.trimmed)\n```" }
}
