import Linting

/// Finds the histories that paths stand for. Opens folders, no file.
struct Discovery {
  private let runner: Runner?
  private let exclusions: Exclusions
  private let start: Start?
  /// What the branch has below the folder that is looked at.
  private var baseline: Baseline?
  private var plans: [HistoryPlan] = []
  private var problems: [LoadingFailure.Problem] = []
  /// Folders that are walked already; links would lead to them again, and again.
  private var visited: Set<FileSystem.Identity> = []
  /// Folders that belong to the history of the folder above.
  private var takenSubfolders: Set<RawPath> = []

  /// The histories, those of each path in natural order of their folders.
  static func plans(
    for sources: [MigrationSource],
    runner: Runner?,
    exclusions: Exclusions,
    start: Start?
  ) throws(LoadingFailure) -> [HistoryPlan] {
    var discovery = Discovery(runner: runner, exclusions: exclusions, start: start)
    discovery.find(sources)
    guard discovery.problems.isEmpty else { throw LoadingFailure(problems: discovery.problems) }
    return discovery.plans
  }

  private init(runner: Runner?, exclusions: Exclusions, start: Start?) {
    self.runner = runner
    self.exclusions = exclusions
    self.start = start
  }

  /// Folders first: a file of one of them is reported with it.
  private mutating func find(_ sources: [MigrationSource]) {
    var files: [MigrationSource] = []
    for source in sources {
      guard case .stored(let path) = source else {
        files.append(source)
        continue
      }
      do throws(FileSystem.Failure) {
        let found = try FileSystem.inspect(path)
        let parts = found.kind == .folder ? partsOfOneMigration(in: path) : []
        if !parts.isEmpty || found.kind != .folder {
          files += parts.isEmpty ? [source] : parts
        } else {
          try plan(folder: path, found.identity)
        }
      } catch {
        problems.append(
          error.isMissing
            ? .missing(path: path.text) : .refused(path: path.text, reason: error.message)
        )
      }
    }
    for group in FileGroup.groups(of: files) where lookAtBranch(below: group.folder) { plan(group) }
  }

  /// The files of a folder that is a migration itself, beside others: they stand for it.
  private func partsOfOneMigration(in folder: RawPath) -> [MigrationSource] {
    let parts = MigrationSource.partNames.map { folder.appending(Array($0.utf8)) }
      .filter { (try? FileSystem.inspect($0).kind) == .file }
    guard let first = parts.first, first.name != Array("down.sql".utf8), runner == nil else { return [] }
    let above = MigrationSource.stored(first).historyFolder
    guard let entries = try? FileSystem.entries(of: above) else { return [] }
    let content = FolderContent(above, entries, nil)
    let makeFile = { @Sendable (path: RawPath) in FolderFile(path: path, content: nil, isReported: false) }
    let recognised = Runner.recognised(
      in: MigrationFolder(
        path: above,
        files: content.files.map(makeFile),
        subfolders: content.subfolders,
        exclusions: exclusions,
        baseline: nil,
        makeFile: makeFile
      )
    )
    return recognised.runner == Runner(Plain()) ? [] : parts.map(MigrationSource.stored)
  }

  /// Asks git what the branch has below a folder, where that is of interest. False where git does not tell.
  private mutating func lookAtBranch(below folder: RawPath) -> Bool {
    do throws(Git.Failure) {
      baseline = try Baseline(start, below: folder)
      return true
    } catch {
      problems.append(.unknownBranch(folder: folder.text, reason: error.message))
      return false
    }
  }

  // MARK: - Folders

  private mutating func plan(folder: RawPath, _ identity: FileSystem.Identity) throws(FileSystem.Failure) {
    guard !exclusions.cover(folder), visited.insert(identity).inserted, lookAtBranch(below: folder) else { return }
    if !walk(folder, try FileSystem.entries(of: folder)) { problems.append(.noMigrations(folder: folder.text)) }
  }

