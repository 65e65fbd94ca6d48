import Linting
import Syntax

struct SuppressionUnknown: SuppressionRule {
  let id = "suppression-unknown"
  let summary = "A rule is allowed that does not exist."
  let risk = Risk.medium
  let explanation = """
    No rule has this name, so the comment allows nothing. `sqllint rules` lists the names; those of other tools are in \
    `sqllint explain`.
    """
  let alternative = """
    -- sqllint:allow table-dropped unused since release 41
    DROP TABLE legacy_clips;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS"
  let examples: [RuleExample] = [
    .bad("a name that no rule has", "-- sqllint:allow drop-everything we may\nCREATE TABLE settings (key text);"),
    .good(
      "a rule's name",
      history: ["CREATE TABLE settings (key text);"],
      "-- sqllint:allow table-dropped nobody uses it\nDROP TABLE settings;"
    ),
  ]

  func check(_ audit: SuppressionAudit) -> [Finding] {
    audit.suppressions.filter { !audit.knownRules.contains($0.rule) }.map {
      Finding(
        rule: id,
        risk: risk,
        range: $0.range,
        message: .unknown($0),
        fix: Finding.Fix(advice(for: $0.rule))
      )
    }
  }

  /// People who come from another tool write its names.
  private func advice(for name: String) -> String {
    if let same = Self.foreignNames[name] { return "here it is called \(same.sentenceList)" }
    let near = NearestName.candidates(for: name, among: AllRules.all.map(\.id))
    return near.isEmpty
      ? "`sqllint rules` lists the names of all rules" : "did you mean \(NearestName.alternatives(near))?"
  }

  /// The ids of rules by the names that other tools have for them.
  private static let foreignNames: [String: [String]] = {
    var rules: [String: [String]] = [:]
    for rule in AllRules.all {
      // Each is written `tool: name`.
      let names = rule.alsoKnownAs.map { String($0.drop { $0 != ":" }.dropFirst(2)) }
      for name in Set(names) { rules[name, default: []].append(rule.id) }
    }
    return rules
  }()
}

extension Finding.Message {
  fileprivate static func unknown(_ suppression: Suppression) -> Self {
    suppression.rule.isEmpty ? "no rule is named after sqllint:allow" : "there is no rule named \(suppression.rule)"
  }
}
