import Foundation

/// A run of the built command.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// The lines of standard error.
  var complaints: [String] { errors.split(separator: "\n").map(String.init) }

  /// `sqllint` as it was built with the tests: next to them.
  static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("sqllint")

  /// Runs `sqllint` in a folder.
  static func run(
    _ arguments: String...,
    in folder: ProjectFolder,
    input: String = "",
    environment: [String: String] = [:]
  ) throws -> Command {
    try run(arguments, in: folder, input: input, environment: environment)
  }

  static func run(
    _ arguments: [String],
    in folder: ProjectFolder,
    input: String = "",
    environment: [String: String] = [:]
  ) throws -> Command {
    try run(executable, arguments, in: folder, input: input, environment: environment)
  }

  /// Runs a shell's line, in which `$sqllint` is the command.
  static func shell(_ line: String, in folder: ProjectFolder) throws -> Command {
    try run(
      URL(fileURLWithPath: "/bin/bash"),
      ["-c", line],
      in: folder,
      input: "",
      environment: ["sqllint": executable.path]
    )
  }

  static func run(
    _ executable: URL,
    _ arguments: [String],
    in folder: ProjectFolder,
    input: String = "",
    environment: [String: String] = [:]
  ) throws -> Command {
    let channels = try ProjectFolder()
    try channels.write(input, to: "in")
    try channels.write("", to: "out")
    try channels.write("", to: "err")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: channels.url.appendingPathComponent("in"))
    process.standardOutput = try FileHandle(forWritingTo: channels.url.appendingPathComponent("out"))
    process.standardError = try FileHandle(forWritingTo: channels.url.appendingPathComponent("err"))
    try process.run()
    process.waitUntilExit()
    return Command(
      status: process.terminationStatus,
      output: try channels.read("out"),
      errors: try channels.read("err")
    )
  }
}

/// A project of a test's own, which is deleted with it.
final class ProjectFolder {
  let url: URL

  init(_ files: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("sqllint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }
}
