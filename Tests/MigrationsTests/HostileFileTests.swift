import Foundation
import Linting
import Testing

@testable import Migrations

@Suite("Hostile files")
struct HostileFileTests {
  private func load(_ path: RawPath) throws -> [History] {
    try MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/"))).load([.stored(path)])
  }

  /// What was said of each file, by its name; empty where it was read.
  private func messages(_ folder: TemporaryFolder, _ histories: [History]) -> [String: String] {
    let migrations = histories.flatMap(\.migrations).map(\.up)
    return Dictionary(migrations.map { (folder.relative($0.path), $0.unreadable ?? "") }) { first, _ in first }
  }

  @Test("a folder named like a file is walked, or said to be a folder")
  func folderNamedLikeAFile() throws {
    let folder = try TemporaryFolder(files: ["x.sql/migration.sql", "1_y.up.sql", "z.sql/README"])
    let histories = try load(folder.raw(""))
    #expect(messages(folder, histories).keys.sorted() == ["1_y.up.sql", "x.sql/migration.sql"])
    #expect(histories.flatMap(\.ignored).map { folder.relative($0.path) } == ["z.sql"])
  }

  @Test("links that lead nowhere or in circles are named, and the rest is read")
  func links() throws {
    let folder = try TemporaryFolder(files: ["real/a.sql"])
    try folder.link("dangling.sql", to: "gone.sql")
    try folder.link("loop.sql", to: "loop.sql")
    try folder.link("real/b.sql", to: "a.sql")
    try folder.link("real/again", to: "..")
    try folder.link("a-link-to-real", to: "real")
    let messages = try messages(folder, load(folder.raw("")))
    #expect(messages.keys.sorted() == ["dangling.sql", "loop.sql", "real/a.sql", "real/b.sql"])
    #expect(messages["dangling.sql"]?.contains("broken link") == true)
    #expect(messages["loop.sql"]?.isEmpty == false)
    #expect(messages["real/b.sql"]?.isEmpty == true)
  }

  @Test("a pipe or a device is named and never waited for", .timeLimit(.minutes(30)))
  func pipesAndDevices() throws {
    let folder = try TemporaryFolder(files: ["a.sql"])
    #expect(mkfifo(folder.path + "/pipe.sql", 0o600) == 0)
    try folder.link("device.sql", to: "/dev/zero")
    let messages = try messages(folder, load(folder.raw("")))
    #expect(messages["a.sql"]?.isEmpty == true)
    #expect(messages["pipe.sql"]?.contains("a named pipe") == true)
    #expect(messages["device.sql"]?.contains("a device") == true)
    let alone = try self.messages(folder, load(folder.raw("pipe.sql")))
    #expect(alone["pipe.sql"]?.contains("a named pipe") == true)
  }

  @Test("files and folders without permission are named", .disabled(if: geteuid() == 0, "root may read everything"))
  func permissions() throws {
    let folder = try TemporaryFolder(files: ["a.sql", "secret.sql", "closed/b.sql"])
    try folder.setPermissions(0, of: "secret.sql")
    try folder.setPermissions(0, of: "closed")
    defer { try? folder.setPermissions(0o700, of: "closed") }
    let histories = try load(folder.raw(""))
    #expect(messages(folder, histories)["secret.sql"]?.contains("Permission denied") == true)
    #expect(histories.flatMap(\.ignored).map { folder.relative($0.path) } == ["closed"])
    #expect(throws: LoadingFailure(problems: [.refused(path: folder.path + "/closed", reason: "Permission denied")])) {
      try load(folder.raw("closed"))
    }
  }

  @Test("a file too large to be a migration is named, not read")
  func hugeFile() throws {
    let folder = try TemporaryFolder(files: ["huge.sql"])
    try #require(truncate(folder.path + "/huge.sql", 3 << 30) == 0)
    #expect(try messages(folder, load(folder.raw("")))["huge.sql"]?.contains("3221225472 bytes") == true)
  }

  @Test("a file that is no text is named with the place, and the rest is read")
  func encodings() throws {
    let folder = try TemporaryFolder(files: ["a.sql"])
    try folder.write("SELECT 1;\nSELECT '\0';", to: "nul.sql")
    let messages = try messages(folder, load(folder.raw("")))
    #expect(messages["a.sql"]?.isEmpty == true)
    #expect(messages["nul.sql"]?.contains("line 2 holds a NUL byte") == true)
  }

  @Test("a name that is not UTF-8 is opened by its bytes")
  func namesThatAreNotUTF8() throws {
    let folder = try TemporaryFolder()
    let path = folder.raw("").appending([0xFF] + Array(".sql".utf8))
    let descriptor = open(path.cString, O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    for given in [folder.raw(""), path] {
      #expect(try messages(folder, load(given)) == ["\u{FFFD}.sql": ""])
    }
  }

  @Test("every generated hostile name is read")
  func generatedNames() throws {
    let folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scripts/make-hostile-fixtures")
    let process = try Process.run(script, arguments: [folder.path + "/hostile", "names", "paths"])
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    defer { try? folder.setPermissions(0o700, of: "hostile/paths/unreadable-folder") }
    let histories = try load(folder.raw("hostile"))
    let scripts = histories.flatMap(\.migrations).map(\.up)
    let names = scripts.filter { $0.path.contains("hostile/names/") }
    #expect(names.count > 20)
    for migration in names {
      #expect(migration.unreadable == nil)
      #expect(String(decoding: migration.script.source.utf8, as: UTF8.self).contains("DROP TABLE still_read;"))
    }
    for name in ["dangling-link.sql", "looping-link.sql", "looping-link-2.sql"] {
      #expect(scripts.first { $0.path.hasSuffix("/" + name) }?.unreadable != nil)
    }
  }
}
