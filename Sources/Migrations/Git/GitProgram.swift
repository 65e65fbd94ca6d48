import Foundation
import Syntax

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The `git` program, run so that nothing in the repository can make it run something else. SECURITY.md tells of it.
struct GitProgram: Sendable {
  struct Answer {
    let status: Int32
    let output: [UInt8]
    let complaint: [UInt8]
  }

  /// Where a long history on a slow disk is done, and a pipe that stands where git expects a file is given up.
  private static let maximumSeconds = 120.0
  /// What is kept of warnings, of which there may be one for every file.
  private static let maximumComplaint = 1 << 16

  private let url: URL
  let environment: [String: String]

  /// `nil` where the PATH has none.
  init?() { self.init(environment: ProcessInfo.processInfo.environment) }

  init?(environment: [String: String]) {
    // An empty or relative entry would be a folder of the project, whose `git` anybody may have written.
    let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    let places = folders.lazy.map { RawPath(String($0)).appending(Array("git".utf8)) }
    guard
      let program = places.first(where: {
        (try? FileSystem.inspect($0).kind) == .file && access($0.cString, X_OK) == 0
      })
    else { return nil }
    url = URL(filePath: program.text)
    self.environment = Self.environment(environment, path: folders.joined(separator: ":"))
  }

  /// What git prints when it is run in the top folder of a work tree.
  func run(
    _ arguments: [String],
    in workTree: RawPath,
    upTo maximumOutput: Int
  ) throws(Git.Failure) -> Answer {
    let process = Process()
    process.executableURL = url
    process.arguments = Self.guards + arguments
    process.currentDirectoryURL = URL(filePath: workTree.text, directoryHint: .isDirectory)
    // Git goes no further up than the folder that it is told of.
    process.environment = environment.merging([
      "GIT_CEILING_DIRECTORIES": workTree.folder.text, "GIT_WORK_TREE": workTree.text,
    ]) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch { throw .refused(error.localizedDescription) }
    var reading = PipeReading(
      output.fileHandleForReading.fileDescriptor,
      keeping: maximumOutput,
      and: errors.fileHandleForReading.fileDescriptor,
      keeping: Self.maximumComplaint
    )
    let end = reading.readToEnd(within: Self.maximumSeconds)
    // It is not waited for: what it has started itself may go on, and Foundation would wait for that too.
    if end != .reached { kill(process.processIdentifier, SIGKILL) }
    switch end {
    case .reached: process.waitUntilExit()
    case .tooMuch: throw .tooMuch(bytes: maximumOutput)
    case .tooLate: throw .tooLate(seconds: Int(Self.maximumSeconds))
    case .failed(let failure): throw .refused(failure.message)
    }
    return Answer(status: process.terminationStatus, output: reading.output, complaint: reading.errors)
  }

  /// What is said on the command line wins over the repository's configuration. None of the questions that are asked
  /// would lead git to most of these; they stand here for a git that differs.
  private static let guards =
    ["--no-pager"]
    + [
      "safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never",
      "core.sshCommand=false", "core.gitProxy=none", "core.alternateRefsCommand=false", "core.askPass=false",
      "credential.helper=", "gc.auto=0", "maintenance.auto=false", "submodule.recurse=false",
    ].flatMap { ["-c", $0] }

  /// The user's own, without what would tell git of another repository or of programs to run.
  ///
  /// A hook's git tells its children of the repository that it works on, which need not be this one; so all variables of
  /// git go but those through which users say which repositories they trust (`safe.directory`) and where git is.
  private static func environment(_ own: [String: String], path: String) -> [String: String] {
    let kept: Set = [
      "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
      "GIT_EXEC_PATH",
    ]
    let isKept = { (name: String) in
      !name.hasPrefix("GIT_") || kept.contains(name) || name.hasPrefix("GIT_CONFIG_KEY_")
        || name.hasPrefix("GIT_CONFIG_VALUE_")
    }
    return own.filter { isKept($0.key) }.merging([
      "PATH": path,
      "LC_ALL": "C",
      "GIT_OPTIONAL_LOCKS": "0",
      "GIT_TERMINAL_PROMPT": "0",
      "GIT_LITERAL_PATHSPECS": "1",
      // An object that a partial clone lacks is not fetched: the remote's configuration names programs to do so. The
      // second variable is for git before 2.45; it allows no protocol, whatever `protocol.*.allow` says.
      "GIT_NO_LAZY_FETCH": "1",
      "GIT_ALLOW_PROTOCOL": "none",
    ]) { $1 }
  }
}
