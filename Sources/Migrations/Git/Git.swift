import Syntax

/// Asks git about the repository that a folder is in: what is in which commit. It looks at no file of the work tree and
/// not at the index, so that no filter, hook or file system monitor of the repository has a part in the answer.
struct Git: Sendable {
  /// Why there is no answer, and the way out.
  enum Failure: Error, Hashable, Sendable {
    /// There is no `git` on the PATH.
    case missing
    /// No folder above is the work tree of a repository.
    case noRepository
    /// What git said.
    case refused(String)
    case tooMuch(bytes: Int)
    case tooLate(seconds: Int)
    case noDefaultBranch(isShallow: Bool)
    case unknownCommit(String, isShallow: Bool)
    case noCommonCommit(String, isShallow: Bool)
    /// No tag matches the pattern.
    case noRelease(String)
    /// A variable of the environment names a branch that the clone does not have.
    case unknownBranch(String, variable: String, isShallow: Bool)

    /// What is wrong and what to do, in the words of the system that the run is on.
    func message(on system: ContinuousIntegration) -> String {
      switch self {
      case .missing:
        return "git is not on the PATH: install it, or give the last released version with --since VERSION"
      case .noRepository:
        return "not a git repository: neither the folder nor one above it holds .git"
      case .refused(let complaint):
        return "git says: \(complaint.shownMessage)"
      case .tooMuch(let bytes):
        return "git answers with more than \(bytes) bytes: give the folder that holds the migrations"
      case .tooLate(let seconds):
        return "git has not answered within \(seconds) seconds"
      case .noDefaultBranch(let isShallow):
        let advice = "name the branch that this will be merged into with --since git:BRANCH"
        return "there is no origin/HEAD and no branch main or master; "
          + (isShallow ? system.adviceForShallowClones : advice)
      case .unknownCommit(let name, let isShallow):
        let advice = "give a branch, a tag or a commit that `git rev-parse` knows"
        return "there is no commit \(name.shownName); " + (isShallow ? system.adviceForShallowClones : advice)
      case .noCommonCommit(let name, let isShallow):
        return "\(name.shownName) and HEAD have no commit in common; "
          + (isShallow ? system.adviceForShallowClones : "give another branch")
      case .noRelease(let pattern):
        return
          "there is no tag \(pattern.shownName) in the clone: fetch the tags with `git fetch --tags`, or give another "
          + "pattern"
      case .unknownBranch(let name, let variable, let isShallow):
        let branch = name.shownName
        return "\(variable) names the branch \(branch), and the clone has no origin/\(branch); "
          + (isShallow ? system.adviceForShallowClones : "fetch it: \(Self.fetch(branch))")
      }
    }

    private static func fetch(_ branch: String) -> String {
      "`git fetch origin +refs/heads/\(branch):refs/remotes/origin/\(branch)`"
    }
  }

  /// Some hundred thousand files.
  private static let maximumListing = 64 << 20
  /// Other answers are a line.
  private static let maximumLine = 1 << 16

  private let program: GitProgram
  /// Absolute, and without links.
  let workTree: RawPath
  /// From the work tree's top to the folder; empty at the top.
  private let prefix: [UInt8]
  /// Whether older commits were left behind when the repository was cloned.
  let isShallow: Bool

  init(in folder: RawPath) throws(Failure) {
    guard let program = GitProgram() else { throw .missing }
    let place = FileSystem.physical(folder)
    guard let workTree = place.workTree else { throw .noRepository }
    self.program = program
    self.workTree = workTree
    prefix = place == workTree ? [] : place.relative(to: workTree).bytes
    let lines = try Self.lines(
      of: program.run(
        ["rev-parse", "--absolute-git-dir", "--is-shallow-repository"],
        in: workTree,
        upTo: Self.maximumLine
      )
    )
    // Where `.git` is no repository, git before 2.38 would take the folder itself for a bare one, and a colon in the path
    // has it go further up.
    let own = workTree.appending(Array(".git".utf8))
    let isFolder = (try? FileSystem.inspect(own).kind) == .folder
    guard let lines, lines.count == 2, !isFolder || FileSystem.physical(own).text == lines[0] else {
      throw .noRepository
    }
    isShallow = lines[1] == "true"
  }

  /// What git prints; `nil` where it exits with 1, with which it says no to a question.
  private static func output(of answer: GitProgram.Answer) throws(Failure) -> [UInt8]? {
    switch answer.status {
    case 0: return answer.output
    case 1: return nil
    default: throw .refused(GitAnswer.complaint(answer.complaint))
    }
  }

  private static func lines(of answer: GitProgram.Answer) throws(Failure) -> [String]? {
    try output(of: answer).map(GitAnswer.lines)
  }

