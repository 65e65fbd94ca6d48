import ArgumentParser
import Migrations
import Reports
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
    // A reader that goes away, such as `head`, is then an error of `write`, which the exit status does not depend on.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    // Trees of deeply nested SQL are walked, and taken down, on a deep stack.
    exit(WorkerThreads.run { run(arguments) })
  }

  private static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try RootCommand.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.clean
    } catch let failure as CommandFailure {
      return report(failure)
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      return answer(error, hasArguments: !arguments.isEmpty)
    }
  }

  /// What ArgumentParser says by way of an error: help, the version and completion scripts, which are wanted, and
  /// mistakes in the usage.
  private static func answer(_ error: any Error, hasArguments: Bool) -> Int32 {
    let message = RootCommand.fullMessage(for: error)
    guard RootCommand.exitCode(for: error) == .success else {
      // ArgumentParser answers a bare command with all of the help, which hides what is wrong.
      guard hasArguments else { return report(CommandFailure(RootCommand.message(for: error), "see `sqllint --help`")) }
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
      OutputFile.complain("sqllint: \(message.visibleLines.joined(separator: "\n"))\n")
    }
    return ExitStatus.failed
  }
}
