import Syntax
import Linting

/// The names that rules go by, in options and in the configuration.
package struct RuleNames: Sendable {
  /// The present ids, in the order of the rules.
  package let ids: [String]
  /// Present ids by id, former ones too.
  private let presentIDs: [String: String]
  /// What other tools call a rule, such as `ban-drop-table`, with the rule's id.
  private let foreignNames: [String: String]
  /// The rules' own risks, by present id.
  private let risks: [String: Risk]
  /// The rules that run only where somebody asks for them.
  private let optIn: Set<String>
  private let summaries: [String: String]
  /// Ids that rules had before.
  let formerIDs: [String]

  package init(_ rules: [any Rule]) {
    ids = rules.map(\.id)
    var presentIDs: [String: String] = [:]
    var foreignNames: [String: String] = [:]
    for rule in rules {
      for id in [rule.id] + rule.formerIDs { presentIDs[id] = rule.id }
      for name in rule.alsoKnownAs {
        let ownName = name.split(separator: ":").last?.drop { $0 == " " } ?? ""
        if foreignNames[String(ownName)] == nil { foreignNames[String(ownName)] = rule.id }
      }
    }
    risks = Dictionary(rules.map { ($0.id, $0.risk) }) { first, _ in first }
    summaries = Dictionary(rules.map { ($0.id, $0.summary) }) { first, _ in first }
    formerIDs = rules.flatMap(\.formerIDs)
    optIn = Set(rules.filter(\.isOptIn).map(\.id))
    self.presentIDs = presentIDs
    self.foreignNames = foreignNames
  }

  /// The id of the rule that goes, or went, by this name.
  package func presentID(of name: String) -> String? { presentIDs[name] }

  /// The risk of a rule's findings, where nothing else is said.
  package func risk(of id: String) -> Risk? { risks[id] }

  /// What a rule is about, in a sentence.
  package func summary(of id: String) -> String { summaries[id] ?? "" }

  /// Whether a rule runs where nothing is said of it.
  package func runsUnasked(_ id: String) -> Bool { !optIn.contains(id) }

  /// What is wrong with a name that no rule goes by, and what to write instead.
  package func complaint(about name: String) -> String {
    if let id = foreignNames[name] { return "unknown rule '\(name)': here it is named \(id)" }
    let near = NearestName.candidates(for: name, among: ids)
    return near.isEmpty
      ? "unknown rule '\(name)': `sqllint rules` lists all rules"
      : "unknown rule '\(name)': did you mean \(NearestName.alternatives(near))?"
  }
}
