/// The settings of a repository on GitHub that decide whether a check holds.
///
/// Sources: GitHub's documentation of its REST API, "Repositories", "Protected branches", "Rules" and "Deployment
/// environments". Rules of rulesets and the protection of a branch hold side by side.
struct GitHubSettings {
  static let sources = [
    GateDoctor.Source(file: Name.repository, command: "gh api 'repos/{owner}/{repo}' > \(Name.repository)"),
    GateDoctor.Source(
      file: Name.protection,
      command: "gh api 'repos/{owner}/{repo}/branches/BRANCH/protection' > \(Name.protection) || true"
    ),
    GateDoctor.Source(
      file: Name.rules,
      command: "gh api 'repos/{owner}/{repo}/rules/branches/BRANCH?per_page=100' > \(Name.rules)"
    ),
    GateDoctor.Source(
      file: Name.rulesets,
      command: "gh api 'repos/{owner}/{repo}/rulesets?includes_parents=true' --jq '.[].id' | while read -r id; do "
        + "gh api \"repos/{owner}/{repo}/rulesets/$id\"; done | jq --slurp . > \(Name.rulesets)"
    ),
    GateDoctor.Source(
      file: Name.environments,
      command: "gh api 'repos/{owner}/{repo}/environments?per_page=100' > \(Name.environments)"
    ),
  ]

  private enum Name {
    static let repository = "github-repository.json"
    static let protection = "github-protection.json"
    static let rules = "github-rules.json"
    static let rulesets = "github-rulesets.json"
    static let environments = "github-environments.json"
  }

  let branch: String
  private(set) var checks: [GateCheck] = []

  private let question: GateDoctor.Question
  /// What holds for the branch: its protection, and each ruleset with rules for it. `nil` where nobody saved them.
  private let layers: [Layer]?
  /// The file that is missing where ``layers`` is `nil`.
  private let missing: String
  private let environments: SavedAnswer?

  init(_ answers: [String: SavedAnswer], _ question: GateDoctor.Question) throws(SavedAnswer.Failure) {
    self.question = question
    for (file, answer) in answers.sorted(by: { $0.key < $1.key }) {
      guard let refusal = answer.refusal else { continue }
      // That is how GitHub says that there is none.
      if file == Name.protection, refusal.message == "Branch not protected" { continue }
      throw SavedAnswer.Failure(message: "\(file): the API refused: \(refusal.message)")
    }
    if let branch = question.branch {
      self.branch = branch
    } else if let repository = answers[Name.repository] {
      branch = try repository.needed("default_branch").text()
    } else {
      branch = "the branch"
    }
    environments = answers[Name.environments]
    var layers: [Layer] = []
    if let protection = answers[Name.protection], protection.refusal == nil { layers.append(try Layer(protection)) }
    if let rules = answers[Name.rules] {
      layers += try Layer.layers(of: rules, rulesets: answers[Name.rulesets])
    }
    self.layers = answers[Name.protection] == nil || answers[Name.rules] == nil ? nil : layers
    missing = answers[Name.protection] == nil ? Name.protection : Name.rules
    var examination = GateExamination(Self.sources)
    examineBranch(&examination)
    examineReviews(&examination)
    try examineEnvironment(&examination)
    checks = examination.checks
  }

  // MARK: - The branch

  private static let rulesPage = "Settings > Rules > Rulesets, or Settings > Branches"
  private static let environmentPage = "Settings > Environments"

  private func any(_ holds: (Layer) -> Bool) -> Bool? { layers.map { $0.contains(where: holds) } }

