/// One thing that a host's settings must have so that the gate holds.
package struct GateCheck: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case holds
    /// What is open, as a sentence.
    case open(String)
    /// Why nobody knows, as a sentence.
    case unknown(String)
  }

  /// What must be so, as a sentence.
  package let demand: String
  package let state: State
  /// Where to change it, in the words of the host's pages.
  package let place: String

  package var holds: Bool { state == .holds }
}

/// Looks in saved settings of a repository for what lets a change go round the gate.
package struct GateDoctor: Sendable {
  package enum Host: String, CaseIterable, Hashable, Sendable {
    case github, gitlab

    package var name: String { self == .github ? "GitHub" : "GitLab" }
  }

  /// A saved answer: its file, and the command that saves it.
  package struct Source: Hashable, Sendable {
    package let file: String
    package let command: String
  }

  /// What the settings are asked about.
  package struct Question: Hashable, Sendable {
    /// The name under which the host shows the check.
    package var check: String
    /// The environment that migrations are deployed to.
    package var environment: String
    /// `nil` for the default branch.
    package var branch: String?

    package init(check: String = "sqllint", environment: String = "production", branch: String? = nil) {
      self.check = check
      self.environment = environment
      self.branch = branch
    }
  }

  /// What is wrong with the saved answers.
  package struct Failure: Error, Hashable { package let messages: [String] }

  package let host: Host
  package let branch: String
  package let checks: [GateCheck]

  /// `files` are the texts by the names of ``Source/file``; `nil` where none of them is an answer of a host's.
  package init?(_ files: [String: [UInt8]], _ question: Question) throws(Failure) {
    guard let host = Host.allCases.first(where: { host in Self.sources(of: host).contains { files[$0.file] != nil } })
    else { return nil }
    self.host = host
    var answers: [String: SavedAnswer] = [:]
    var messages: [String] = []
    for source in Self.sources(of: host) {
      guard let bytes = files[source.file] else { continue }
      do throws(SavedAnswer.Failure) {
        answers[source.file] = try SavedAnswer(bytes, file: source.file)
      } catch {
        messages.append(error.message)
      }
    }
    guard messages.isEmpty else { throw Failure(messages: messages) }
    do throws(SavedAnswer.Failure) {
      switch host {
      case .github:
        let settings = try GitHubSettings(answers, question)
        (branch, checks) = (settings.branch, settings.checks)
      case .gitlab:
        let settings = try GitLabSettings(answers, question)
        (branch, checks) = (settings.branch, settings.checks)
      }
    } catch {
      throw Failure(messages: [error.message])
    }
  }

  /// What to save, from inside a clone.
  package static func sources(of host: Host) -> [Source] {
    switch host {
    case .github: GitHubSettings.sources
    case .gitlab: GitLabSettings.sources
    }
  }
}

/// What checks are made with.
struct GateExamination {
  private(set) var checks: [GateCheck] = []
  private let sources: [GateDoctor.Source]

  init(_ sources: [GateDoctor.Source]) { self.sources = sources }

  /// `holds` is `nil` where the file that tells is not there.
  mutating func check(_ demand: String, _ holds: Bool?, open: String, at place: String, needs file: String) {
    let state: GateCheck.State =
      switch holds {
      case true?: .holds
      case false?: .open(open)
      case nil: .unknown("\(file) is not there: \(sources.first { $0.file == file }?.command ?? "")")
      }
    checks.append(GateCheck(demand: demand, state: state, place: place))
  }
}
