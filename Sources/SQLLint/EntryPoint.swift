import ArgumentParser
import Migrations
import Reports
import Syntax
import Threading

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@main
enum EntryPoint {
  static func main() {
    FaultReport.install()
    OutputFile.keepStandardDescriptors()
    // A reader that goes away, and a file that grows past what the process may write, are then errors of `write`.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    // Trees of deeply nested SQL are walked, and taken down, on a deep stack.
    exit(WorkerThreads.run { run(arguments) })
  }

  /// Ends the process while `values` are there: the system frees all at once what would take a tenth of the run one by
  /// one.
  static func end<Values>(_ status: Int32, keeping values: Values) -> Never {
    withExtendedLifetime(values) { exit(status) }
  }

  private static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try command(in: arguments)
      try command.run()
      return ExitStatus.clean
    } catch let failure as CommandFailure {
      return report(failure)
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      return answer(error)
    }
  }

  /// Nearly always that is `check`. ArgumentParser takes half of a small run to look at the other commands, so they are
  /// looked at only where `check` cannot be meant, or does not understand its arguments.
  private static func command(in arguments: [String]) throws -> any ParsableCommand {
    let others = RootCommand.configuration.subcommands.map { $0._commandName }.filter {
      $0 != CheckCommand._commandName
    }
    if Set(others + ["help"]).isDisjoint(with: arguments) {
      let own = arguments.first == CheckCommand._commandName ? arguments.dropFirst() : arguments[...]
      if let command = try? CheckCommand.parse(Array(own)) { return command }
    }
    return try RootCommand.parseAsRoot(arguments)
  }

  /// What ArgumentParser says by way of an error: help, the version and completion scripts, which are wanted, and
  /// mistakes in the usage.
  private static func answer(_ error: any Error) -> Int32 {
    let message = RootCommand.fullMessage(for: error)
    guard RootCommand.exitCode(for: error) == .success else {
      let prefix = "Error: "
      return report(CommandFailure(message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message))
    }
    do throws(CommandFailure) {
      try OutputFile.standardOutput.write(message.hasSuffix("\n") ? message : message + "\n")
      return ExitStatus.clean
    } catch {
      return report(error)
    }
  }

  private static func report(_ failure: CommandFailure) -> Int32 {
    for message in failure.messages {
      OutputFile.complain("sqllint: \(message.shownMessage.visibleLines.joined(separator: "\n"))\n")
    }
    return ExitStatus.failed
  }
}