  private func examineBranch(_ examination: inout GateExamination) {
    let check = question.check
    examination.check(
      "The check \(check) is required on \(branch)",
      any { $0.requiredChecks.contains(check) },
      open: "the check \(check) is not required on \(branch): a change can be merged while it fails",
      at: "\(Self.rulesPage): Require status checks to pass, \(check)",
      needs: missing
    )
    examination.check(
      "Nobody may bypass the check",
      layers.map { layers in
        let requiring = layers.filter { $0.requiredChecks.contains(check) }
        return requiring.isEmpty || requiring.contains { $0.bypassers?.isEmpty == true }
      },
      open: bypassSentence,
      at: "\(Self.rulesPage): the bypass list; Do not allow bypassing the above settings",
      needs: missing
    )
    examination.check(
      "A change is checked against what is merged before it",
      any { $0.isStrict || $0.hasMergeQueue },
      open: "a change can be merged that was not checked against the newest \(branch): two may take the same version",
      at: "\(Self.rulesPage): Require branches to be up to date before merging, or Require merge queue",
      needs: missing
    )
    examination.check(
      "\(branch) takes changes by pull requests alone",
      any { $0.reviews != nil },
      open: "commits can be pushed to \(branch) without a pull request, so that nothing is checked",
      at: "\(Self.rulesPage): Require a pull request before merging",
      needs: missing
    )
    examination.check(
      "\(branch) cannot be rewritten",
      any(\.refusesForcePushes),
      open: "\(branch) can be rewritten by force pushes: a migration that has run can vanish",
      at: "\(Self.rulesPage): Block force pushes",
      needs: missing
    )
  }

  private var bypassSentence: String {
    let requiring = (layers ?? []).filter { $0.requiredChecks.contains(question.check) }
    let names = requiring.flatMap { $0.bypassers ?? ["who does, tells \(Name.rulesets) alone, which is not there"] }
    return "owners may bypass the check: \(names.joined(separator: ", "))"
  }

  private func examineReviews(_ examination: inout GateExamination) {
    let page = "\(Self.rulesPage): Require a pull request before merging"
    let reviews = { (holds: (Reviews) -> Bool) in any { $0.reviews.map(holds) ?? false } }
    examination.check(
      "A pull request needs an approval",
      reviews { $0.count > 0 },
      open: "a pull request needs no approval on \(branch)",
      at: "\(page), Required approvals",
      needs: missing
    )
    examination.check(
      "A push dismisses approvals",
      reviews(\.dismissesStale),
      open: "stale approvals are not dismissed: what is pushed after an approval is merged with it",
      at: "\(page), Dismiss stale pull request approvals when new commits are pushed",
      needs: missing
    )
    examination.check(
      "Code owners must approve",
      reviews(\.asksCodeOwners),
      open: "code owners are not asked: whoever may review may let a change of .sqllint.yml or of the workflow pass",
      at: "\(page), Require review from Code Owners; .github/CODEOWNERS",
      needs: missing
    )
    examination.check(
      "Somebody else approves the last push",
      reviews(\.asksForLastPush),
      open: "whoever pushes last to somebody's pull request may approve it",
      at: "\(page), Require approval of the most recent reviewable push",
      needs: missing
    )
  }

  // MARK: - The environment

  private func examineEnvironment(_ examination: inout GateExamination) throws(SavedAnswer.Failure) {
    let name = question.environment
    var own: SavedAnswer?
    for environment in try environments?.list("environments") ?? [] {
      if try environment.needed("name").text().lowercased() == name.lowercased() { own = environment }
    }
    examination.check(
      "There is an environment \(name)",
      environments.map { _ in own != nil },
      open: "there is no environment \(name), so nobody is asked before a deployment",
      at: "\(Self.environmentPage): New environment; name it in the job that deploys",
      needs: Name.environments
    )
    guard let own else { return }
    var reviewers = 0
    var refusesOwn = false
    for rule in try own.list("protection_rules") where try rule.needed("type").text() == "required_reviewers" {
      reviewers += try rule.list("reviewers").count
      if try rule.flag("prevent_self_review") { refusesOwn = true }
    }
    let canBypass = try own.flag("can_admins_bypass")
    let hasBranches = try own.member("deployment_branch_policy") != nil
    let page = "\(Self.environmentPage), \(name)"
    for (demand, holds, open, setting) in [
      (
        "The environment \(name) has reviewers", reviewers > 0,
        "the environment \(name) has no reviewers: a deployment starts without anybody's word", "Required reviewers"
      ),
      (
        "Nobody approves the own deployment to \(name)", reviewers == 0 || refusesOwn,
        "whoever starts a deployment to \(name) may approve it", "Prevent self-review"
      ),
      (
        "Administrators wait for the reviewers of \(name)", reviewers == 0 || !canBypass,
        "administrators may bypass the reviewers of \(name)", "Allow administrators to bypass, off"
      ),
      (
        "Only chosen branches are deployed to \(name)", hasBranches,
        "any branch may be deployed to \(name), those too that nobody has reviewed", "Deployment branches and tags"
      ),
    ] {
      examination.check(demand, holds, open: open, at: "\(page): \(setting)", needs: Name.environments)
    }
  }
}