  /// An answer of one line.
  private func line(_ arguments: String...) throws(Failure) -> String? {
    try Self.lines(of: program.run(arguments, in: workTree, upTo: Self.maximumLine))?.first
  }
}

extension Git {
  /// The object id of a commit; `nil` where no name leads to one.
  func commit(_ name: String) throws(Failure) -> String? {
    // A name that starts with a dash would be an option. With a colon it asks the index, or searches the messages of
    // all commits, as it does with a pattern in braces: a configuration file must not make git do that.
    let isName = name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && !name.contains(":") && !name.contains("{/")
    guard isName, !name.hasPrefix("-"), name.utf8.count <= GitAnswer.maximumPath else { return nil }
    return try line("rev-parse", "--verify", "--quiet", "\(name)^{commit}")
  }

  /// The commit at which two histories parted; `nil` where they have none in common.
  func mergeBase(_ one: String, _ other: String) throws(Failure) -> String? { try line("merge-base", one, other) }

  /// The branch that others start from, as far as the clone tells.
  func defaultBranch() throws(Failure) -> String? {
    if let head = try line("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"), try commit(head) != nil {
      return head
    }
    for name in ["origin/main", "origin/master", "main", "master"] where try commit(name) != nil { return name }
    return nil
  }

  /// The newest tag of a pattern, in the order of versions, and its commit. One that ends in `-rc1` or the like comes before
  /// the release itself.
  func newestRelease(_ pattern: String) throws(Failure) -> (name: String, commit: String) {
    let prefix = "refs/tags/"
    let isPattern = pattern.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && pattern.utf8.count <= GitAnswer.maximumPath
    let tag =
      isPattern
      ? try line(
        "-c",
        "versionsort.suffix=-",
        "for-each-ref",
        "--sort=-version:refname",
        "--count=1",
        "--format=%(refname)",
        "\(prefix)\(pattern)"
      ) : nil
    guard let tag, let commit = try commit(tag) else { throw .noRelease(pattern) }
    return (String(tag.dropFirst(prefix.count)), commit)
  }

  /// The files below the folder in a commit.
  func files(in commit: String) throws(Failure) -> [GitAnswer.File] {
    let path = prefix.isEmpty ? [] : [String(decoding: prefix, as: UTF8.self) + "/"]
    let answer = try program.run(
      ["ls-tree", "-r", "-z", "--full-tree", commit, "--"] + path,
      in: workTree,
      upTo: Self.maximumListing
    )
    guard let files = GitAnswer.files(try Self.output(of: answer) ?? [], below: prefix) else {
      throw .tooMuch(bytes: GitAnswer.maximumFolders)
    }
    return files
  }

  /// Those of the files with these paths, which count from the top of the work tree, that a commit has.
  func files(at paths: [[UInt8]], in commit: String) throws(Failure) -> [GitAnswer.File] {
    guard !paths.isEmpty else { return [] }
    let names = paths.map { String(decoding: $0, as: UTF8.self) }
    let answer = try program.run(
      ["ls-tree", "-z", "--full-tree", commit, "--"] + names,
      in: workTree,
      upTo: Self.maximumLine
    )
    return GitAnswer.files(try Self.output(of: answer) ?? [], below: []) ?? []
  }

  /// A text, as long as one that would be read from a file.
  func content(of blob: String) throws(Failure) -> [UInt8] {
    try Self.output(
      of: program.run(["cat-file", "blob", blob], in: workTree, upTo: SourceText.maximumSize)
    ) ?? []
  }

  // MARK: - For those who set sqllint up

  /// A setting of the repository, the user or the system. Which hooks are run is overridden for what git itself does here,
  /// so each file is asked apart.
  func setting(_ name: String) -> String? {
    ownSetting(name) ?? ["--global", "--system"].lazy.compactMap { value(of: name, in: $0) }.first
  }

  /// A setting of the repository.
  func ownSetting(_ name: String) -> String? { value(of: name, in: "--local") }

  private func value(of name: String, in file: String) -> String? {
    (try? line("config", file, "--type=path", "--get", name)).flatMap(\.self)
  }

  /// Where the repository keeps what its work trees share.
  var commonFolder: String? { (try? line("rev-parse", "--git-common-dir")).flatMap(\.self) }

  /// Who wrote the lines of a file of the newest commit; `nil` where it has none. No filter and no converter is run.
  func blame(_ path: [UInt8]) -> [UInt8]? {
    let answer = try? program.run(
      ["-c", "blame.ignoreRevsFile=", "blame", "--porcelain", "--no-textconv", "HEAD", "--"]
        + [String(decoding: path, as: UTF8.self)],
      in: workTree,
      upTo: Self.maximumListing
    )
    return answer.flatMap { $0.status == 0 ? $0.output : nil }
  }
}
