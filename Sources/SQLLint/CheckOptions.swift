import ArgumentParser
import Linting
import Migrations

/// What `check` can be told about the migrations and how to judge them.
struct CheckOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files and folders with migrations, or - for standard input (default: those under paths: in the configuration).",
      valueName: "path"
    ),
    completion: .file()
  )
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "The lowest risk of a finding that makes the exit status 1, or none (default: medium).",
      valueName: "risk"
    )
  )
  var failOn: FailureThreshold?

  @Option(
    help: ArgumentHelp(
      "Only these rules, separated by commas; may be repeated. What cannot be parsed is reported anyway.",
      valueName: "names"
    )
  )
  var rules: [RuleList] = []

  @Option(help: ArgumentHelp("All rules except these, separated by commas; may be repeated.", valueName: "names"))
  var excludeRules: [RuleList] = []

  @Option(
    help: ArgumentHelp(
      "The major version of the server that will run the migrations, 12 to 18 (default: 17).",
      valueName: "version"
    )
  )
  var targetVersion: Int?

  @Option(help: "What runs the migrations (default: detected from the names of the files).")
  var runner: Runner?

  @Option(
    help: ArgumentHelp(
      "How the runner sends files, if its settings differ from its usual way: in one query (implicit), between "
        + "BEGIN and COMMIT (wrapped, split) or apart (none).",
      valueName: "mode"
    )
  )
  var transaction: Migration.TransactionMode?

  @Option(
    help: ArgumentHelp(
      "Report only the migrations after a version, or those that a git branch does not have, as one deployment; the "
        + "others make the schema.",
      valueName: "version|git:ref"
    )
  )
  var since: Start?

  @Flag(help: "Report only the migrations that the default branch did not have when this one was begun.")
  var changed = false

  @Option(
    help: ArgumentHelp(
      "Take for released only what the newest tag of a pattern has, such as v*: other migrations of the branch may still be "
        + "changed, renumbered and overtaken. Without --changed and --since, report what that tag does not have.",
      valueName: "pattern"
    )
  )
  var released: String?

  @Option(help: "Which migrations the rules judge: up migrations, down migrations, or both.")
  var direction = JudgedDirection.up

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp("Leave out files whose paths match; may be repeated.", valueName: "glob")
  )
  var exclude: [String] = []

  @Option(
    help: ArgumentHelp(
      "The configuration (default: the nearest \(ConfigurationFile.name) in the first path's folder and those above, "
        + "up to the repository's). With --changed and --since git:, what decides is the branch's own, unless it is given.",
      valueName: "file"
    ),
    completion: .file(extensions: ["yml"])
  )
  var config: String?

  @Flag(help: "Go by the configurations of the work tree, whatever the branch has that it is compared with: for hooks.")
  var ownConfiguration = false

  @Option(
    help: ArgumentHelp(
      "How large the tables of the server are: CSV or JSON with what `sqllint sizes --query` asks for.",
      valueName: "file"
    ),
    completion: .file(extensions: ["csv", "json"])
  )
  var sizes: String?

  @Option(
    help: ArgumentHelp("The file that - stands for: its place in the history, and its name.", valueName: "file"),
    completion: .file(extensions: ["sql"])
  )
  var stdinFilename: String?

  func validate() throws {
    if paths.contains("-"), paths.count > 1 {
      throw ValidationError("- reads standard input, and must be the only path; a file of this name is ./-")
    }
    if stdinFilename != nil, paths != ["-"] {
      throw ValidationError("--stdin-filename names what - reads: give - as the path")
    }
    if changed, since != nil {
      throw ValidationError("--changed and --since both say where to begin: give one of them")
    }
    if released?.isEmpty == true { throw ValidationError("--released is empty: give a pattern of tags, such as 'v*'") }
    if released != nil, case .version? = since {
      throw ValidationError("--since with a version says what is released, and so does --released: give one of them")
    }
    let versions = Policy.supportedVersions
    if let targetVersion, !versions.contains(targetVersion) {
      throw ValidationError(
        "--target-version is \(targetVersion): give a major version of PostgreSQL, "
          + "\(versions.lowerBound) to \(versions.upperBound)"
      )
    }
  }
}

enum JudgedDirection: String, CaseIterable, ExpressibleByArgument, Sendable {
  case up, down, both

  var directions: Set<Migration.Direction> {
    switch self {
    case .up: [.up]
    case .down: [.down]
    case .both: [.up, .down]
    }
  }
}

/// Names of rules, with commas between them.
struct RuleList: ExpressibleByArgument, Hashable, Sendable {
  let names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",").map { $0.trimming(" ") }.filter { !$0.isEmpty }.map(String.init)
    if names.isEmpty { return nil }
  }
}

extension Substring {
  fileprivate func trimming(_ character: Character) -> Substring {
    var rest = drop { $0 == character }
    while rest.last == character { rest.removeLast() }
    return rest
  }
}

extension Risk: ExpressibleByArgument {}
extension FailureThreshold: ExpressibleByArgument {}
extension Runner: ExpressibleByArgument {}
extension Migration.TransactionMode: ExpressibleByArgument {}

extension Start: ExpressibleByArgument {
  public init(argument: String) { self.init(parsing: argument) }
}
