import Foundation
import Testing

@testable import Gate

@Suite("The doctor of the gate")
struct GateDoctorTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/gate").standardized

  /// The saved settings of a host, with nothing open.
  private func files(_ host: GateDoctor.Host) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for source in GateDoctor.sources(of: host) {
      files[source.file] = try Array(Data(contentsOf: Self.folder.appending(path: source.file)))
    }
    return files
  }

  private func examine(_ files: [String: [UInt8]], _ question: GateDoctor.Question = .init()) throws -> GateDoctor {
    try #require(try GateDoctor(files, question))
  }

  /// What is open, in the order of the checks.
  private func open(_ doctor: GateDoctor) -> [String] {
    doctor.checks.compactMap { if case .open(let sentence) = $0.state { sentence } else { nil } }
  }

  /// The files with a text in one of them changed.
  private func changed(
    _ host: GateDoctor.Host,
    _ file: String,
    _ old: String,
    _ new: String
  ) throws -> [String: [UInt8]] {
    var files = try files(host)
    let text = String(decoding: files[file] ?? [], as: UTF8.self)
    try #require(text.contains(old), "\(file) has no \(old)")
    files[file] = Array(text.replacing(old, with: new).utf8)
    return files
  }

  @Test("finds nothing open where all is set", arguments: GateDoctor.Host.allCases)
  func closed(_ host: GateDoctor.Host) throws {
    let doctor = try examine(try files(host))
    #expect(doctor.host == host && doctor.branch == "main")
    #expect(doctor.checks.count >= 13)
    #expect(doctor.checks.filter { !$0.holds } == [])
  }

  @Test(
    "says what one setting of GitHub opens",
    arguments: [
      ("github-protection.json", "\"sqllint\"", "\"lint\"", "the check sqllint is not required on main"),
      ("github-protection.json", "\"strict\": true", "\"strict\": false", "not checked against the newest main"),
      (
        "github-protection.json", "\"enabled\": true", "\"enabled\": false",
        "owners may bypass the check: administrators"
      ),
      ("github-protection.json", "\"users\": []", "\"users\": [{\"login\": \"dora\"}]", "may bypass the check: dora"),
      (
        "github-protection.json", "\"allow_force_pushes\": { \"enabled\": false }",
        "\"allow_force_pushes\": { \"enabled\": true }", "main can be rewritten"
      ),
      ("github-protection.json", "review_count\": 1", "review_count\": 0", "a pull request needs no approval"),
      (
        "github-protection.json", "stale_reviews\": true", "stale_reviews\": false", "stale approvals are not dismissed"
      ),
      ("github-protection.json", "owner_reviews\": true", "owner_reviews\": false", "code owners are not asked"),
      ("github-protection.json", "push_approval\": true", "push_approval\": false", "whoever pushes last"),
      ("github-environments.json", "\"production\"", "\"prod\"", "there is no environment production"),
      ("github-environments.json", "required_reviewers", "custom", "the environment production has no reviewers"),
      ("github-environments.json", "self_review\": true", "self_review\": false", "whoever starts a deployment"),
      ("github-environments.json", "bypass\": false", "bypass\": true", "administrators may bypass the reviewers"),
      (
        "github-environments.json", "\"deployment_branch_policy\": {", "\"other\": {",
        "any branch may be deployed to production"
      ),
    ]
  )
  func gitHub(_ file: String, _ old: String, _ new: String, _ sentence: String) throws {
    let found = open(try examine(try changed(.github, file, old, new)))
    #expect(found.count == 1 && found[0].contains(sentence), "\(found)")
  }

  @Test(
    "says what one setting of GitLab opens",
    arguments: [
      ("gitlab-project.json", "succeeds\": true", "succeeds\": false", "the check is not required"),
      ("gitlab-project.json", "skipped_pipeline\": false", "skipped_pipeline\": true", "[skip ci]"),
      (
        "gitlab-project.json", "\"merge_pipelines_enabled\": true,\n  \"merge_trains_enabled\": true",
        "\"merge_pipelines_enabled\": false,\n  \"merge_trains_enabled\": false", "against the newest main"
      ),
      ("gitlab-protected-branches.json", "\"main\"", "\"mean\"", "main is not protected"),
      (
        "gitlab-protected-branches.json", "\"access_level\": 0, \"access_level_description\": \"No one\"",
        "\"access_level\": 40, \"access_level_description\": \"Maintainers\"", "Maintainers may push to main"
      ),
      ("gitlab-protected-branches.json", "force_push\": false", "force_push\": true", "main can be rewritten"),
      ("gitlab-protected-branches.json", "required\": true", "required\": false", "code owners are not asked"),
      ("gitlab-approval-rules.json", "required\": 2", "required\": 0", "no rule requires an approval"),
      ("gitlab-approvals.json", "on_push\": true", "on_push\": false", "stale approvals are not dismissed"),
      ("gitlab-approvals.json", "author_approval\": false", "author_approval\": true", "whoever wrote a merge request"),
      ("gitlab-approvals.json", "committers_approval\": true", "committers_approval\": false", "whoever adds commits"),
      ("gitlab-approvals.json", "merge_request\": true", "merge_request\": false", "take its approval rules away"),
      ("gitlab-protected-environments.json", "\"production\"", "\"prod\"", "production is not protected"),
      ("gitlab-protected-environments.json", "approvals\": 1", "approvals\": 0", "production has no reviewers"),
    ]
  )
  func gitLab(_ file: String, _ old: String, _ new: String, _ sentence: String) throws {
    let found = open(try examine(try changed(.gitlab, file, old, new)))
    #expect(found.count == 1 && found[0].contains(sentence), "\(found)")
  }

  @Test("takes rulesets for what they are, besides the protection of the branch or instead of it")
  func rulesets() throws {
    var files = try files(.github)
    files["github-protection.json"] = Array(
      #"{"message": "Branch not protected", "documentation_url": "https://docs.github.com/rest", "status": "404"}"#.utf8
    )
    #expect(open(try examine(files)).count == 8)
    files["github-rules.json"] = Array(
      """
      [
        {"type": "deletion", "ruleset_source_type": "Repository", "ruleset_source": "acme/clips", "ruleset_id": 7},
        {"type": "non_fast_forward", "ruleset_id": 7},
        {"type": "merge_queue", "ruleset_id": 7, "parameters": {"merge_method": "MERGE"}},
        {"type": "required_status_checks", "ruleset_id": 7, "parameters": {
          "strict_required_status_checks_policy": false,
          "required_status_checks": [{"context": "sqllint", "integration_id": 15368}]}},
        {"type": "pull_request", "ruleset_id": 8, "parameters": {
          "required_approving_review_count": 2, "dismiss_stale_reviews_on_push": true,
          "require_code_owner_review": true, "require_last_push_approval": true}}
      ]
      """.utf8
    )
    files["github-rulesets.json"] = Array(
      """
      [
        {"id": 7, "name": "gate", "enforcement": "active", "bypass_actors": []},
        {"id": 8, "name": "review", "enforcement": "active", "bypass_actors": [
          {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}]}
      ]
      """.utf8
    )
    #expect(open(try examine(files)) == [])
    let text = String(decoding: files["github-rulesets.json"] ?? [], as: UTF8.self)
    files["github-rulesets.json"] = Array(
      text.replacing(
        "\"bypass_actors\": []",
        with: "\"bypass_actors\": [{\"actor_id\": 1, \"actor_type\": \"OrganizationAdmin\"}]"
      ).utf8
    )
    #expect(
      open(try examine(files)) == ["owners may bypass the check: OrganizationAdmin by the ruleset gate"]
    )
    // Whom a ruleset lets pass is told to few.
    files["github-rulesets.json"] = Array(text.replacing("bypass_actors", with: "other").utf8)
    #expect(open(try examine(files)).map { $0.hasPrefix("owners may bypass the check: who does") } == [true])
  }

  @Test("says which file is missing, and by which command it is saved", arguments: GateDoctor.Host.allCases)
  func missing(_ host: GateDoctor.Host) throws {
    for source in GateDoctor.sources(of: host) {
      var files = try files(host)
      files[source.file] = nil
      // What names the branch, and who may bypass rulesets that there are not, are not needed.
      let doctor = try examine(files, .init(branch: "main"))
      let unknown = doctor.checks.compactMap { if case .unknown(let reason) = $0.state { reason } else { nil } }
      let isNeeded = !["github-repository.json", "github-rulesets.json"].contains(source.file)
      #expect(unknown.isEmpty != isNeeded && Set(unknown).count <= 1, "\(source.file): \(unknown)")
      #expect(unknown.allSatisfy { $0.hasPrefix("\(source.file) is not there: ") && $0.contains(" api ") })
    }
    #expect(try GateDoctor([:], .init()) == nil)
  }

  @Test(
    "refuses broken and foreign answers, and names the file and the key",
    arguments: [
      ("github-protection.json", "", "github-protection.json: this is no JSON; save the answer again"),
      ("github-protection.json", "{", "github-protection.json: this is no JSON; save the answer again"),
      ("github-protection.json", "\u{FEFF}\u{0}", "github-protection.json: this is no JSON; save the answer again"),
      ("github-protection.json", "[]", "github-protection.json: the answer must be an object, and is a list"),
      (
        "github-protection.json", "{}",
        "github-protection.json: the answer has no key enforce_admins; is it the answer of another request?"
      ),
      (
        "github-protection.json", #"{"enforce_admins": {"enabled": "yes"}}"#,
        "github-protection.json: enforce_admins.enabled must be true or false, and is a text"
      ),
      (
        "github-protection.json", #"{"required_status_checks": {"contexts": [1]}}"#,
        "github-protection.json: required_status_checks.contexts[0] must be a text, and is a number"
      ),
      ("github-rules.json", "{\"a\": 1}", "github-rules.json: the answer must be a list, and is an object"),
      (
        "github-rules.json", #"[{"type": "deletion"}]"#,
        "github-rules.json: [0] has no key ruleset_id; is it the answer of another request?"
      ),
      (
        "github-repository.json", #"{"message": "Not Found", "documentation_url": "x", "status": "404"}"#,
        "github-repository.json: the API refused: Not Found"
      ),
      (
        "gitlab-approvals.json", #"{"message": "401 Unauthorized"}"#,
        "gitlab-approvals.json: the API refused: 401 Unauthorized"
      ),
      (
        "gitlab-protected-branches.json", #"[{"name": null}]"#,
        "gitlab-protected-branches.json: [0] has no key name; is it the answer of another request?"
      ),
      (
        "gitlab-approval-rules.json", #"[{"approvals_required": true}]"#,
        "gitlab-approval-rules.json: [0].approvals_required must be a number, and is true or false"
      ),
    ]
  )
  func broken(_ file: String, _ text: String, _ message: String) throws {
    var files = try files(file.hasPrefix("github") ? .github : .gitlab)
    files[file] = Array(text.utf8)
    #expect(throws: GateDoctor.Failure(messages: [message])) { try GateDoctor(files, .init()) }
  }

  @Test("survives what is nested without end, and what is large")
  func hostile() throws {
    var files = try files(.github)
    for text in [String(repeating: "[", count: 200_000), String(repeating: "{\"a\":", count: 100_000)] {
      files["github-rules.json"] = Array(text.utf8)
      #expect(throws: GateDoctor.Failure.self) { try GateDoctor(files, .init()) }
    }
    files["github-rules.json"] = [UInt8](repeating: 0x20, count: SavedAnswer.maximumSize + 1)
    #expect(throws: GateDoctor.Failure.self) { try GateDoctor(files, .init()) }
  }
}
