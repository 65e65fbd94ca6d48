import Foundation

/// The system that a run is on, as its variables tell: which branch a change goes to, and how clones become whole.
package struct ContinuousIntegration: Hashable, Sendable {
  /// What a change is to be merged into.
  package struct Target: Hashable, Sendable {
    package let branch: String
    /// The commit of the branch from which the change started, where the system names it.
    package let base: String?
    /// The variable that names the branch.
    package let variable: String
    /// Whether the change is in a queue: its base then has those that are ahead of it.
    package var isQueue = false
  }

  /// `nil` outside of pull requests.
  package let target: Target?
  /// What to add to the configuration of the system so that clones are whole.
  private let checkout: String

  /// `event` is what GitHub says of the event that started the run.
  package init(_ environment: [String: String] = [:], event: [UInt8]? = nil) {
    target = event.flatMap(Self.queue) ?? Self.train(environment) ?? Self.target(environment)
    checkout = Self.systems.first { environment[$0.sign]?.isEmpty == false }?.checkout ?? "`git fetch --unshallow`"
  }

  var adviceForShallowClones: String { "the clone is shallow, so older commits are missing: \(checkout)" }

  /// Variables that only a system sets, with what makes its clones whole. Sources: the documentation of each.
  private static let systems: [(sign: String, checkout: String)] = [
    ("GITHUB_ACTIONS", "add `with: {fetch-depth: 0}` to the step that uses actions/checkout"),
    ("GITLAB_CI", "add `variables: {GIT_DEPTH: 0}` to the job"),
    ("BITBUCKET_BUILD_NUMBER", "add `clone: {depth: full}` to the step"),
    ("TF_BUILD", "add `fetchDepth: 0` to the step `- checkout: self`"),
    ("CIRCLECI", "add `method: full` to the step `checkout`"),
    ("TRAVIS", "add `git: {depth: false}` to .travis.yml"),
    ("APPVEYOR", "remove `clone_depth` from appveyor.yml"),
    ("DRONE", "add `clone: {depth: 0}` to .drone.yml"),
  ]

  /// Variables that name the branch of a pull request's target. Sources: the documentation of each system.
  private static let branchVariables = [
    "GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "BITBUCKET_PR_DESTINATION_BRANCH",
    "SYSTEM_PULLREQUEST_TARGETBRANCH", "BUILDKITE_PULL_REQUEST_BASE_BRANCH", "CHANGE_TARGET", "CIRRUS_BASE_BRANCH",
    "CF_PULL_REQUEST_TARGET", "CI_COMMIT_TARGET_BRANCH",
  ]

  /// Variables that name the branch of the build, which is the target where the other says that it is a pull request's.
  private static let conditionalVariables = [
    (branch: "TRAVIS_BRANCH", request: "TRAVIS_PULL_REQUEST"),
    (branch: "DRONE_TARGET_BRANCH", request: "DRONE_PULL_REQUEST"),
    (branch: "APPVEYOR_REPO_BRANCH", request: "APPVEYOR_PULL_REQUEST_NUMBER"),
    (branch: "SEMAPHORE_GIT_BRANCH", request: "SEMAPHORE_GIT_PR_NUMBER"),
  ]

  /// What GitHub's merge queue is about to merge, and onto what.
  ///
  /// Source: GitHub's documentation, "Webhook events and payloads", `merge_group`: the base is the commit that the group is
  /// put on, with all that is ahead of it.
  private static func queue(_ event: [UInt8]) -> Target? {
    struct Event: Decodable {
      struct Group: Decodable {
        let base_ref: String
        let base_sha: String
      }
      let merge_group: Group
    }
    guard let group = try? JSONDecoder().decode(Event.self, from: Data(event)).merge_group, !group.base_ref.isEmpty
    else {
      return nil
    }
    return Target(
      branch: group.base_ref.withoutReferencePrefix,
      base: group.base_sha,
      variable: "GITHUB_EVENT_PATH",
      isQueue: true
    )
  }

  /// What a merge request of GitLab's merge train is put on.
  ///
  /// Source: GitLab's `merge_trains/create_pipeline_service.rb`: in a train the variable is the commit of the train up to
  /// the merge request ahead, and not that of the branch.
  private static func train(_ environment: [String: String]) -> Target? {
    let name = "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    guard environment["CI_MERGE_REQUEST_EVENT_TYPE"] == "merge_train",
      let branch = environment[name], !branch.isEmpty,
      let base = environment["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"], !base.isEmpty
    else { return nil }
    return Target(branch: branch, base: base, variable: name, isQueue: true)
  }

  private static func target(_ environment: [String: String]) -> Target? {
    let value = { (name: String) in environment[name].flatMap { $0.isEmpty || $0 == "false" ? nil : $0 } }
    let base = value("CI_MERGE_REQUEST_DIFF_BASE_SHA")
    for name in branchVariables {
      guard let branch = value(name) else { continue }
      return Target(branch: branch.withoutReferencePrefix, base: base, variable: name)
    }
    for (name, request) in conditionalVariables {
      guard value(request) != nil, let branch = value(name) else { continue }
      return Target(branch: branch.withoutReferencePrefix, base: nil, variable: name)
    }
    if let base {
      return Target(branch: base, base: base, variable: "CI_MERGE_REQUEST_DIFF_BASE_SHA")
    }
    return value("GITHUB_REF").flatMap(\.targetOfMergeQueue).map {
      Target(branch: $0, base: nil, variable: "GITHUB_REF")
    }
  }
}

extension String {
  /// Azure names a branch by the whole reference.
  fileprivate var withoutReferencePrefix: String {
    hasPrefix("refs/heads/") ? String(dropFirst("refs/heads/".count)) : self
  }

  /// The branch that GitHub's merge queue is of: `refs/heads/gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT`.
  fileprivate var targetOfMergeQueue: String? {
    let prefix = "refs/heads/gh-readonly-queue/"
    guard hasPrefix(prefix), let slash = lastIndex(of: "/"), self[slash...].hasPrefix("/pr-") else { return nil }
    let branch = self[..<slash].dropFirst(prefix.count)
    return branch.isEmpty ? nil : String(branch)
  }
}
