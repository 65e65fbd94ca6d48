import Foundation

/// Asks the `git` program about the repository that a folder is in: fixed arguments, no shell, nothing written.
struct Git: Sendable {
  /// Why there is no answer, and the way out.
  enum Failure: Error, Hashable, Sendable {
    /// There is no `git` on the PATH.
    case missing
    /// What git said.
    case refused(String)
    case noDefaultBranch(isShallow: Bool)
    case unknownCommit(String, isShallow: Bool)
    case noCommonCommit(String, isShallow: Bool)

    var message: String {
      switch self {
      case .missing:
        return "git is not on the PATH: install it, or give the last released version with --since VERSION"
      case .refused(let complaint):
        return "git says: \(complaint)"
      case .noDefaultBranch(let isShallow):
        let advice = "name the branch that this will be merged into with --since git:BRANCH"
        return "there is no origin/HEAD and no branch main or master; " + (isShallow ? Self.shallow : advice)
      case .unknownCommit(let name, let isShallow):
        let advice = "give a branch, a tag or a commit that `git rev-parse` knows"
        return "there is no commit \(name); " + (isShallow ? Self.shallow : advice)
      case .noCommonCommit(let name, let isShallow):
        return "\(name) and HEAD have no commit in common; " + (isShallow ? Self.shallow : "give another branch")
      }
    }

    private static let shallow =
      "the clone is shallow: fetch the rest with `git fetch --unshallow`, or check out with `fetch-depth: 0`"
  }

  private let program: URL
  private let folder: URL

  init(in folder: RawPath) throws(Failure) {
    guard let program = Self.program() else { throw .missing }
    self.program = program
    self.folder = URL(filePath: folder.absolute(from: FileSystem.workingFolder()).text, directoryHint: .isDirectory)
  }

  /// What git prints; `nil` where it exits with 1, with which it says no to a question.
  private func answer(_ arguments: [String]) throws(Failure) -> [UInt8]? {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = Self.environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      // What git complains of in one command fits into a pipe, so that it never waits for this.
      let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      switch process.terminationStatus {
      case 0: return Array(answer)
      case 1: return nil
      default: throw Failure.refused(String(decoding: complaint, as: UTF8.self).firstComplaint)
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .refused(error.localizedDescription)
    }
  }

  /// Where the PATH has it.
  private static func program() -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.lazy.map { URL(filePath: String($0), directoryHint: .isDirectory).appending(path: "git") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// In a hook git tells its own children of the repository that it works on, which need not be this one.
  private static let environment: [String: String] = {
    var environment = ProcessInfo.processInfo.environment.filter { name, _ in
      !["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"]
        .contains(name)
    }
    environment["LC_ALL"] = "C"
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["GIT_TERMINAL_PROMPT"] = "0"
    return environment
  }()
}

extension Git {
  /// The object id of a commit; `nil` where no name leads to one.
  func commit(_ name: String) throws(Failure) -> String? {
    // A name that starts with a dash would be an option.
    guard !name.hasPrefix("-") else { return nil }
    return try line("rev-parse", "--verify", "--quiet", "\(name)^{commit}")
  }

  /// The commit at which two histories parted; `nil` where they have none in common.
  func mergeBase(_ one: String, _ other: String) throws(Failure) -> String? { try line("merge-base", one, other) }

  /// Whether older commits were left behind when the repository was cloned.
  func isShallow() throws(Failure) -> Bool { try line("rev-parse", "--is-shallow-repository") == "true" }

  /// The branch that others start from, as far as the clone tells.
  func defaultBranch() throws(Failure) -> String? {
    if let head = try line("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"), try commit(head) != nil {
      return head
    }
    for name in ["origin/main", "origin/master", "main", "master"] where try commit(name) != nil { return name }
    return nil
  }

  /// The files below the folder in a commit: their paths from there, and the ids of their contents.
  func files(in commit: String) throws(Failure) -> [(path: [UInt8], blob: String)] {
    // `100644 blob ID<tab>path`, each with a NUL after it.
    try (answer(["ls-tree", "-r", "-z", commit, "--", "."]) ?? []).split(separator: 0).compactMap { entry in
      guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
      guard words.count == 3, words[1] == "blob" else { return nil }
      return (Array(entry[(tab + 1)...]), String(words[2]))
    }
  }

  /// The paths below the folder whose contents in the work tree are not those of a commit, or that are gone.
  func changes(since commit: String) throws(Failure) -> [[UInt8]] {
    try (answer(["diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--", "."]) ?? [])
      .split(separator: 0).map(Array.init)
  }

  func content(of blob: String) throws(Failure) -> [UInt8] { try answer(["cat-file", "blob", blob]) ?? [] }

  /// An answer of one line.
  private func line(_ arguments: String...) throws(Failure) -> String? {
    try answer(arguments).flatMap {
      String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
    }
  }
}

extension String {
  /// The first thing that git complained of, without the word in front of it.
  fileprivate var firstComplaint: String {
    let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? "git failed without a message"
    return line.hasPrefix("fatal: ") ? String(line.dropFirst("fatal: ".count)) : line
  }
}
