import Linting

struct ConfigurationLoosened: FileRule {
  let id = "configuration-loosened"
  let summary = "The change makes sqllint ask for less than the base branch does."
  let risk = Risk.medium
  let explanation = """
    A change that switches off what would object to it needs somebody to see that. With `--changed` and `--since git:`, \
    the rules, the approvals and `fail_on` are those of the branch that the change goes to, whatever its own `.sqllint.yml` \
    says, and what that makes looser is named here. It holds once it is merged.

    Loosen the configuration in a change of its own, which those who own the rules merge.
    """
  let alternative = """
    -- One statement is better allowed where it stands than its rule switched off for all.
    -- sqllint:allow table-dropped unused since release 41
    DROP TABLE legacy_clips;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ migration: Migration) -> [Finding] {
    guard case .configuration(let keys, let branch) = migration.status, !keys.isEmpty else { return [] }
    return [
      Finding(
        rule: id,
        risk: risk,
        range: 0..<0,
        message: .loosened(keys, branch),
        fix: Finding.Fix("loosen it in a change of its own, which those who own the rules merge")
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func loosened(_ keys: [String], _ branch: String) -> Self {
    "the configuration asks for less than on \(branch), and is not followed in this: \(keys.joined(separator: "; "))"
  }
}
