import Foundation
import Testing

@Suite("A folder that is not read")
struct UnreadFolderTests {
  private func project() throws -> ProjectFolder {
    let folder = try ProjectFolder(["m/1_a.up.sql": "CREATE TABLE a (id int);", "m/1_a.down.sql": "DROP TABLE a;"])
    let link = folder.url.appendingPathComponent("m/root").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/")
    return folder
  }

  @Test("fails the check in every format", arguments: ["text", "compact", "json", "github", "sarif"])
  func everyFormat(format: String) throws {
    let command = try Command.run("m", "--format", format, in: project())
    #expect(command.status == 1)
    #expect(command.output.contains("m/root"))
    #expect(command.output.contains("is not followed"))
    #expect(command.output.contains("file-unreadable"))
  }

  @Test("may be left out on purpose")
  func excluded() throws {
    let command = try Command.run("m", "--exclude", "root", "--format", "compact", in: project())
    #expect(command.status == 0)
    #expect(command.output.isEmpty)
  }

  @Test("leaves no schema to be printed")
  func schema() throws {
    let command = try Command.run("schema", "m", in: project())
    #expect(command.status == 2)
    #expect(command.output.isEmpty)
    #expect(command.errors.hasPrefix("sqllint: m/root: it leads out of "))
  }

  @Test("is the one that a configuration file leads to, unless the user says so")
  func configuration() throws {
    let secret = try ProjectFolder(["secret": "token: hunter2\n"])
    let folder = try ProjectFolder(["m/1_a.up.sql": "CREATE TABLE a (id int);"])
    let target = secret.url.appendingPathComponent("secret").path
    let link = folder.url.appendingPathComponent("m/.sqllint.yml").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let command = try Command.run("m", in: folder)
    #expect(command.status == 2)
    #expect(command.errors.hasSuffix("and is not followed; give it with --config\n"))
    #expect(try Command.run("m", "--config", target, in: folder).errors.contains("unknown key 'token'"))
  }

  @Test("and a long argument is shown by its beginning", arguments: ["", "--", "--rules=", "--fail-on="])
  func longArguments(prefix: String) throws {
    let argument = prefix + String(repeating: "x y", count: 30_000)
    let command = try Command.run("check", argument, "m", in: project())
    #expect(command.status == 2)
    #expect(command.errors.utf8.count < 5_000)
    #expect(command.errors.contains("…"))
  }
}