  /// Plans the histories of a folder and of the folders below. Returns whether there is an SQL file in any.
  private mutating func walk(_ folder: RawPath, _ entries: [FileSystem.Entry]) -> Bool {
    var content = FolderContent(folder, entries, baseline)
    content.leaveOut(exclusions)
    let position = plans.count
    let makeFile = { @Sendable [baseline] (path: RawPath) in
      FolderFile(path: path, content: nil, isReported: true).beside(baseline)
    }
    var plan = plan(
      MigrationFolder(
        path: folder,
        files: content.files.map(makeFile),
        subfolders: content.subfolders + content.subfoldersOfBranch,
        exclusions: exclusions,
        baseline: baseline,
        makeFile: makeFile
      )
    )
    plan.ignored += content.hidden
    var hasFiles = content.hasFiles || plan.hasFiles
    for subfolder in content.subfolders where !takenSubfolders.contains(subfolder) {
      if descend(into: subfolder, ignored: &plan.ignored) {
        hasFiles = true
        continue
      }
      guard subfolder.name.isSQLFileName else { continue }
      plan.ignored.append(History.IgnoredFile(path: subfolder.text, reason: "it is a folder, with no SQL file in it"))
    }
    if !plan.isEmpty { plans.insert(plan, at: position) }
    return hasFiles
  }

  /// The history of one folder, with what its runner takes from the folders below.
  private mutating func plan(_ folder: MigrationFolder) -> HistoryPlan {
    let (runner, evidence) = runner.map { ($0, "it was asked for") } ?? Runner.recognised(in: folder)
    let files = runner.definition.files(in: folder)
    for subfolder in files.subfolders {
      takenSubfolders.insert(subfolder)
      if let identity = try? FileSystem.inspect(subfolder).identity { visited.insert(identity) }
    }
    return HistoryPlan(
      files,
      of: runner,
      because: evidence,
      in: folder.path,
      branch: baseline?.name,
      keepsAll: start?.isVersion == true
    )
  }

  /// Returns whether there is an SQL file below, as far as can be seen.
  private mutating func descend(into folder: RawPath, ignored: inout [History.IgnoredFile]) -> Bool {
    do throws(FileSystem.Failure) {
      guard visited.insert(try FileSystem.inspect(folder).identity).inserted else { return true }
      return walk(folder, try FileSystem.entries(of: folder))
    } catch {
      ignored.append(History.IgnoredFile(path: folder.text, reason: "the folder cannot be read: \(error.message)"))
      return true
    }
  }

  // MARK: - Files

  /// The whole folder is the history where a runner is known, or the user says which. Else plain files stand for
  /// themselves and for those that were given with them.
  private mutating func plan(_ group: FileGroup) {
    var given = group.files.filter { !exclusions.cover($0.path) }
    if let identity = group.identity, visited.contains(identity) {
      given.removeAll { $0.content == nil && $0.path.name.isSQLFileName }
    }
    guard !given.isEmpty else { return }
    let reported = Dictionary(given.map { ($0.path, $0) }) { first, _ in first }
    let makeFile = { @Sendable [baseline] (path: RawPath) in
      (reported[path] ?? FolderFile(path: path, content: nil, isReported: false)).beside(baseline)
    }
    var content = FolderContent(group.folder, (try? FileSystem.entries(of: group.folder)) ?? [], baseline)
    content.leaveOut(exclusions)
    let direct = given.filter { $0.path.folder == group.folder }.map(\.path)
    let names = Set(direct.map(\.name))
    let paths = (content.files.filter { !names.contains($0.name) } + direct)
      .sorted { NaturalOrder.precedes($0.name, $1.name) }
    let folder = MigrationFolder(
      path: group.folder,
      files: paths.map(makeFile),
      subfolders: content.subfolders + content.subfoldersOfBranch,
      exclusions: exclusions,
      baseline: baseline,
      makeFile: makeFile
    )
    let recognised = runner ?? Runner.recognised(in: folder).runner
    if recognised == Runner(Plain()), runner == nil {
      let alone = MigrationFolder(
        path: group.folder,
        files: given.map { makeFile($0.path) }.sorted { NaturalOrder.precedes($0.path.name, $1.path.name) },
        subfolders: [],
        exclusions: exclusions,
        baseline: baseline,
        makeFile: makeFile
      )
      plans.append(plan(alone))
    } else {
      plans.append(plan(folder))
    }
  }
}

extension HistoryPlan {
  fileprivate var isEmpty: Bool { pairs.isEmpty && orphanedDowns.isEmpty && ignored.isEmpty }
}

extension MigrationSource {
  /// The files of a folder that is a migration itself.
  fileprivate static let partNames = ["migration.sql", "up.sql", "down.sql"]

