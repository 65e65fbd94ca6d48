import Foundation
import Linting
import Testing

@testable import Migrations

/// A way to have git run a command that the repository names.
struct GitAttack: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Lays the trap; `command` is what is to be run.
  let lay: @Sendable (_ repository: TestRepository, _ command: String) throws -> Void
  /// What somebody asks git in the folder who does not expect it; it must spring the trap.
  var question = ["status"]

  static let all: [GitAttack] = [
    GitAttack(testDescription: "a bare repository among the migrations") { repository, command in
      try repository.makeBare(at: "m/", worktree: "..", command)
    },
    GitAttack(testDescription: "core.fsmonitor") { repository, command in
      try repository.git("config", "core.fsmonitor", command)
    },
    GitAttack(testDescription: "a file that the configuration includes") { repository, command in
      try repository.folder.write("[core]\n\tfsmonitor = \(command.quoted)\n", to: "m/config")
      try repository.git("config", "include.path", "../m/config")
    },
    GitAttack(testDescription: "a file that the configuration includes for this folder") { repository, command in
      try repository.folder.write("[core]\n\tfsmonitor = \(command.quoted)\n", to: "m/config")
      try repository.git("config", "includeIf.gitdir:**.path", "../m/config")
    },
    GitAttack(testDescription: "the configuration of the work tree") { repository, command in
      try repository.git("config", "extensions.worktreeConfig", "true")
      try repository.git("config", "--worktree", "core.fsmonitor", command)
    },
    GitAttack(testDescription: "a .git file that leads elsewhere") { repository, command in
      let folder = repository.folder
      try FileManager.default.moveItem(atPath: folder.path + "/.git", toPath: folder.path + "/m/g")
      try folder.write("gitdir: m/g\n", to: ".git")
      try repository.git("config", "core.fsmonitor", command)
    },
    GitAttack(testDescription: "a common folder elsewhere") { repository, command in
      let folder = repository.folder
      try FileManager.default.moveItem(atPath: folder.path + "/.git", toPath: folder.path + "/m/g")
      try folder.write("../m/g\n", to: ".git/commondir")
      try folder.write("ref: refs/heads/main\n", to: ".git/HEAD")
      try FileManager.default.copyItem(atPath: folder.path + "/m/g/index", toPath: folder.path + "/.git/index")
      try repository.git("config", "core.fsmonitor", command)
    },
    GitAttack(testDescription: "a hook") { repository, command in
      try repository.addHook("post-index-change", in: ".git/hooks", command)
    },
    GitAttack(testDescription: "core.hooksPath") { repository, command in
      try repository.addHook("post-index-change", in: "m/hooks", command)
      try repository.git("config", "core.hooksPath", "m/hooks")
    },
    GitAttack(testDescription: "a filter's clean command") { repository, command in
      try repository.folder.write("* filter=x\n", to: "m/.gitattributes")
      try repository.git("config", "filter.x.clean", command)
    },
    GitAttack(testDescription: "a filter's process") { repository, command in
      try repository.folder.write("* filter=x\n", to: "m/.gitattributes")
      try repository.git("config", "filter.x.process", command)
    },
    GitAttack(
      testDescription: "diff.external",
      lay: { repository, command in try repository.git("config", "diff.external", command) },
      question: ["diff", "HEAD"]
    ),
    GitAttack(
      testDescription: "a diff driver's command",
      lay: { repository, command in
        try repository.folder.write("* diff=x\n", to: "m/.gitattributes")
        try repository.git("config", "diff.x.command", command)
      },
      question: ["diff", "HEAD"]
    ),
    GitAttack(
      testDescription: "a diff driver's textconv",
      lay: { repository, command in
        try repository.folder.write("* diff=x\n", to: "m/.gitattributes")
        try repository.git("config", "diff.x.textconv", command)
      },
      question: ["diff", "HEAD"]
    ),
    GitAttack(testDescription: "a submodule") { repository, command in
      let commit = "0123456789abcdef0123456789abcdef01234567"
      try repository.git("init", "--quiet", "m/s")
      try repository.git("-C", "m/s", "config", "core.fsmonitor", command)
      try repository.git("update-index", "--add", "--cacheinfo", "160000,\(commit),m/s")
    },
    .fetching("remote.x.uploadpack", url: "."),
    .fetching("core.sshCommand", url: "ssh://nowhere.invalid/x"),
    .fetching("credential.helper", url: "ext::sh -c %C"),
  ]

  /// A remote that git fetches an object from which is not there.
  private static func fetching(_ setting: String, url: String) -> GitAttack {
    GitAttack(
      testDescription: "an object that is missing, and a remote with \(setting) or \(url)",
      lay: { repository, command in
        let id = try repository.ask("rev-parse", "HEAD:m/1_a.up.sql")
        let object = "/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        try FileManager.default.removeItem(atPath: repository.folder.path + object)
        // What the filters' commands go on with would wait for its end here.
        let command = command.replacing("; cat", with: "; false")
        let escaped = command.replacing(" ", with: "% ")
        for (name, value) in [
          ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "x"), ("remote.x.promisor", "true"),
          ("remote.x.url", url.replacing("%C", with: escaped)), ("protocol.ext.allow", "always"), (setting, command),
        ] { try repository.git("config", name, value) }
      },
      question: ["cat-file", "blob", "HEAD:m/1_a.up.sql"]
    )
  }
}

