import Foundation
import Testing

@Suite("A fault of sqllint itself")
struct FaultTests {
  private func line(_ signals: String, at file: String?) -> Regex<Substring> {
    let place = file.map { " at \($0)" } ?? ""
    let text = "sqllint: a fault of sqllint itself \\((?:\(signals))\\) stopped the run\(place); nothing is reported\\."
    // swift-format-ignore: NeverUseForceTry
    return try! Regex(text, as: Substring.self)
  }

  @Test(
    "is told with the file of the thread that failed, and status 2",
    arguments: [
      ("overflow", "SIGSEGV|SIGBUS"), ("trap", "SIGILL|SIGTRAP"), ("index", "SIGILL|SIGTRAP"), ("abort", "SIGABRT"),
    ]
  )
  func told(_ way: String, _ signals: String) throws {
    let probe = Command.executable.deletingLastPathComponent().appendingPathComponent("CrashProbe")
    for (file, shown) in [
      ("m/1 é##[error].sql", "m/1%20%C3%A9%23%23\\[error\\]\\.sql"), ("\n::error::x", "%0A::error::x"),
    ] {
      let command = try Command.run(probe, [way, file], in: ProjectFolder())
      #expect(command.status == 2)
      #expect(command.output.isEmpty)
      #expect(command.complaints.last?.contains(line(signals, at: shown)) == true, "\(command.errors)")
    }
  }

  @Test(
    "in a run leaves no half report",
    .timeLimit(.minutes(30)),
    arguments: ["SEGV", "ILL", "TRAP", "BUS", "ABRT", "FPE"]
  )
  func run(_ signal: String) throws {
    let script = """
      mkfifo input; exec 3<>input
      $sqllint - --format json <&3 >report 2>errors &
      sleep 1
      kill -\(signal) $!; wait $!; echo $?; cat report errors
      """
    let command = try Command.shell(script, in: ProjectFolder())
    #expect(
      command.output.hasPrefix("2\nsqllint: a fault of sqllint itself (SIG\(signal)) stopped the run"),
      "\(command)"
    )
    #expect(command.output.split(separator: "\n").count == 2)
  }

  @Test("is left to Swift's own report where a developer asks for that")
  func backtrace() throws {
    let probe = Command.executable.deletingLastPathComponent().appendingPathComponent("CrashProbe")
    let command = try Command.run(
      probe,
      ["trap", "a.sql"],
      in: ProjectFolder(),
      environment: ["SWIFT_BACKTRACE": "enable=no"]
    )
    #expect(!command.errors.contains("a fault of sqllint itself"))
    #expect(command.status != 2)
  }
}
