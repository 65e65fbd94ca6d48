import Catalog

/// The settings of a project on GitLab that decide whether a check holds.
///
/// Sources: GitLab's documentation of its REST API, "Projects", "Protected branches", "Merge request approvals" and
/// "Protected environments".
struct GitLabSettings {
  static let sources = [
    GateDoctor.Source(file: Name.project, command: "glab api 'projects/:id' > \(Name.project)"),
    GateDoctor.Source(
      file: Name.branches,
      command: "glab api 'projects/:id/protected_branches?per_page=100' > \(Name.branches)"
    ),
    GateDoctor.Source(file: Name.approvals, command: "glab api 'projects/:id/approvals' > \(Name.approvals)"),
    GateDoctor.Source(
      file: Name.rules,
      command: "glab api 'projects/:id/approval_rules?per_page=100' > \(Name.rules)"
    ),
    GateDoctor.Source(
      file: Name.environments,
      command: "glab api 'projects/:id/protected_environments?per_page=100' > \(Name.environments)"
    ),
  ]

  private enum Name {
    static let project = "gitlab-project.json"
    static let branches = "gitlab-protected-branches.json"
    static let approvals = "gitlab-approvals.json"
    static let rules = "gitlab-approval-rules.json"
    static let environments = "gitlab-protected-environments.json"
  }

  let branch: String
  private(set) var checks: [GateCheck] = []

  private let question: GateDoctor.Question
  private let answers: [String: SavedAnswer]

  init(_ answers: [String: SavedAnswer], _ question: GateDoctor.Question) throws(SavedAnswer.Failure) {
    self.question = question
    self.answers = answers
    for (file, answer) in answers.sorted(by: { $0.key < $1.key }) {
      if let refusal = answer.refusal {
        throw SavedAnswer.Failure(message: "\(file): the API refused: \(refusal.message)")
      }
    }
    if let branch = question.branch {
      self.branch = branch
    } else if let project = answers[Name.project] {
      branch = try project.needed("default_branch").text()
    } else {
      branch = "the branch"
    }
    var examination = GateExamination(Self.sources)
    try examineProject(&examination)
    try examineBranch(&examination)
    try examineApprovals(&examination)
    try examineEnvironment(&examination)
    checks = examination.checks
  }

  private static let mergePage = "Settings > Merge requests"
  private static let branchPage = "Settings > Repository > Protected branches"

  private func examineProject(_ examination: inout GateExamination) throws(SavedAnswer.Failure) {
    let project = answers[Name.project]
    let mustSucceed = try project?.flag("only_allow_merge_if_pipeline_succeeds")
    let skips = try project?.flag("allow_merge_on_skipped_pipeline")
    let merged = try project?.flag("merge_pipelines_enabled")
    let trains = try project?.flag("merge_trains_enabled")
    for (demand, holds, open, setting) in [
      (
        "The pipeline must succeed", mustSucceed,
        "the check is not required: a change can be merged while its pipeline fails", "Pipelines must succeed"
      ),
      (
        "A skipped pipeline is no success", skips.map { !$0 },
        "a change whose pipeline is skipped, as by [skip ci], can be merged",
        "Skipped pipelines are considered successful"
      ),
      (
        "A change is checked against what is merged before it", merged.map { $0 || trains == true },
        "a change can be merged that was not checked against the newest \(branch): two may take the same version",
        "Enable merged results pipelines, Enable merge trains"
      ),
    ] {
      examination.check(demand, holds, open: open, at: "\(Self.mergePage): \(setting)", needs: Name.project)
    }
  }

  // MARK: - The branch

