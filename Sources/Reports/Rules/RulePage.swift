/// The page of a rule, which ``RuleText/page(on:policy:output:)`` writes.
enum RulePage {
  /// Where the project is published, with a slash at the end; `nil` as long as it is nowhere.
  static let home: String? = nil

  /// Its address; without a home, its place in the project.
  static func address(of rule: String) -> String { (home ?? "") + "Documentation/rules/\(rule).md" }
}
