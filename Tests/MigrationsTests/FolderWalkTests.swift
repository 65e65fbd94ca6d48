import Foundation
import Linting
import PostgresParser
import Syntax
import Testing

@testable import Migrations

@Suite("What is not read of a folder is said as loudly as a file that cannot be read")
struct FolderWalkTests {
  private func load(_ paths: RawPath...) throws -> [History] {
    try MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/"))).load(paths.map { .stored($0) })
  }

  /// Why files and folders were not read, by their paths.
  private func refusals(_ folder: TemporaryFolder, _ histories: [History]) -> [String: String] {
    let all = histories.flatMap { $0.migrations.map(\.up) + $0.misnamed }
    return Dictionary(all.compactMap { file in file.unreadable.map { (folder.relative(file.path), $0) } }) { $1 }
  }

  /// Makes folders in one another that system calls can no longer name; returns the name of each.
  private func makeTooDeep(_ folder: TemporaryFolder, _ top: String, levels: Int) throws -> String {
    let name = String(repeating: "d", count: 250)
    let script = """
      cd "$1" && mkdir -p "$2" && cd "$2" && for i in $(seq "$4"); do mkdir "$3" && cd "$3"; done
      """
    let process = try Process.run(
      URL(filePath: "/bin/bash"),
      arguments: ["-c", script, "bash", folder.path, top, name, String(levels)]
    )
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return name
  }

  @Test(
    "a folder whose path is too long",
    arguments: ["m/1_a.up.sql", "m/V1__a.sql", "m/2024-01-01-000000_a/up.sql"]
  )
  func tooLong(name: String) throws {
    let folder = try TemporaryFolder(files: [name])
    defer { _ = try? Process.run(URL(filePath: "/bin/rm"), arguments: ["-rf", folder.path]).waitUntilExit() }
    _ = try makeTooDeep(folder, "m/deep", levels: 20)
    let refused = try refusals(folder, load(folder.raw("m")))
    #expect(refused.count == 1)
    #expect(refused.first?.key.hasPrefix("m/deep/") == true)
    #expect(refused.first?.value.contains("the folder cannot be read: File name too long") == true)
  }

  @Test("a folder that is too deep")
  func tooDeep() throws {
    let deep = String(repeating: "d/", count: FolderWalk.maximumDepth)
    let folder = try TemporaryFolder(files: ["m/1_a.up.sql", "m/\(deep)2_b.up.sql"])
    let refused = try refusals(folder, load(folder.raw("m")))
    #expect(refused.values.map { $0.contains("more than 64 folders deep") } == [true])
    let allowed = String(repeating: "d/", count: FolderWalk.maximumDepth - 1)
    #expect(try load(folder.raw("m/d")).flatMap(\.migrations).count == 1)
    #expect(allowed.count < deep.count)
  }

  @Test("a folder that may not be opened, below a runner's own too", arguments: ["1_a.up.sql", "V1__a.sql"])
  func permission(name: String) throws {
    let folder = try TemporaryFolder(files: ["m/\(name)", "m/sub/V2__b.sql", "m/sub/closed/V3__c.sql"])
    try folder.setPermissions(0, of: "m/sub/closed")
    defer { try? folder.setPermissions(0o700, of: "m/sub/closed") }
    // Root may open it.
    guard geteuid() != 0 else { return }
    #expect(try refusals(folder, load(folder.raw("m")))["m/sub/closed"]?.contains("Permission denied") == true)
  }

  @Test("a link to a folder outside of the project, which is not walked", arguments: ["/", "/proc", ".."])
  func outside(target: String) throws {
    let folder = try TemporaryFolder(files: ["m/1_a.up.sql", "m/sub/V2__b.sql", "other/9_x.sql"])
    try folder.link("m/out", to: target)
    let histories = try load(folder.raw("m"))
    #expect(try #require(refusals(folder, histories)["m/out"]).contains("it leads out of"))
    #expect(!histories.flatMap(\.migrations).contains { $0.up.path.hasSuffix("9_x.sql") })
  }

