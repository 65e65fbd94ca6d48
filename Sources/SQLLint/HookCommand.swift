import ArgumentParser
import Configuration
import Migrations
import Reports

/// `sqllint hook`
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Have git check the migrations of each commit.",
    subcommands: [Install.self, Run.self],
    defaultSubcommand: Install.self
  )

  /// `sqllint hook install`
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install",
      abstract: "Write a pre-commit hook where git looks for hooks; one that is there stays as it is.",
      discussion: """
        core.hooksPath and Husky are respected. With https://pre-commit.com the hook belongs into its configuration.
        """
    )

    func run() throws {
      let installer = HookInstaller(Repository(around: RawPath(".")), workingFolder: FileSystem.workingFolder())
      try OutputFile.standardOutput.write((try installer.install().visible + "\n").withoutCommands)
    }
  }
}

extension HookCommand {
  /// `sqllint hook run`
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "What the hook runs: check what this branch adds, or changes of what is released.",
      discussion: """
        Compared with the branch that others start from; with the commit before where there is no such branch. The \
        configuration is that of the work tree: whoever commits may change it.
        """
    )

    func run() throws {
      let repository = Repository(around: RawPath("."))
      var arguments = ["--format", "text"]
      if let repository, repository.hasCommits {
        arguments += repository.hasDefaultBranch ? ["--changed"] : ["--since", "git:HEAD"]
        arguments.append("--own-configuration")
      }
      let command = try CheckCommand.parse(arguments)
      try command.run()
    }
  }
}

/// Puts a hook where git, or Husky, looks for it.
struct HookInstaller {
  private let repository: Repository?
  private let workingFolder: RawPath

  init(_ repository: Repository?, workingFolder: RawPath) {
    self.repository = repository
    self.workingFolder = workingFolder
  }

  /// Returns what was done.
  func install() throws(CommandFailure) -> String {
    guard let repository, let hooks = repository.hooks else {
      throw CommandFailure("there is no git repository here: `git init` makes one")
    }
    if hooks.relative(to: repository.top) == hooks, !repository.hasOwnHooksPath, hooks.name != Array("hooks".utf8) {
      throw CommandFailure(
        "core.hooksPath leads to \(hooks.text), for all of your repositories: add this line to the hook there, or set "
          + "core.hooksPath for this one: \(Self.command)"
      )
    }
    let path = folder(hooks, repository).appending(Array("pre-commit".utf8))
    let shown = path.relative(to: workingFolder).text
    if try NewFile(path: path, text: Self.script, isExecutable: true).write() {
      return "Wrote \(shown): git now checks the migrations of each commit."
    }
    let present = (try? FileSystem.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    if present.contains("sqllint") { return "\(shown) runs sqllint already, and stays as it is." }
    if present.contains("pre-commit.com") {
      throw CommandFailure(
        "\(shown) is that of https://pre-commit.com: add the hook sqllint-system to .pre-commit-config.yaml, as the "
          + "README says"
      )
    }
    throw CommandFailure("\(shown) is there already, and stays as it is: add this line to it: \(Self.command)")
  }

  /// Husky 9 points git at a folder of its own making, beside which the hooks of the project are; Husky 4 and 8 at
  /// `.husky` itself.
  private func folder(_ hooks: RawPath, _ repository: Repository) -> RawPath {
    hooks.name == Array("_".utf8) && hooks.folder.name == Array(".husky".utf8) ? hooks.folder : hooks
  }

  private static let command = "sqllint hook run"

  private static let script = """
    #!/bin/sh
    # Checks the migrations that a commit adds or changes. Written by `sqllint hook install`.
    if git diff --cached --quiet -- '*.sql'; then exit 0; fi
    exec \(command)

    """
}