// MARK: - What protects a branch

extension GitHubSettings {
  /// How pull requests are reviewed.
  struct Reviews {
    var count = 0.0
    var dismissesStale = false
    var asksCodeOwners = false
    var asksForLastPush = false
  }

  /// The protection of a branch, or the rules of one ruleset.
  struct Layer {
    var requiredChecks: Set<String> = []
    var isStrict = false
    var hasMergeQueue = false
    var reviews: Reviews?
    var refusesForcePushes = false
    /// Those who need not obey it; `nil` where nobody knows.
    var bypassers: [String]?

    /// The protection of a branch.
    init(_ protection: SavedAnswer) throws(SavedAnswer.Failure) {
      if let checks = try protection.member("required_status_checks") {
        for context in try checks.list("contexts") { requiredChecks.insert(try context.text()) }
        for check in try checks.list("checks") { requiredChecks.insert(try check.needed("context").text()) }
        isStrict = try checks.flag("strict")
      }
      var bypassers = try protection.needed("enforce_admins").needed("enabled").flag() ? [] : ["administrators"]
      if let pulls = try protection.member("required_pull_request_reviews") {
        reviews = Reviews(
          count: try pulls.member("required_approving_review_count")?.number() ?? 0,
          dismissesStale: try pulls.flag("dismiss_stale_reviews"),
          asksCodeOwners: try pulls.flag("require_code_owner_reviews"),
          asksForLastPush: try pulls.flag("require_last_push_approval")
        )
        if let allowed = try pulls.member("bypass_pull_request_allowances") {
          for (key, name) in [("users", "login"), ("teams", "slug"), ("apps", "slug")] {
            for one in try allowed.list(key) { bypassers.append(try one.needed(name).text()) }
          }
        }
      }
      refusesForcePushes = try protection.member("allow_force_pushes")?.flag("enabled") != true
      self.bypassers = bypassers
    }

    private init() {}

    /// The rules of the rulesets that hold for a branch, each ruleset apart.
    static func layers(
      of rules: SavedAnswer,
      rulesets: SavedAnswer?
    ) throws(SavedAnswer.Failure) -> [Layer] {
      var ids: [Double] = []
      var layers: [Double: Layer] = [:]
      for rule in try rules.list() {
        let id = try rule.needed("ruleset_id").number()
        if layers[id] == nil { ids.append(id) }
        try layers[id, default: Layer()].add(rule)
      }
      for ruleset in try rulesets?.list() ?? [] {
        let id = try ruleset.needed("id").number()
        guard layers[id] != nil else { continue }
        // Only who may change a ruleset is told who may bypass it.
        guard let actors = try ruleset.member("bypass_actors") else { continue }
        let name = try ruleset.needed("name").text()
        var bypassers: [String] = []
        for actor in try actors.list() {
          bypassers.append("\(try actor.needed("actor_type").text()) by the ruleset \(name)")
        }
        layers[id]?.bypassers = bypassers
      }
      return ids.compactMap { layers[$0] }
    }

    private mutating func add(_ rule: SavedAnswer) throws(SavedAnswer.Failure) {
      let parameters = try rule.member("parameters")
      switch try rule.needed("type").text() {
      case "required_status_checks":
        for check in try parameters?.list("required_status_checks") ?? [] {
          requiredChecks.insert(try check.needed("context").text())
        }
        if try parameters?.flag("strict_required_status_checks_policy") == true { isStrict = true }
      case "pull_request":
        reviews = Reviews(
          count: try parameters?.member("required_approving_review_count")?.number() ?? 0,
          dismissesStale: try parameters?.flag("dismiss_stale_reviews_on_push") ?? false,
          asksCodeOwners: try parameters?.flag("require_code_owner_review") ?? false,
          asksForLastPush: try parameters?.flag("require_last_push_approval") ?? false
        )
      case "merge_queue": hasMergeQueue = true
      case "non_fast_forward": refusesForcePushes = true
      default: break
      }
    }
  }
}