  /// The folder that holds the history of a file: the one above, for a migration that is a folder itself, and the
  /// project's, for sqitch and graphile-migrate.
  fileprivate var historyFolder: RawPath {
    let folder = path.folder
    let name = String(decoding: path.name, as: UTF8.self)
    if Self.partNames.contains(name), folder.bytes != [.dot], folder.bytes != [.slash] {
      return folder.folder
    }
    let committed = folder.folder.appending(Array("committed".utf8))
    if ["committed", "current"].contains(String(decoding: folder.name, as: UTF8.self)),
      (try? FileSystem.inspect(committed).kind) == .folder
    {
      return folder.folder
    }
    var above = folder
    for _ in 0..<4 where above.bytes != [.dot] && above.bytes != [.slash] {
      if ["deploy", "revert", "verify"].contains(String(decoding: above.name, as: UTF8.self)),
        (try? FileSystem.inspect(above.folder.appending(Array("sqitch.plan".utf8)))) != nil
      {
        return above.folder
      }
      above = above.folder
    }
    return folder
  }
}

/// Files of one folder that were given by name, each once.
private struct FileGroup {
  let folder: RawPath
  /// `nil` for a folder that does not exist, which text may belong to.
  let identity: FileSystem.Identity?
  private(set) var files: [FolderFile]

  static func groups(of sources: [MigrationSource]) -> [FileGroup] {
    var groups: [FileGroup] = []
    for source in sources {
      let folder = source.historyFolder
      let identity = try? FileSystem.inspect(folder).identity
      let file = FolderFile(path: source.path, content: source.content, isReported: true)
      let sameFolder = groups.firstIndex { group in
        identity == nil ? group.folder == folder : group.identity == identity
      }
      if let index = sameFolder {
        groups[index].add(file)
      } else {
        groups.append(FileGroup(folder: folder, identity: identity, files: [file]))
      }
    }
    return groups
  }

  private mutating func add(_ file: FolderFile) {
    if let index = files.firstIndex(where: { $0.path == file.path || $0.isBeside(file) }) {
      // Text stands for the file of its name, which it may be newer than.
      if file.content != nil { files[index] = file }
    } else {
      files.append(file)
    }
  }
}

extension FolderFile {
  /// Whether it has the same name in the same folder, however that is written.
  fileprivate func isBeside(_ other: FolderFile) -> Bool {
    guard path.name == other.path.name else { return false }
    return path.folder == other.path.folder
      || (try? FileSystem.inspect(path.folder).identity)
        == (try? FileSystem.inspect(other.path.folder).identity)
  }
}

/// What is of interest in a folder.
private struct FolderContent {
  /// Whatever is named `.sql` and is no folder.
  private(set) var files: [RawPath] = []
  /// In natural order; links come last, so that a folder is walked under its own name.
  private(set) var subfolders: [RawPath] = []
  /// Folders that only the branch has.
  private(set) var subfoldersOfBranch: [RawPath] = []
  private(set) var hidden: [History.IgnoredFile] = []
  /// Whether there are SQL files, excluded ones too.
  let hasFiles: Bool

  init(_ folder: RawPath, _ entries: [FileSystem.Entry], _ baseline: Baseline?) {
    var links: [RawPath] = []
    for entry in entries.sorted(by: { NaturalOrder.precedes($0.name, $1.name) }) {
      let path = folder.appending(entry.name)
      let isHidden = entry.name.first == .dot
      switch entry.kind {
      // Other people's, which their own projects check.
      case .folder where entry.name.elementsEqual("node_modules".utf8): break
      case .folder where !isHidden: subfolders.append(path)
      case nil where !isHidden && (try? FileSystem.inspect(path).kind) == .folder: links.append(path)
      case .folder: break
      case _ where !entry.name.isSQLFileName: break
      case _ where isHidden:
        hidden.append(History.IgnoredFile(path: path.text, reason: "it is hidden: its name starts with a dot"))
      default: files.append(path)
      }
    }
    subfolders += links
    hasFiles = !files.isEmpty || !hidden.isEmpty
    if let baseline { add(baseline.names(in: folder)) }
  }

  /// What the branch has besides.
  private mutating func add(_ branch: (files: [RawPath], folders: [RawPath])) {
    let (files, subfolders) = (Set(files), Set(subfolders))
    let isVisible = { (path: RawPath) in path.name.first != .dot }
    self.files += branch.files.filter { $0.name.isSQLFileName && isVisible($0) && !files.contains($0) }
    self.files.sort { NaturalOrder.precedes($0.name, $1.name) }
    subfoldersOfBranch = branch.folders.filter { isVisible($0) && !subfolders.contains($0) }
      .sorted { NaturalOrder.precedes($0.name, $1.name) }
  }

  mutating func leaveOut(_ exclusions: Exclusions) {
    files.removeAll(where: exclusions.cover)
    subfolders.removeAll(where: exclusions.cover)
    hidden.removeAll { exclusions.cover(RawPath($0.path)) }
  }
}