  @Test("a link to a file outside of the project, whatever runs it")
  func fileOutside() throws {
    let folder = try TemporaryFolder(files: ["secret", "other/1.sql"])
    for name in ["m/2_a.up.sql", "f/V2__a.sql", "d/2024-01-01-000000_a/up.sql", "s/deploy/a.sql", "p/x/migration.sql"] {
      try folder.write("", to: (name as NSString).deletingLastPathComponent + "/.keep")
      try folder.link(name, to: folder.path + "/secret")
    }
    try folder.write("SELECT 1;", to: "m/1_a.up.sql")
    try folder.write("SELECT 1;", to: "f/V1__a.sql")
    try folder.write("%project=p\n\na 2024-01-01T00:00:00Z n <n@e>\n", to: "s/sqitch.plan")
    for (path, name) in [
      ("m", "m/2_a.up.sql"), ("f", "f/V2__a.sql"), ("d", "d/2024-01-01-000000_a/up.sql"), ("s", "s/deploy/a.sql"),
      ("p", "p/x/migration.sql"),
    ] {
      let refused = try refusals(folder, load(folder.raw(path)))
      #expect(refused[name]?.contains("it leads out of") == true, "\(refused)")
    }
    // What the user names himself may lie anywhere.
    #expect(try refusals(folder, load(folder.raw("m/2_a.up.sql"))) == [:])
  }

  @Test("links inside of the project are followed, from a folder that is given as a link too")
  func inside() throws {
    let folder = try TemporaryFolder(files: ["real/.git/x", "real/m/1_a.up.sql", "real/shared/2_b.up.sql"])
    try folder.link("real/m/more", to: "../shared")
    try folder.link("real/m/3_c.up.sql", to: "../shared/2_b.up.sql")
    try folder.link("given", to: "real/m")
    for path in ["real/m", "given"] {
      let histories = try load(folder.raw(path))
      #expect(refusals(folder, histories) == [:])
      #expect(histories.flatMap(\.migrations).count == 3)
    }
  }

  @Test("what psql includes does not lead out through a link either")
  func included() throws {
    let folder = try TemporaryFolder(files: ["secret.sql"])
    try folder.write("\\ir link.sql\n", to: "p/a.psql.sql")
    try folder.link("p/link.sql", to: "../secret.sql")
    let inclusions = Inclusions(of: folder.raw("p"))
    let source = SourceText(path: folder.path + "/p/a.psql.sql", text: "\\ir link.sql\n")
    let expansion = inclusions.expand(source)
    let script = PostgresParser.parse(expansion.text)
    #expect(expansion.failures(in: script).map(\.reason).first?.contains("it leads out of") == true)
  }

  @Test("a folder of more names than are looked at is refused")
  func tooMany() throws {
    let folder = try TemporaryFolder(files: ["1.sql", "2.sql", "3.sql"])
    #expect(throws: FileSystem.Failure.tooMany) { try FileSystem.entries(of: folder.raw(""), upTo: 2) }
    #expect(try FileSystem.entries(of: folder.raw(""), upTo: 3).count == 3)
    let problem = LoadingFailure.Problem.tooManyEntries(folder: "m", maximum: FolderWalk.maximumEntries)
    #expect(problem.description.contains("more than 1000000 names"))
  }

  @Test("a long name is shown by its beginning")
  func longNames() {
    let problem = LoadingFailure.Problem.missing(path: String(repeating: "a b ", count: 100_000))
    #expect(problem.description.utf8.count < 400)
    #expect(problem.description.contains("…: there is no such file or folder"))
    #expect("short".shownName == "short")
    let message = "unknown \(String(repeating: "x", count: 1000))\n  in \(String(repeating: "é", count: 200)) twice"
    #expect(message.shownMessage.contains("x…\n  in éé"))
    #expect(message.shownMessage.hasSuffix("éé twice"))
    #expect(String(repeating: "a ", count: 1_000_000).shownMessage.count == 4001)
  }
}
