import Foundation
import Testing

@Suite("sqllint gate doctor")
struct GateDoctorCommandTests {
  private static let settings = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/gate").standardized

  /// A folder with the settings of GitHub.
  private func folder() throws -> ProjectFolder {
    let names = ["repository", "protection", "rules", "rulesets", "environments"].map { "github-\($0).json" }
    var files: [String: String] = [:]
    for name in names {
      files["s/\(name)"] = try String(contentsOf: Self.settings.appending(path: name), encoding: .utf8)
    }
    return try ProjectFolder(files)
  }

  @Test("prints the commands that save the settings, and asks no server")
  func commands() throws {
    let command = try Command.run("gate", "doctor", "--branch", "trunk", in: ProjectFolder())
    #expect(command.status == 0)
    #expect(command.output.contains("gh api 'repos/{owner}/{repo}/branches/trunk/protection' > github-protection.json"))
    #expect(command.output.contains("glab api 'projects/:id/approvals' > gitlab-approvals.json"))
  }

  @Test("exits with 0 where nothing is open, with 1 where something is, and with 2 where a file is broken")
  func status() throws {
    let folder = try folder()
    let shut = try Command.run("gate", "doctor", "s", in: folder)
    #expect(shut.status == 0 && shut.output == "GitHub, main: 14 of 14 hold.\n")
    let open = try Command.run("gate", "doctor", "s", "--check", "lint\u{1B}[31m", in: folder)
    #expect(open.status == 1)
    #expect(open.output.hasPrefix("open: the check lint\\u{1b}[31m is not required on main"), "\(open.output)")
    #expect(open.output.hasSuffix("\n\nGitHub, main: 13 of 14 hold.\n"))
    let json = try Command.run("gate", "doctor", "s", "--environment", "live", "--format", "json", in: folder)
    #expect(json.status == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let states = (object["checks"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
    #expect(object["holds"] as? Bool == false && states?.filter { $0 == "open" }.count == 1)
    try folder.write("{\"a\": ", to: "s/github-rules.json")
    let broken = try Command.run("gate", "doctor", "s", in: folder)
    #expect(broken.status == 2)
    #expect(broken.complaints == ["sqllint: s/github-rules.json: this is no JSON; save the answer again"])
    let empty = try Command.run("gate", "doctor", ".", in: folder)
    #expect(empty.status == 2 && empty.errors.contains("`sqllint gate doctor` prints the commands"))
  }
}
