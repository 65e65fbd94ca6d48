/// The two commits that tell what a change does: the newest one of the branch that it goes to, and the one at which it
/// parted from that branch.
struct BaseCommits: Sendable {
  let git: Git
  /// The branch, for people.
  let name: String
  let tip: String
  let fork: String

  /// `nil` where `start` tells of no branch.
  init?(_ start: Start?, on system: ContinuousIntegration, of folder: RawPath) throws(Git.Failure) {
    switch start {
    case .version?, nil: return nil
    case .releases(_, let start?)?:
      guard let base = try BaseCommits(start, on: system, of: folder) else { return nil }
      self = base
      return
    case .releases(let pattern, nil)?:
      git = try Git(in: folder)
      (name, tip) = try git.newestRelease(pattern)
    case .git(let name)?:
      git = try Git(in: folder)
      self.name = name
      guard let commit = try git.commit(name) else { throw .unknownCommit(name, isShallow: git.isShallow) }
      tip = commit
    case .changed?:
      git = try Git(in: folder)
      (name, tip) = try Self.tip(on: system, git)
    }
    guard let head = try git.commit("HEAD"), let fork = try git.mergeBase(tip, head) else {
      throw .noCommonCommit(name, isShallow: git.isShallow)
    }
    self.fork = fork
  }

  /// The branch that the environment names, else the one that others start from.
  private static func tip(on system: ContinuousIntegration, _ git: Git) throws(Git.Failure) -> (String, String) {
    if let target = system.target {
      // What is ahead in the queue runs before this change does.
      if target.isQueue, let base = target.base {
        guard let commit = try git.commit(base) else { throw .unknownCommit(base, isShallow: git.isShallow) }
        return (target.branch, commit)
      }
      for name in ["origin/\(target.branch)", target.branch] {
        if let commit = try git.commit(name) { return (name, commit) }
      }
      // A clone of the merge request alone has no other commit of the branch.
      if let base = target.base, let commit = try git.commit(base) { return (target.branch, commit) }
      throw .unknownBranch(target.branch, variable: target.variable, isShallow: git.isShallow)
    }
    guard let name = try git.defaultBranch() else { throw .noDefaultBranch(isShallow: git.isShallow) }
    guard let commit = try git.commit(name) else { throw .unknownCommit(name, isShallow: git.isShallow) }
    return (name, commit)
  }
}

/// Single files as the branch has them that a change goes to.
package struct BaseFiles: Sendable {
  /// A file of the branch.
  package struct Text: Hashable, Sendable {
    /// Absolute.
    package let path: RawPath
    /// On the branch now.
    package let newest: [UInt8]?
    /// When the change parted from the branch.
    package let common: [UInt8]?
  }

  private let base: BaseCommits

  /// The branch, for people.
  package var branch: String { base.name }

  /// `nil` where `start` tells of no branch.
  package init?(
    _ start: Start?,
    on system: ContinuousIntegration,
    of folder: RawPath
  ) throws(LoadingFailure) {
    do throws(Git.Failure) {
      guard let base = try BaseCommits(start, on: system, of: folder) else { return nil }
      self.base = base
    } catch {
      throw LoadingFailure(problems: [.unknownBranch(folder: folder.text, reason: error.message(on: system))])
    }
  }

  /// The file of a name in a folder of the work tree or the nearest one above; without a text where no folder has it.
  package func nearest(_ name: String, to folder: RawPath) -> Text? {
    let place = FileSystem.physical(folder)
    let folders = place.ancestry.prefix { $0 == base.git.workTree || $0.relative(to: base.git.workTree) != $0 }
    let paths = folders.map { $0.appending(Array(name.utf8)) }
    let found = (files(paths, in: base.tip), files(paths, in: base.fork))
    guard let path = paths.first(where: { found.0[$0] != nil || found.1[$0] != nil }) else { return nil }
    return Text(path: path, newest: content(found.0[path]), common: content(found.1[path]))
  }

  /// A file of the work tree.
  package func file(at path: RawPath) -> Text? {
    let place = FileSystem.physical(path)
    let found = (files([place], in: base.tip)[place], files([place], in: base.fork)[place])
    guard found.0 != nil || found.1 != nil else { return nil }
    return Text(path: place, newest: content(found.0), common: content(found.1))
  }

  /// The files that a commit has of these paths, by path; links are not followed.
  private func files(_ paths: [RawPath], in commit: String) -> [RawPath: GitAnswer.File] {
    let top = base.git.workTree
    let inside = paths.filter { $0.relative(to: top) != $0 }
    let files = (try? base.git.files(at: inside.map { $0.relative(to: top).bytes }, in: commit)) ?? []
    return Dictionary(files.filter { !$0.isLink }.map { (top.appending($0.path), $0) }) { first, _ in first }
  }

  private func content(_ file: GitAnswer.File?) -> [UInt8]? { file.flatMap { try? base.git.content(of: $0.blob) } }
}
