import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that a test runs to its end.
struct Program {
  struct Answer {
    let status: Int32
    let output: String
    let errors: String
  }

  private let process = Process()

  /// `account`: who runs it, where that is not the one who runs the tests.
  init(
    _ executable: URL,
    _ arguments: [String],
    as account: Account? = nil,
    in folder: URL? = nil,
    with variables: [String: String] = [:]
  ) {
    if let account {
      process.executableURL = URL(filePath: "/usr/bin/setpriv")
      process.arguments =
        ["--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups", executable.path] + arguments
    } else {
      process.executableURL = executable
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
    process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
      .merging(variables) { $1 }
  }

  /// Runs it beside the tests; it says nothing to anyone.
  func start() throws {
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  func run() throws -> Answer { try launch().finish() }

  /// Runs it beside the tests, which hear of its end when they ask. With an input it waits for more of it.
  func launch(reading input: String? = nil) throws -> Running {
    // Files, as two pipes could each wait for the other to be read.
    let running = Running(
      process: process,
      input: input == nil ? nil : Pipe(),
      output: try Capture(),
      errors: try Capture()
    )
    process.standardInput = running.input ?? FileHandle.nullDevice
    process.standardOutput = running.output.handle
    process.standardError = running.errors.handle
    try process.run()
    try running.input?.fileHandleForWriting.write(contentsOf: Data((input ?? "").utf8))
    return running
  }

  struct Running {
    fileprivate let process: Process
    fileprivate let input: Pipe?
    fileprivate let output: Capture
    fileprivate let errors: Capture

    var hasEnded: Bool { !process.isRunning }

    func endInput() { try? input?.fileHandleForWriting.close() }

    func finish() throws -> Answer {
      process.waitUntilExit()
      return Answer(status: process.terminationStatus, output: try output.text(), errors: try errors.text())
    }
  }

  fileprivate struct Capture {
    let handle: FileHandle
    private let file: URL

    init() throws {
      file = FileManager.default.temporaryDirectory.appending(path: "sqllint-\(UUID().uuidString).out")
      try Data().write(to: file)
      handle = try FileHandle(forWritingTo: file)
    }

    /// What was written; removes the file.
    func text() throws -> String {
      defer { try? FileManager.default.removeItem(at: file) }
      try handle.close()
      return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
  }
}

/// A user of the machine.
struct Account {
  let user: UInt32
  let group: UInt32

  /// Who runs the server: PostgreSQL refuses root. `nil` is whoever runs the tests.
  static let server: Account? = {
    guard geteuid() == 0, let entry = getpwnam("postgres") ?? getpwnam("nobody") else { return nil }
    return Account(user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
  }()

  func own(_ folder: URL) throws {
    try FileManager.default.setAttributes(
      [.ownerAccountID: NSNumber(value: user), .groupOwnerAccountID: NSNumber(value: group)],
      ofItemAtPath: folder.path
    )
  }
}
