import ArgumentParser
import Gate
import Linting
import Migrations

/// Who has approved.
struct ApprovalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who has approved: a file with a name or a handle a line, or - for standard input. What an approval was given for "
        + "may follow it: the digest that `sqllint approvals --digest` prints. May be repeated.",
      valueName: "file"
    ),
    completion: .file()
  )
  var approvedBy: [String] = []

  @Option(help: ArgumentHelp("Who wrote the change, and cannot approve it.", valueName: "name"))
  var author: String?

  func validate() throws {
    if approvedBy.contains("") { throw ValidationError("--approved-by is empty: give a file, or -") }
  }

  /// The approvals that the option brings; none where it is not given.
  func given() throws(CommandFailure) -> [GivenApproval] {
    var given: [GivenApproval] = []
    for file in approvedBy {
      do throws(FileSystem.ReadingFailure) {
        let bytes =
          try file == "-"
          ? FileSystem.readStandardInput()
          : FileSystem.read(RawArguments.paths(shownAs: file).first ?? RawPath(file))
        given += GivenApproval.read(String(decoding: bytes, as: UTF8.self))
      } catch {
        throw CommandFailure("\(file == "-" ? "standard input" : file): \(error.message)")
      }
    }
    return given
  }
}

/// What makes a run fail besides findings.
struct GateOptions: ParsableArguments {
  @OptionGroup var approvals: ApprovalOptions

  @Option(
    help: ArgumentHelp(
      "The lowest risk of a migration that makes the exit status 1, whatever is found; findings alone then count only "
        + "with --fail-on.",
      valueName: "risk"
    )
  )
  var failOnRisk: Risk?

  @Flag(help: "Only report: the exit status is 0 unless sqllint itself fails.")
  var exitZero = false
}

/// Whether a run passes.
struct GateVerdict: Sendable {
  let status: Int32
  /// What to say on standard error.
  let messages: [String]

  init(_ report: Report, _ approvals: ApprovalReport, _ options: GateOptions) {
    var messages: [String] = []
    var fails = report.fails
    if let limit = options.failOnRisk {
      for migration in report.undecided where migration.risk >= limit {
        fails = true
        let name = migration.migration.version ?? migration.migration.path
        messages.append("\(name) is \(migration.risk.rawValue), and --fail-on-risk is \(limit.rawValue)")
      }
    }
    let open = approvals.isAsked ? approvals.states.filter { !$0.isApproved } : []
    var seen: Set<String> = []
    messages += open.map(\.sentence) + open.flatMap(\.notes).filter { seen.insert($0).inserted }
    self.messages = messages
    status =
      options.exitZero
      ? ExitStatus.clean : fails ? ExitStatus.found : open.isEmpty ? ExitStatus.clean : ExitStatus.unapproved
  }
}

/// The state of the approvals of a report.
struct ApprovalReport: Sendable {
  let states: [ApprovalState]
  /// Whether the run fails without them.
  let isAsked: Bool
  private let digests: @Sendable () -> String

  /// Of what is to be approved.
  var digest: String { digests() }

  init(_ report: Report, _ loaded: LoadedRun, _ options: ApprovalOptions, given: [GivenApproval]) {
    let isAsked =
      !options.approvedBy.isEmpty || loaded.run.sections.contains(where: \.configuration.approvalPolicy.isRequired)
    let digests: @Sendable () -> String = { Self.digest(of: report, loaded.run) }
    // To work it out takes as long as to read all files once more.
    let digest = given.contains { $0.digest != nil } ? digests() : ""
    let exceptional = loaded.exceptions.reduce(into: Set<String>()) { $0.formUnion($1.paths) }
    let states = { (policy: ApprovalPolicy, isMeant: (String) -> Bool) in
      let approvals = Approvals(given, for: digest, by: policy, author: options.author, today: loaded.run.policy.today)
      return ApprovalState.states(of: report, by: policy, approvals, isAsked: isAsked) { isMeant($0.migration.path) }
    }
    let usual = states(loaded.run.configuration.approvalPolicy) { !exceptional.contains($0) }
    let others = loaded.exceptions.flatMap { exception in
      states(exception.configuration.approvalPolicy) { exception.paths.contains($0) }
    }
    self.states = others.isEmpty ? usual : (usual + others).sorted { $0.index < $1.index }
    self.isAsked = isAsked
    self.digests = digests
  }

  /// Of all that is reported, each file by its path from the top of the project.
  static func digest(of report: Report, _ run: CheckRun) -> String {
    let names = PathNames(fromTopOf: run.place)
    return ContentDigest.digest(of: report) { names.name(of: $0.path) }
  }
}
