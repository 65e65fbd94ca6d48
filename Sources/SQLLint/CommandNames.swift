import ArgumentParser
import Migrations
import Syntax

/// The words that name a command.
enum CommandNames {
  /// All that can stand first.
  static let all: [String] =
    RootCommand.configuration.subcommands.map { $0._commandName } + ["help"]

  /// What a path that leads nowhere may have been meant to be; empty where it looks like a path.
  static func advice(for problem: LoadingFailure.Problem) -> String {
    guard case .missing(let path) = problem, path.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" }) else {
      return ""
    }
    let near = NearestName.candidates(for: path, among: all)
    return near.isEmpty ? "" : "; if a command is meant: did you mean \(NearestName.alternatives(near))?"
  }
}
