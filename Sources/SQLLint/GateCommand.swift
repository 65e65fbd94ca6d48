import ArgumentParser
import Gate
import Migrations
import Reports

/// `sqllint gate`
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Look for ways round the gate.",
    subcommands: [Doctor.self]
  )

  /// `sqllint gate doctor`
  struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "doctor",
      abstract: "Read saved settings of GitHub or GitLab, and say what lets a change go round the gate.",
      discussion: """
        Without a folder it prints the commands that save the settings; it asks no server itself. The exit status is 1 \
        if something is open or not known.
        """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
      case text, json
    }

    @Argument(help: "The folder with the saved answers.", completion: .directory)
    var folder: String?

    @Option(help: ArgumentHelp("What the host calls the check.", valueName: "name"))
    var check = "sqllint"

    @Option(help: ArgumentHelp("The environment that migrations are deployed to.", valueName: "name"))
    var environment = "production"

    @Option(help: ArgumentHelp("The branch that changes go to (default: the default branch).", valueName: "name"))
    var branch: String?

    @Option(help: "As sentences, or for other programs.")
    var format = Format.text

    func run() throws {
      guard let folder else {
        try OutputFile.standardOutput.write(commands.withoutCommands)
        return
      }
      let doctor = try examine(RawArguments.paths(shownAs: folder).first ?? RawPath(folder))
      switch format {
      case .text: try OutputFile.standardOutput.write(text(doctor).withoutCommands)
      case .json: try OutputFile.standardOutput.write(try JSONText.text(Document(doctor)))
      }
      if !doctor.checks.allSatisfy(\.holds) { throw ExitCode(ExitStatus.found) }
    }

    private func examine(_ folder: RawPath) throws(CommandFailure) -> GateDoctor {
      let names = GateDoctor.Host.allCases.flatMap(GateDoctor.sources).map(\.file)
      var files: [String: [UInt8]] = [:]
      for name in names {
        let path = folder.appending(Array(name.utf8))
        guard (try? FileSystem.inspect(path)) != nil else { continue }
        do throws(FileSystem.ReadingFailure) {
          files[name] = try FileSystem.read(path)
        } catch {
          throw CommandFailure("\(path.text): \(error.message)")
        }
      }
      let question = GateDoctor.Question(check: check, environment: environment, branch: branch)
      do throws(GateDoctor.Failure) {
        if let doctor = try GateDoctor(files, question) { return doctor }
      } catch {
        throw CommandFailure(error.messages.map { "\(folder.text)/\($0)" })
      }
      throw CommandFailure(
        "\(folder.text) holds no saved settings, such as \(names.first ?? ""): `sqllint gate doctor` prints the commands"
      )
    }

    /// Those for both hosts.
    private var commands: String {
      let hosts = GateDoctor.Host.allCases.map { host in
        let lines = GateDoctor.sources(of: host).map { source in
          "  " + source.command.replacing("BRANCH", with: branch ?? "main")
        }
        return "Save the settings of \(host.name), in an empty folder inside the clone:\n\n"
          + lines.joined(separator: "\n")
      }
      return hosts.joined(separator: "\n\n") + "\n\nThen: sqllint gate doctor FOLDER\n"
    }

    private func text(_ doctor: GateDoctor) -> String {
      let open = doctor.checks.filter { !$0.holds }
      var lines: [String] = []
      for check in open {
        let (word, sentence) =
          switch check.state {
          case .open(let sentence): ("open", sentence)
          case .unknown(let sentence): ("not known", "\(check.demand)? \(sentence)")
          case .holds: ("", "")
          }
        lines += "\(word): \(sentence)".visible.wrapped(to: 80)
        lines += "\(check.place)".visible.wrapped(to: 76).map { "  \($0)" }
      }
      if !lines.isEmpty { lines.append("") }
      let count = doctor.checks.count
      lines.append("\(doctor.host.name), \(doctor.branch.visible): \(count - open.count) of \(count) hold.")
      return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - JSON

    private struct Document: Encodable {
      struct Check: Encodable {
        let demand: String
        let place: String
        /// `holds`, `open` or `unknown`.
        let state: String
        /// What is open, or why nobody knows.
        let text: String?
      }

      let branch: String
      let checks: [Check]
      let holds: Bool
      let host: String
      let schemaVersion: Int

      init(_ doctor: GateDoctor) {
        branch = doctor.branch
        checks = doctor.checks.map { check in
          switch check.state {
          case .holds: Check(demand: check.demand, place: check.place, state: "holds", text: nil)
          case .open(let text): Check(demand: check.demand, place: check.place, state: "open", text: text)
          case .unknown(let text): Check(demand: check.demand, place: check.place, state: "unknown", text: text)
          }
        }
        holds = doctor.checks.allSatisfy(\.holds)
        host = doctor.host.rawValue
        schemaVersion = 1
      }
    }
  }
}