  private func examineBranch(_ examination: inout GateExamination) throws(SavedAnswer.Failure) {
    let branches = answers[Name.branches]
    var own: [SavedAnswer] = []
    for protected in try branches?.list() ?? [] {
      let pattern = try protected.needed("name").text()
      if Array(branch.utf8).matches(Array(pattern.utf8)) { own.append(protected) }
    }
    examination.check(
      "\(branch) is protected",
      branches.map { _ in !own.isEmpty },
      open: "\(branch) is not protected: commits can be pushed to it, and nothing is checked",
      at: "\(Self.branchPage): Protect a branch",
      needs: Name.branches
    )
    guard !own.isEmpty else { return }
    // Of several that match, GitLab goes by the one that allows most, and by code owners where one asks for them.
    var pushers: [String] = []
    var allowsForce = false
    var asksCodeOwners = false
    for protected in own {
      for level in try protected.list("push_access_levels") {
        let number = try level.member("access_level")?.number()
        guard number != 0 else { continue }
        pushers.append(try level.member("access_level_description")?.text() ?? "somebody")
      }
      if try protected.flag("allow_force_push") { allowsForce = true }
      if try protected.flag("code_owner_approval_required") { asksCodeOwners = true }
    }
    for (demand, holds, open, setting) in [
      (
        "\(branch) takes changes by merge requests alone", pushers.isEmpty,
        "\(pushers.joined(separator: ", ")) may push to \(branch) without a merge request",
        "Allowed to push and merge, No one"
      ),
      (
        "\(branch) cannot be rewritten", !allowsForce,
        "\(branch) can be rewritten by force pushes: a migration that has run can vanish", "Allowed to force push, off"
      ),
      (
        "Code owners must approve", asksCodeOwners,
        "code owners are not asked: whoever may approve may let a change of .sqllint.yml or of the pipeline pass",
        "Require approval from code owners; CODEOWNERS"
      ),
    ] {
      examination.check(demand, holds, open: open, at: "\(Self.branchPage): \(setting)", needs: Name.branches)
    }
  }

  // MARK: - Approvals

  private func examineApprovals(_ examination: inout GateExamination) throws(SavedAnswer.Failure) {
    let page = "\(Self.mergePage), Merge request approvals"
    let rules = answers[Name.rules]
    var required = 0.0
    for rule in try rules?.list() ?? [] { required = max(required, try rule.needed("approvals_required").number()) }
    examination.check(
      "A merge request needs an approval",
      rules.map { _ in required > 0 },
      open: "no rule requires an approval of a merge request",
      at: "\(page): Approval rules",
      needs: Name.rules
    )
    let approvals = answers[Name.approvals]
    // A project needs a paid plan for some of these keys: where they are missing, nothing is required.
    let resets = try approvals?.flag("reset_approvals_on_push")
    let author = try approvals?.flag("merge_requests_author_approval")
    let committers = try approvals?.flag("merge_requests_disable_committers_approval")
    let overriding = try approvals?.flag("disable_overriding_approvers_per_merge_request")
    for (demand, holds, open, setting) in [
      (
        "A push removes approvals", resets,
        "stale approvals are not dismissed: what is pushed after an approval is merged with it",
        "When a commit is added, Remove all approvals"
      ),
      (
        "The author does not approve", author.map { !$0 }, "whoever wrote a merge request may approve it",
        "Prevent approval by merge request creator"
      ),
      (
        "Those who add commits do not approve", committers, "whoever adds commits to a merge request may approve it",
        "Prevent approvals by users who add commits"
      ),
      (
        "A merge request cannot change its rules", overriding,
        "the author of a merge request may take its approval rules away",
        "Prevent editing approval rules in merge requests"
      ),
    ] {
      examination.check(demand, holds, open: open, at: "\(page): \(setting)", needs: Name.approvals)
    }
  }

  private func examineEnvironment(_ examination: inout GateExamination) throws(SavedAnswer.Failure) {
    let name = question.environment
    let environments = answers[Name.environments]
    var own: SavedAnswer?
    for environment in try environments?.list() ?? [] where try environment.needed("name").text() == name {
      own = environment
    }
    let page = "Settings > CI/CD > Protected environments"
    examination.check(
      "The environment \(name) is protected",
      environments.map { _ in own != nil },
      open: "the environment \(name) is not protected: whoever may run a job may deploy to it",
      at: "\(page): Protect an environment",
      needs: Name.environments
    )
    guard let own else { return }
    var required = try own.member("required_approval_count")?.number() ?? 0
    for rule in try own.list("approval_rules") {
      required = max(required, try rule.member("required_approvals")?.number() ?? 0)
    }
    examination.check(
      "The environment \(name) has reviewers",
      required > 0,
      open: "the environment \(name) has no reviewers: a deployment starts without anybody's word",
      at: "\(page), \(name): Approval rules",
      needs: Name.environments
    )
  }
}
