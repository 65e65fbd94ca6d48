/// A file that has a CI system check each change, by the action or the template of sqllint.
struct CIFile {
  /// From the top of the project.
  let path: String
  let text: String
  /// What is left to do.
  let hint: String

  /// What stands for the address as long as nobody says where sqllint is kept.
  static let placeholder = "your-organisation/sqllint"

  /// `address` is where the organisation keeps sqllint, with a branch or a tag behind an at sign.
  init(_ system: InitCommand.System, from address: String?) {
    let parts = (address ?? Self.placeholder).split(separator: "@", maxSplits: 1)
    let (project, version) = (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "main")
    let missing =
      address == nil ? "Put where your organisation keeps sqllint in the place of \(Self.placeholder). " : ""
    switch system {
    case .github:
      path = ".github/workflows/sqllint.yml"
      hint = missing + "Make the check sqllint required; `sqllint gate doctor` says what else is open."
      text = Self.github(project, version)
    case .gitlab:
      path = ".gitlab/sqllint.gitlab-ci.yml"
      hint =
        missing + "Add to .gitlab-ci.yml: include: {local: \(path)}; `sqllint gate doctor` says what else is open."
      text = Self.gitlab(project, version)
    }
  }

  /// Whether a text can stand for an address in the file as it is.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || Array("/._-@".utf8).contains(byte)
    }
    return isPlain && (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") }
      && parts.first?.contains("/") == true
  }

  private static func github(_ project: String, _ version: String) -> String {
    """
    # Checks the migrations of each pull request. Written by `sqllint init`.
    name: sqllint

    on:
      pull_request:
      # A review gives or takes away an approval.
      pull_request_review:
        types: [submitted, dismissed]
      merge_group:

    permissions:
      contents: read
      # For the comment, and for reading the reviews.
      pull-requests: write

    jobs:
      sqllint:
        runs-on: ubuntu-latest
        # Swift builds sqllint. Without the container, where `binary` names a program that you keep, this takes seconds.
        container: swift:6.3-bookworm
        steps:
          - run: apt-get update && apt-get install --yes curl git jq
          - uses: actions/checkout@v4
            with:
              # sqllint compares with the branch that the pull request goes to.
              fetch-depth: 0
          - run: git config --global --add safe.directory "$GITHUB_WORKSPACE"
          - uses: \(project)@\(version)
            with:
              post: true
              # Once approvers: in .sqllint.yml says who is who, the run waits for those whom the risk asks for:
              # approvals: reviews

    """
  }

  private static func gitlab(_ project: String, _ version: String) -> String {
    """
    # Checks the migrations of each merge request. Written by `sqllint init`.
    include:
      - project: \(project)
        ref: \(version)
        file: templates/sqllint.yml
        inputs:
          # The image of sqllint's Dockerfile, which your organisation builds.
          image: $CI_REGISTRY/\(project):latest
          # With a token of the scope api in the masked variable GITLAB_TOKEN:
          # post: "true"
          # Once approvers: in .sqllint.yml says who is who, the job waits for those whom the risk asks for:
          # approvals: reviews

    """
  }
}