extension TestRepository {
  /// The files that git takes for a repository without a work tree, and the work tree that they name.
  fileprivate func makeBare(at path: String, worktree: String, _ command: String) throws {
    try folder.write("ref: refs/heads/main\n", to: path + "HEAD")
    try folder.write("", to: path + "objects/.keep")
    try folder.write("", to: path + "refs/.keep")
    let settings = "repositoryformatversion = 0\n\tbare = false\n\tworktree = \(worktree)\n"
    try folder.write("[core]\n\t\(settings)\tfsmonitor = \(command.quoted)\n", to: path + "config")
  }

  fileprivate func addHook(_ name: String, in path: String, _ command: String) throws {
    try folder.write("#!/bin/sh\n\(command)\n", to: path + "/" + name)
    try folder.setPermissions(0o755, of: path + "/" + name)
  }
}

extension String {
  fileprivate var quoted: String { "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" }
}

@Suite(
  "Nothing that a repository says is run",
  .enabled(if: TestRepository.isGitThere, TestRepository.absence)
)
struct HostileRepositoryTests {
  @Test("whatever git would do", arguments: GitAttack.all)
  func attack(_ attack: GitAttack) throws {
    let repository = try TestRepository(["m/1_a.up.sql": "SELECT 1;", "m/2_b.up.sql": "SELECT 2;"])
    let marks = try TemporaryFolder()
    let mark = marks.path + "/sprung"
    try attack.lay(repository, "touch \(mark); cat")
    // An edit, and a file that git has to look into to see that it is the same.
    try repository.folder.write("SELECT 1, 1;", to: "m/1_a.up.sql")
    try repository.folder.write("SELECT 2;", to: "m/2_b.up.sql")
    try repository.folder.write("DROP TABLE x;", to: "m/3_c.up.sql")

    for start in [Start.changed, .git("main"), .git("HEAD~0"), .git(":m/1_a.up.sql")] {
      for path in ["m", "m/3_c.up.sql", ""] {
        let found = try? repository.findings(start, of: path, rules: "table-dropped")
        // Where the attack has left a repository that git understands, there is an answer.
        if start == .changed, let found, !found.isEmpty { #expect(found.contains("m/3_c.up.sql table-dropped")) }
        #expect(!FileManager.default.fileExists(atPath: mark), "\(start) of '\(path)'")
      }
    }
    // Last, as it may repair what the attack has broken.
    _ = try? repository.git(["-C", "m"] + attack.question)
    #expect(FileManager.default.fileExists(atPath: mark), "the attack does nothing, and so shows nothing")
  }

  @Test("a bare repository among the migrations is passed over for the one that they are in")
  func bareRepository() throws {
    let repository = try TestRepository(["m/1_a.up.sql": "SELECT 1;"])
    try repository.makeBare(at: "m/", worktree: "..", "false")
    try repository.folder.write("DROP TABLE x;", to: "m/2_b.up.sql")
    #expect(try repository.findings(.changed, rules: "table-dropped") == ["m/2_b.up.sql table-dropped"])
  }

  @Test("a bare repository is not a project's, not even where git stops at an empty .git")
  func bareAbove() throws {
    let repository = try TestRepository()
    try FileManager.default.removeItem(atPath: repository.folder.path + "/.git")
    try repository.makeBare(at: "", worktree: ".", "false")
    try repository.folder.write("SELECT 1;", to: "m/1_a.up.sql")
    #expect(throws: LoadingFailure.self) { try repository.findings(.changed) }
    try repository.folder.write("", to: ".git/empty")
    #expect(throws: LoadingFailure.self) { try repository.findings(.changed) }
  }

  @Test("git goes no further up, whatever the path is called")
  func above() throws {
    let repository = try TestRepository(["a:b/m/1_a.up.sql": "SELECT 1;"])
    try repository.folder.write("", to: "a:b/.git/empty")
    #expect(throws: Git.Failure.self) { try Git(in: repository.folder.raw("a:b/m")) }
    #expect(throws: Never.self) { try Git(in: repository.folder.raw("a:b").folder) }
  }

  @Test("only an absolute entry of the PATH has a git that is run")
  func path() throws {
    let folder = try TemporaryFolder()
    try folder.write("#!/bin/sh\n", to: "bin/git")
    try folder.setPermissions(0o755, of: "bin/git")
    try folder.write("", to: "empty/git/x")
    let relative = folder.raw("bin").relative(to: FileSystem.workingFolder()).text
    let up = String(repeating: "../", count: FileSystem.workingFolder().ancestry.count - 1) + relative.dropFirst()
    #expect(FileManager.default.fileExists(atPath: up + "/git"))
    for path in ["", ":", "." + ":" + up, up, folder.path + "/empty"] {
      #expect(GitProgram(environment: ["PATH": path]) == nil, "\(path)")
    }
    let program = try #require(GitProgram(environment: ["PATH": "\(up):\(folder.path)/bin::."]))
    #expect(program.environment["PATH"] == folder.path + "/bin")
  }

  @Test("variables that tell git of another repository or of programs are not passed on, those about trust are")
  func environment() throws {
    let names = [
      "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_EXTERNAL_DIFF",
      "GIT_SSH_COMMAND", "GIT_TRACE", "GIT_TRACE2_EVENT", "GIT_PAGER", "GIT_PROXY_COMMAND", "GIT_ASKPASS",
    ]
    let trust = ["GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0", "GIT_CONFIG_GLOBAL", "HOME"]
    var own = Dictionary(uniqueKeysWithValues: (names + trust).map { ($0, "x") })
    own["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    let passed = try #require(GitProgram(environment: own)).environment
    #expect(names.filter { passed[$0] != nil } == [])
    #expect(trust.filter { passed[$0] != "x" } == [])
  }
}
