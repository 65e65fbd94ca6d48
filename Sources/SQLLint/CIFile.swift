/// A file that has a CI system check each change.
struct CIFile {
  /// From the top of the project.
  let path: String
  let text: String
  /// What is left to do.
  let hint: String

  init(_ system: InitCommand.System) {
    switch system {
    case .github:
      path = ".github/workflows/sqllint.yml"
      hint = "It takes sqllint from the address in the repository's variable SQLLINT_URL: set it."
      text = Self.github
    case .gitlab:
      path = ".gitlab/sqllint.gitlab-ci.yml"
      hint = "Add to .gitlab-ci.yml: include: {local: .gitlab/sqllint.gitlab-ci.yml}, and set the variable SQLLINT_URL."
      text = Self.gitlab
    }
  }

  private static let github = """
    # Checks the migrations of each pull request. Written by `sqllint init`.
    name: sqllint

    on:
      pull_request:
      merge_group:

    permissions:
      contents: read

    jobs:
      sqllint:
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@v4
            with:
              # sqllint compares with the branch that the pull request goes to.
              fetch-depth: 0
          - name: Install sqllint
            env:
              # Where your organisation keeps the binary, which is one file without dependencies.
              SQLLINT_URL: ${{ vars.SQLLINT_URL }}
            run: |
              test -n "$SQLLINT_URL" || { echo "set the variable SQLLINT_URL of this repository"; exit 2; }
              curl --fail --silent --show-error --location --output "$RUNNER_TEMP/sqllint" "$SQLLINT_URL"
              chmod +x "$RUNNER_TEMP/sqllint"
              echo "$RUNNER_TEMP" >> "$GITHUB_PATH"
          - name: Check the migrations
            run: sqllint check --changed --format github

    """

  private static let gitlab = """
    # Checks the migrations of each merge request. Written by `sqllint init`.
    sqllint:
      stage: test
      rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      variables:
        # sqllint compares with the branch that the merge request goes to.
        GIT_DEPTH: 0
      script:
        # SQLLINT_URL is where your organisation keeps the binary, which is one file without dependencies.
        - test -n "$SQLLINT_URL" || { echo "set the variable SQLLINT_URL of this project"; exit 2; }
        - curl --fail --silent --show-error --location --output sqllint "$SQLLINT_URL"
        - chmod +x sqllint
        - ./sqllint check --changed --format text

    """
}
