import Linting

/// Finds the histories that paths stand for. Opens folders, no file.
struct Discovery {
  private let runner: Runner?
  private let exclusions: Exclusions
  private let start: Start?
  private let system: ContinuousIntegration
  /// What the branch has below the folder that is looked at.
  private var baseline: Baseline?
  /// What may be read on behalf of that folder.
  private var project: Project
  /// How many more names are looked at below it.
  private var room = FolderWalk.maximumEntries
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
    start: Start?,
    system: ContinuousIntegration
  ) throws(LoadingFailure) -> [HistoryPlan] {
    var discovery = Discovery(runner: runner, exclusions: exclusions, start: start, system: system)
    discovery.find(sources)
    guard discovery.problems.isEmpty else { throw LoadingFailure(problems: discovery.problems) }
    return discovery.plans
  }

  private init(runner: Runner?, exclusions: Exclusions, start: Start?, system: ContinuousIntegration) {
    self.runner = runner
    self.exclusions = exclusions
    self.start = start
    self.system = system
    project = Project(of: RawPath("."))
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
    for group in FileGroup.groups(of: files) where lookAround(group.folder) { plan(group) }
  }

  /// The files of a folder that is a migration itself, beside others: they stand for it.
  private func partsOfOneMigration(in folder: RawPath) -> [MigrationSource] {
    let parts = MigrationSource.partNames.map { folder.appending(Array($0.utf8)) }
      .filter { (try? FileSystem.inspect($0).kind) == .file }
    guard let first = parts.first, first.name != Array("down.sql".utf8), runner == nil else { return [] }
    let above = MigrationSource.stored(first).historyFolder
    guard let entries = try? FileSystem.entries(of: above) else { return [] }
    let project = Project(of: folder)
    let content = FolderContent(above, entries, of: project, nil)
    let makeFile = { @Sendable (path: RawPath) in
      FolderFile(path: path, content: nil, isReported: false, unreadable: project.refusal(of: path))
    }
    let recognised = RecognisedRunner(
      in: MigrationFolder(
        path: above,
        files: content.files.map(makeFile),
        subfolders: content.subfolders,
        exclusions: exclusions,
        project: project,
        baseline: nil,
        makeFile: makeFile
      )
    )
    return recognised.runner == Runner(Plain()) ? [] : parts.map(MigrationSource.stored)
  }

  /// Finds the project of a folder, and asks git what the branch has below, where that is of interest. False where git
  /// does not tell.
  private mutating func lookAround(_ folder: RawPath) -> Bool {
    project = Project(of: folder)
    room = FolderWalk.maximumEntries
    do throws(Git.Failure) {
      baseline = try Baseline(start, on: system, below: folder)
      return true
    } catch {
      problems.append(.unknownBranch(folder: folder.text, reason: error.message(on: system)))
      return false
    }
  }

  // MARK: - Folders

  private mutating func plan(folder: RawPath, _ identity: FileSystem.Identity) throws(FileSystem.Failure) {
    guard !exclusions.cover(folder), visited.insert(identity).inserted, lookAround(folder) else { return }
    if !walk(folder, try entries(of: folder), depth: 0) { problems.append(.noMigrations(folder: folder.text)) }
    if room == 0 { problems.append(.tooManyEntries(folder: folder.text, maximum: FolderWalk.maximumEntries)) }
  }

  /// The names in a folder, as far as there is room for them.
  private mutating func entries(of folder: RawPath) throws(FileSystem.Failure) -> [FileSystem.Entry] {
    let entries = try FileSystem.entries(of: folder, upTo: room)
    room -= entries.count
    return entries
  }

  /// Plans the histories of a folder and of the folders below. Returns whether there is an SQL file in any.
  private mutating func walk(_ folder: RawPath, _ entries: [FileSystem.Entry], depth: Int) -> Bool {
    var content = FolderContent(folder, entries, of: project, baseline)
    content.leaveOut(exclusions)
    let position = plans.count
    let read = { @Sendable [baseline] (path: RawPath, refusal: String?) in
      FolderFile(path: path, content: nil, isReported: true, unreadable: refusal).beside(baseline)
    }
    let makeFile = { @Sendable [project] (path: RawPath) in read(path, project.refusal(of: path)) }
    var plan = plan(
      MigrationFolder(
        path: folder,
        files: content.files.map { read($0, content.refusedFiles[$0]) },
        subfolders: content.subfolders + content.subfoldersOfBranch,
        exclusions: exclusions,
        project: project,
        baseline: baseline,
        makeFile: makeFile
      )
    )
    plan.ignored += content.hidden
    for (path, reason) in content.refusedFolders { plan.refuse(path, because: reason) }
    var hasFiles = content.hasFiles || plan.hasFiles
    for subfolder in content.subfolders {
      let isTaken = takenSubfolders.contains(subfolder)
      if isTaken {
        lookInto(subfolder, for: &plan)
        continue
      }
      if descend(into: subfolder, depth: depth + 1, besides: &plan) {
        hasFiles = true
        continue
      }
      guard subfolder.name.isSQLFileName else { continue }
      plan.ignored.append(History.IgnoredFile(path: subfolder.text, reason: "it is a folder, with no SQL file in it"))
    }
    let others = content.otherDialects.filter { self.hasFiles(in: $0.path, depth: depth + 1) }
      .map { History.IgnoredFile(path: $0.path.text, reason: $0.reason) }
    // The history that is for PostgreSQL tells of them.
    if plan.isEmpty, plans.indices.contains(position) {
      plans[position].ignored += others
    } else {
      plan.ignored += others
    }
    if !plan.isEmpty { plans.insert(plan, at: position) }
    return hasFiles || !plan.refused.isEmpty
  }

  /// The history of one folder, with what its runner takes from the folders below.
  private mutating func plan(_ folder: MigrationFolder, by known: RecognisedRunner? = nil) -> HistoryPlan {
    let asked = runner.map { RecognisedRunner($0, "it was asked for", in: folder) }
    let recognised = asked ?? known ?? RecognisedRunner(in: folder)
    var files = recognised.files
    files.setAside += folder.otherDialects
    takenSubfolders.formUnion(files.subfolders)
    return HistoryPlan(
      files,
      of: recognised.runner,
      because: recognised.evidence,
      in: folder.path,
      branch: baseline?.name,
      keepsAll: start?.isVersion == true
    )
  }

  /// Plans the histories of a folder below. Returns whether there is an SQL file in it, as far as can be seen.
  private mutating func descend(into folder: RawPath, depth: Int, besides plan: inout HistoryPlan) -> Bool {
    guard let entries = open(folder, depth: depth, for: &plan) else { return true }
    return walk(folder, entries, depth: depth)
  }

  /// Whether there is an SQL file in a folder that is not read, or below it.
  private mutating func hasFiles(in folder: RawPath, depth: Int) -> Bool {
    var other = self
    var plan = HistoryPlan(RunnerFiles(), of: Runner(Plain()), because: "", in: folder)
    defer { room = other.room }
    return other.descend(into: folder, depth: depth, besides: &plan)
  }

  /// Says what the runner cannot see in a folder of its history and in the folders below.
  private mutating func lookInto(_ folder: RawPath, for plan: inout HistoryPlan) {
    var folders = [(path: folder, depth: 1)]
    while let (path, depth) = folders.popLast() {
      guard let entries = open(path, depth: depth, for: &plan) else { continue }
      var content = FolderContent(path, entries, of: project, nil)
      content.leaveOut(exclusions)
      for (path, reason) in content.refusedFolders { plan.refuse(path, because: reason) }
      folders += content.subfolders.map { ($0, depth + 1) }
    }
  }

  /// The names in a folder of a history; `nil` where it is walked already, and where it cannot be, which is said.
  private mutating func open(
    _ folder: RawPath,
    depth: Int,
    for plan: inout HistoryPlan
  ) -> [FileSystem.Entry]? {
    guard depth < FolderWalk.maximumDepth else {
      plan.refuse(folder, because: "it lies more than \(FolderWalk.maximumDepth) folders deep, and is not read")
      return nil
    }
    do throws(FileSystem.Failure) {
      guard visited.insert(try FileSystem.inspect(folder).identity).inserted else { return nil }
      return try entries(of: folder)
    } catch {
      if error.code == FileSystem.Failure.tooMany.code {
        room = 0
      } else {
        plan.refuse(folder, because: "the folder cannot be read: \(error.message)")
      }
      return nil
    }
  }

  // MARK: - Files

  /// The whole folder is the history where a runner is known, or the user says which. Else plain files stand for
  /// themselves and for those that were given with them.
  private mutating func plan(_ group: FileGroup) {
    var given = group.files.filter { !exclusions.leaveOut($0.path) }
    if let identity = group.identity, visited.contains(identity) {
      given.removeAll { $0.content == nil && $0.path.name.isSQLFileName }
    }
    guard !given.isEmpty else { return }
    let reported = Dictionary(given.map { ($0.path, $0) }) { first, _ in first }
    let read = { @Sendable [baseline] (path: RawPath, refusal: String?) in
      (reported[path] ?? FolderFile(path: path, content: nil, isReported: false, unreadable: refusal)).beside(baseline)
    }
    let makeFile = { @Sendable [project] (path: RawPath) in read(path, project.refusal(of: path)) }
    guard let entries = entries(around: group) else { return }
    var content = FolderContent(group.folder, entries, of: project, baseline)
    content.leaveOut(exclusions)
    let direct = given.filter { $0.path.folder == group.folder }.map(\.path)
    let names = Set(direct.map(\.name))
    let paths = (content.files.filter { !names.contains($0.name) } + direct)
      .sorted { NaturalOrder.precedes($0.name, $1.name) }
    let folder = MigrationFolder(
      path: group.folder,
      files: paths.map { read($0, content.refusedFiles[$0]) },
      subfolders: content.subfolders + content.subfoldersOfBranch,
      exclusions: exclusions,
      project: project,
      baseline: baseline,
      makeFile: makeFile
    )
    let recognised = runner == nil ? RecognisedRunner(in: folder) : nil
    if let recognised, recognised.runner == Runner(Plain()) {
      let known = Dictionary(folder.files.map { ($0.path, $0) }) { first, _ in first }
      let others = Set(folder.otherDialects.map(\.file.path))
      let alone = MigrationFolder(
        path: group.folder,
        files: given.filter { !others.contains($0.path) }.map { known[$0.path] ?? read($0.path, nil) }
          .sorted { NaturalOrder.precedes($0.path.name, $1.path.name) },
        subfolders: [],
        exclusions: exclusions,
        project: project,
        baseline: baseline,
        makeFile: makeFile
      )
      // What is for other systems tells of the runner too.
      let isTold = folder.otherDialects.isEmpty
      var plan = plan(alone, by: isTold ? nil : RecognisedRunner(recognised.runner, recognised.evidence, in: alone))
      plan.ignored += folder.otherDialects.filter { reported[$0.file.path] != nil }
        .map { History.IgnoredFile(path: $0.file.path.text, reason: $0.reason) }
      plans.append(plan)
    } else {
      var whole = plan(folder)
      for (path, reason) in content.refusedFolders { whole.refuse(path, because: reason) }
      for subfolder in content.subfolders where takenSubfolders.contains(subfolder) {
        lookInto(subfolder, for: &whole)
      }
      plans.append(whole)
    }
  }

  /// The names beside files that were given; `nil` where they cannot be read, so that the history is not known.
  private mutating func entries(around group: FileGroup) -> [FileSystem.Entry]? {
    // Text may belong to a folder that does not exist.
    guard group.identity != nil else { return [] }
    do throws(FileSystem.Failure) {
      return try entries(of: group.folder)
    } catch {
      problems.append(
        error == .tooMany
          ? .tooManyEntries(folder: group.folder.text, maximum: FolderWalk.maximumEntries)
          : .refused(path: group.folder.text, reason: error.message)
      )
      return nil
    }
  }
}

extension HistoryPlan {
  fileprivate var isEmpty: Bool { pairs.isEmpty && orphanedDowns.isEmpty && ignored.isEmpty && refused.isEmpty }
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
