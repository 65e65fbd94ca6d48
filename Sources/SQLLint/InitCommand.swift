import ArgumentParser
import Configuration
import Migrations
import Reports

/// `sqllint init`
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Set a project up: a short \(ConfigurationFile.name), and on request a git hook and a CI file.",
    discussion: """
      Finds the folders that hold migrations and what runs them. What is there already stays as it is, so that it can be \
      run again at any time.
      """
  )

  enum System: String, CaseIterable, ExpressibleByArgument, Sendable {
    case github, gitlab
  }

  @Argument(
    help: ArgumentHelp("The folders that hold migrations (default: they are looked for).", valueName: "path"),
    completion: .directory
  )
  var paths: [String] = []

  @Flag(help: "Install a git hook that checks each commit.")
  var hook = false

  @Option(help: ArgumentHelp("Write a file that has a CI system check each change.", valueName: "system"))
  var ci: System?

  @Option(
    help: ArgumentHelp(
      "Where your organisation keeps sqllint, for that file: a repository or project, and a branch or a tag.",
      valueName: "owner/name@ref"
    )
  )
  var from: String?

  func validate() throws {
    guard let from else { return }
    if ci == nil { throw ValidationError("--from is for the file that --ci writes: give both") }
    if !CIFile.isAddress(from) {
      throw ValidationError("--from is no repository: give one such as acme/sqllint@v1.0.0")
    }
  }

  func run() throws {
    let workingFolder = FileSystem.workingFolder()
    let place = paths.first.map { RawPath($0) } ?? RawPath(".")
    let repository = Repository(around: place)
    let top = repository?.top ?? workingFolder
    var done: [String] = []
    if let present = try ConfigurationFile.nearest(to: place, workingFolder: workingFolder) {
      done.append("\(present.path.text) is there already, and stays as it is.")
    } else {
      let project = try ProjectSurvey(paths, top: top)
      let file = NewFile(path: top.appending(Array(ConfigurationFile.name.utf8)), text: project.configuration)
      _ = try file.write()
      done += project.sentences + ["Wrote \(file.path.relative(to: workingFolder).text)."]
    }
    if hook {
      done.append(try HookInstaller(repository, workingFolder: workingFolder).install())
    }
    if let ci { done += try write(ci, top: top, workingFolder: workingFolder) }
    done += next(isInRepository: repository != nil)
    let text = done.map { $0.visibleLines.joined(separator: "\n") }.joined(separator: "\n")
    try OutputFile.standardOutput.write((text + "\n").withoutCommands)
  }

  private func write(_ system: System, top: RawPath, workingFolder: RawPath) throws(CommandFailure) -> [String] {
    let file = CIFile(system, from: from)
    let path = file.path.split(separator: "/").reduce(top) { $0.appending(Array($1.utf8)) }
    let shown = path.relative(to: workingFolder).text
    guard try NewFile(path: path, text: file.text).write() else {
      return ["\(shown) is there already, and stays as it is."]
    }
    return ["Wrote \(shown). \(file.hint)"]
  }

  private func next(isInRepository: Bool) -> [String] {
    var lines = ["", "Next:", "  sqllint                   checks the migrations"]
    lines.append("  sqllint baseline          records what is found today, so that only new findings fail")
    if isInRepository, !hook { lines.append("  sqllint hook install      checks each commit") }
    if ci == nil { lines.append("  sqllint init --ci github  checks each pull request; gitlab for merge requests") }
    return lines
  }
}

/// What a project has for sqllint.
struct ProjectSurvey {
  /// The folders with migrations.
  let folders: [FoundFolder]
  /// Their paths from the top of the project.
  private let names: [String]

  /// Looks for folders where none is given.
  init(_ given: [String], top: RawPath) throws(CommandFailure) {
    let sources = given.isEmpty ? [MigrationSource.stored(top)] : given.map { MigrationSource.stored(RawPath($0)) }
    let found: [FoundFolder]
    do throws(LoadingFailure) {
      found = try MigrationLoader.survey(sources, system: .current)
    } catch {
      throw CommandFailure(error.problems.map(\.description))
    }
    let paths = PathNames(from: top)
    let named = found.map { (folder: $0, name: paths.name(of: $0.path)) }
    let chosen = given.isEmpty ? Self.chosen(named) : named
    guard !chosen.isEmpty else {
      throw CommandFailure(
        "no folder looks like migrations: name the folder that holds them, such as `sqllint init db/migrations`"
      )
    }
    folders = chosen.map(\.folder)
    names = chosen.map { $0.name == top.text || $0.name.isEmpty ? "." : $0.name }
  }

  /// The folders that a runner is known to run, else those that are named like it, else the only one there is.
  private static func chosen(_ found: [(folder: FoundFolder, name: String)]) -> [(folder: FoundFolder, name: String)] {
    let own = found.filter { isOwn($0.name) }
    let candidates = own.isEmpty ? found : own
    let known = candidates.filter { !$0.folder.isPlain }
    if !known.isEmpty { return known }
    let named = candidates.filter { $0.name.lowercased().contains("migrat") }
    return named.isEmpty && candidates.count == 1 ? candidates : named
  }

  /// Whether a folder is for deployments, and not for tests or other people's.
  private static func isOwn(_ path: String) -> Bool {
    Set(path.lowercased().split(separator: "/").map(String.init)).isDisjoint(with: [
      "test", "tests", "testdata", "fixtures", "seed", "seeds", "example", "examples", "vendor", "third_party",
    ])
  }

  var sentences: [String] {
    zip(folders, names).map { folder, name in
      "\(name): \(folder.count.counted("migration")) of \(folder.runner.rawValue), because \(folder.evidence)."
    }
  }

  /// The one runner of all folders; `nil` where there are several, and where none is known.
  private var runner: String? {
    let runners = Set(folders.map(\.runner))
    return runners.count == 1 && folders.first?.isPlain == false ? runners.first?.rawValue : nil
  }

  /// The newest migration that is released, where the project has one history.
  private var start: String? { folders.count == 1 ? folders.first?.newestReleased : nil }

  var configuration: String {
    var sections = [
      """
      # How sqllint judges the migrations of this project. A key that does not exist is an error that names the nearest one.

      # What is checked where no path is given.
      paths:
      \(names.map { "  - \(YAMLText.scalar($0))" }.joined(separator: "\n"))
      """
    ]
    if let runner { sections.append("# What runs the migrations.\nrunner: \(runner)") }
    if let start {
      sections.append(
        """
        # Migrations up to this one are released: they make the schema, and only later ones are reported, as one deployment.
        # Move it on with each release, or remove it and record what is found in the old ones: `sqllint baseline`.
        start_after: \(YAMLText.scalar(start))
        """
      )
    }
    sections.append(
      """
      # The major version of the PostgreSQL server.
      # target_version: 17

      # What fails a run: default, strict, or quiet, which fails only on what loses data or fails. `sqllint config` prints all of it.
      # extends: quiet

      # The lowest risk of a finding that fails a run: low, medium, high, critical or none.
      # fail_on: medium

      # Who must approve a migration of each risk, and who may do so. `sqllint approvals` says whom to ask.
      # approvals:
      #   low: Tech Lead
      #   medium: Engineering Manager
      #   high: VP Engineering + CTO
      #   critical: Executive Team
      # approvers:
      #   CTO: "@handle"
      """
    )
    return sections.joined(separator: "\n\n") + "\n"
  }
}
