import ArgumentParser
import Configuration
import Gate
import Linting
import Reports
import Rules

/// `sqllint approvals`
struct ApprovalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approvals",
    abstract: "Say who must approve the migrations, and who of them has.",
    discussion: """
      Without --approved-by it says whom to ask. With it, the exit status is 3 if an approval is missing.
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
  }

  @Flag(
    help: "Print the digest of the reported migrations alone: with it, an approval is void once one of them changes."
  )
  var digest = false

  @Option(help: "As sentences, or for other programs.")
  var format = Format.text

  @OptionGroup var options: CheckOptions
  @OptionGroup(title: "Approval options") var approvals: ApprovalOptions

  func run() throws {
    let run = try CheckRun(options, names: RuleNames(AllRules.all))
    let given = try approvals.given()
    let loaded = try run.load()
    // What is reviewed must be the same for this command and for `check`.
    var report = loaded.lint()
    _ = try KnownFindingsFile.apply(to: &report, of: run)
    let found = ApprovalReport(report, loaded, approvals, given: given)
    if digest {
      try OutputFile.standardOutput.write(found.digest + "\n")
      return
    }
    switch format {
    case .text: try OutputFile.standardOutput.write(text(found).withoutCommands)
    case .json: try OutputFile.standardOutput.write(try json(found))
    }
    if !approvals.approvedBy.isEmpty, !found.states.allSatisfy(\.isApproved) {
      EntryPoint.end(ExitStatus.unapproved, keeping: (loaded, report))
    }
  }

  private func text(_ found: ApprovalReport) -> String {
    guard !found.states.isEmpty else { return "No approval is needed.\n" }
    var lines: [String] = []
    var seen: Set<String> = []
    for state in found.states {
      lines.append(approvals.approvedBy.isEmpty ? question(state) : state.sentence)
      lines += state.notes.filter { !approvals.approvedBy.isEmpty && seen.insert($0).inserted }.map { "  \($0)" }
    }
    lines.append("What is to be approved: \(found.digest)")
    return lines.map(\.visible).joined(separator: "\n") + "\n"
  }

  /// `000021 is high (table-dropped): ask VP Engineering (@vera) and CTO (@carl)`
  private func question(_ state: ApprovalState) -> String {
    let roles = state.roles.map { role in
      let people = role.people.isEmpty ? "" : " (\(role.people.joined(separator: ", ")))"
      return (role.count > 1 ? "\(role.count) of " : "") + role.name + people
    }
    let reasons = state.reasons.isEmpty ? "" : " (\(state.reasons.joined(separator: ", ")))"
    return "\(state.name) is \(state.risk.rawValue)\(reasons): ask \(roles.joined(separator: " and "))"
  }

  // MARK: - JSON

  private struct Document: Encodable {
    struct Approver: Encodable {
      let approvedBy: [String]
      let count: Int
      let name: String
      let people: [String]
    }

    struct State: Encodable {
      let approvers: [Approver]
      let isApproved: Bool
      let notes: [String]
      let path: String
      let reasons: [String]
      let risk: String
      let version: String?
    }

    let digest: String
    let isApproved: Bool
    let migrations: [State]
    let schemaVersion: Int
  }

  private func json(_ found: ApprovalReport) throws -> String {
    let states = found.states.map { state in
      Document.State(
        approvers: state.roles.map {
          Document.Approver(approvedBy: $0.approvedBy, count: $0.count, name: $0.name, people: $0.people)
        },
        isApproved: state.isApproved,
        notes: state.notes,
        path: state.migration.path,
        reasons: state.reasons,
        risk: state.risk.rawValue,
        version: state.migration.version
      )
    }
    let document = Document(
      digest: found.digest,
      isApproved: states.allSatisfy(\.isApproved),
      migrations: states,
      schemaVersion: 1
    )
    return try JSONText.text(document)
  }
}
