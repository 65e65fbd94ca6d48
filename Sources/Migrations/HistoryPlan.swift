import Linting

/// Which files a history is read from, and in which order, before any of them is opened.
struct HistoryPlan: Sendable {
  struct File: Hashable, Sendable {
    let path: RawPath
    let name: FileName
    /// The text, where it does not come from the file.
    var content: [UInt8]?
    var isReported: Bool
    /// Compared with the branch that it will be merged into; `nil` where nobody asked.
    var status: Baseline.Status?
    /// Whether it is on that branch, and in no release.
    var isUnreleased = false
    /// The version of a released migration that comes after this new one.
    var overtakenBy: String?
    /// Why it is not to be read.
    var unreadable: String?
  }

  struct Pair: Hashable, Sendable {
    var up: File
    var down: File?
  }

  /// The folder that was looked at, for people.
  let folder: String
  let runner: Runner
  /// What told of the runner.
  let evidence: String
  /// What the runner does with a migration that comes before one that has run.
  let lateVersions: History.ConflictPolicy?
  var pairs: [Pair] = []
  var orphanedDowns: [File] = []
  var ignored: [History.IgnoredFile] = []
  /// The ignored ones that look like migrations.
  private(set) var misnamed: [(file: File, reason: String)] = []
  /// Folders that cannot be read, or are not followed: what is in them nobody knows.
  private(set) var refused: [(folder: File, reason: String)] = []
  /// The branch that the files are compared with, for people; `nil` where nobody asked.
  let branch: String?
  /// Whether there was anything to plan, reported or not.
  let hasFiles: Bool
  /// Whether there is a down migration, read or not.
  let hasDowns: Bool
  /// The highest version of those that are no change's own, where versions are numbers.
  private(set) var highestVersion: UInt64?

  /// The files of one folder as `runner` runs them.
  init(
    _ files: RunnerFiles,
    of runner: Runner,
    because evidence: String,
    in folder: RawPath,
    branch: String? = nil,
    keepsAll: Bool = false
  ) {
    self.branch = branch
    self.runner = runner
    self.evidence = evidence
    lateVersions = files.lateVersions ?? runner.definition.lateVersions
    self.folder = folder.text
    // Text that comes from no file has no name that could be wrong.
    let nameless = files.ignored.map(\.file).filter { $0.content != nil && !$0.path.name.isSQLFileName }
      .map { File($0, named: Plain.name(of: $0.path.name)) }
    let planned = files.files.map { File($0.file, named: $0.name) } + nameless
    hasFiles = !planned.isEmpty || !files.ignored.isEmpty
    hasDowns = planned.contains { $0.name.direction == .down }
    func isShown(_ file: FolderFile) -> Bool { file.isReported && file.status?.isHere != false }
    let left = files.ignored.filter { file, _ in isShown(file) && !nameless.contains { $0.path == file.path } }
    ignored = (left + files.setAside.filter { isShown($0.file) }).map {
      History.IgnoredFile(path: $0.file.path.text, reason: $0.reason)
    }
    misnamed = left.filter { $0.file.looksLikeMigration && $0.file.status != .released }
      .map { (File($0.file, named: Plain.name(of: $0.file.path.name)), $0.reason) }
    pair(planned.filter { $0.name.direction == .up }, with: planned.filter { $0.name.direction == .down })
    settleStatuses()
    highestVersion = pairs.map(\.up).filter { $0.status != .new }.compactMap { $0.name.version.flatMap { UInt64($0) } }
      .max()
    if !keepsAll { leaveOutWhatIsNotReported() }
  }

  /// Tells of a folder that is not read.
  mutating func refuse(_ folder: RawPath, because reason: String) {
    let file = FolderFile(path: folder, content: nil, isReported: true, unreadable: reason)
    refused.append((File(file, named: Plain.name(of: folder.name)), reason))
  }

  /// Two files of one version stay both, in their order.
  private mutating func pair(_ ups: [File], with downs: [File]) {
    pairs = ups.map { Pair(up: $0, down: nil) }
    // The down file of the same name first, so that of two files of one version each gets its own. The first file of
    // each is the last one in its list.
    var named = Dictionary(grouping: pairs.indices.reversed()) { [pairs[$0].up.name.key, pairs[$0].up.name.name] }
    var left: [File] = []
    for down in downs {
      if let index = named[[down.name.key, down.name.name]]?.popLast() {
        pairs[index].down = down
      } else {
        left.append(down)
      }
    }
    let free = pairs.indices.reversed().filter { pairs[$0].down == nil }
    var waiting = Dictionary(grouping: free) { pairs[$0].up.name.key }
    for down in left {
      if let index = waiting[down.name.key]?.popLast() {
        pairs[index].down = down
      } else {
        orphanedDowns.append(down)
      }
    }
  }

  /// What comes after the last file that was asked for changes nothing about it; a down file matters only to its up
  /// file's down migration.
  private mutating func leaveOutWhatIsNotReported() {
    orphanedDowns.removeAll { !$0.isReported }
    for index in pairs.indices where !pairs[index].isReported { pairs[index].down = nil }
    // An orphan runs after all that there is.
    guard orphanedDowns.isEmpty else { return }
    // A migration of the same version as one of them is told of.
    let keys = Set(pairs.filter(\.isReported).map(\.up.name.key))
    let end = pairs.lastIndex { $0.isReported || keys.contains($0.up.name.key) }.map { $0 + 1 } ?? 0
    pairs.removeSubrange(end...)
  }
}

extension HistoryPlan.Pair {
  fileprivate var isReported: Bool { up.isReported || down?.isReported ?? false }
}

// MARK: - What is released

extension HistoryPlan {
  /// Takes a file under another name for the one that it was, and reports only what the change did.
  private mutating func settleStatuses() {
    guard pairs.contains(where: { $0.up.status != nil }) else { return }
    pairs.removeAll { $0.up.status == .withdrawn }
    orphanedDowns.removeAll { $0.status?.isHere == false || $0.status == .released }
    if runner.definition.reworksMigrations { followReworks() }
    followRenames()
    pairs.removeAll { $0.up.name.isRepeatable && $0.up.status == .deleted }
    var released = NextReleased()
    for index in pairs.indices.reversed() {
      if pairs[index].down?.status?.isHere == false, !isRollbackLost(pairs[index]) { pairs[index].down = nil }
      if pairs[index].up.status == .new { pairs[index].up.overtakenBy = released.name(after: pairs[index].up.name) }
      released.pass(pairs[index].up)
      if [.released, .ahead].contains(pairs[index].up.status) { pairs[index].up.isReported = false }
      if pairs[index].down?.status == .released { pairs[index].down?.isReported = false }
    }
  }

  /// Whether a migration that is released, and stays, has lost its down migration.
  private func isRollbackLost(_ pair: Pair) -> Bool { pair.up.status == .released && pair.down?.status == .deleted }

  /// The next released migrations, as the history is gone through from its end.
  private struct NextReleased {
    private var next: FileName?
    /// The next one with another key than that.
    private var other: FileName?

    mutating func pass(_ file: File) {
      guard file.status != .new, !file.isUnreleased, !file.name.isRepeatable else { return }
      if next?.key != file.name.key { other = next }
      next = file.name
    }

    /// The version of a released migration that comes after a new one; one of the same version is another matter.
    func name(after own: FileName) -> String? {
      guard !own.isRepeatable, let name = next?.key == own.key ? other : next else { return nil }
      // Where two have the same number, their names tell them apart.
      return name.version == own.version ? name.key : name.version ?? name.name
    }
  }

  /// Where the old text of a migration is in a new file, that is the one which is released.
  private mutating func followReworks() {
    let edited = pairs.indices.filter { if case .edited? = pairs[$0].up.status { true } else { false } }
    guard !edited.isEmpty else { return }
    var new: [[UInt8]: [Int]] = [:]
    for index in pairs.indices.reversed() where pairs[index].up.status == .new {
      if let text = try? FileSystem.read(pairs[index].up.path) { new[text.plainText, default: []].append(index) }
    }
    for index in edited {
      guard case .edited(let text)? = pairs[index].up.status, let old = new[text.plainText]?.popLast() else { continue }
      pairs[old].up.status = .released
      pairs[old].down?.status = .released
      pairs[index].up.status = .new
      pairs[index].down?.status = .new
    }
  }

  /// A runner knows a migration by its key alone.
  private mutating func followRenames() {
    let new = pairs.indices.filter { pairs[$0].up.status == .new }
    var waiting = Dictionary(grouping: new.reversed()) { pairs[$0].up.name.key }
    var renamed: Set<Int> = []
    for (position, pair) in pairs.enumerated().reversed() where pair.up.status == .deleted {
      guard let other = waiting[pair.up.name.key]?.popLast() else { continue }
      pairs[other].up.take(thePlaceOf: pair.up)
      if let down = pair.down {
        if pairs[other].down == nil { pairs[other].down = down } else { pairs[other].down?.take(thePlaceOf: down) }
      }
      renamed.insert(position)
    }
    pairs = pairs.enumerated().filter { !renamed.contains($0.offset) }.map(\.element)
    followRenamesOfDowns()
  }

  /// A down migration that has another name than its up migration is found by the key, too.
  private mutating func followRenamesOfDowns() {
    let new = orphanedDowns.indices.filter { orphanedDowns[$0].status == .new }
    guard !new.isEmpty else { return }
    var waiting = Dictionary(grouping: new.reversed()) { orphanedDowns[$0].name.key }
    var found: Set<Int> = []
    for index in pairs.indices where pairs[index].up.status?.isHere == true {
      guard let lost = pairs[index].down, lost.status == .deleted,
        let position = waiting[lost.name.key]?.popLast()
      else { continue }
      var down = orphanedDowns[position]
      down.take(thePlaceOf: lost)
      pairs[index].down = down
      found.insert(position)
    }
    orphanedDowns = orphanedDowns.enumerated().filter { !found.contains($0.offset) }.map(\.element)
  }
}

/// A file of a folder that may be a migration.
struct FolderFile: Hashable, Sendable {
  let path: RawPath
  var content: [UInt8]?
  var isReported: Bool
  /// Compared with the branch that it will be merged into; `nil` where nobody asked.
  var status: Baseline.Status?
  /// Whether it is on that branch, and in no release.
  var isUnreleased = false
  /// Why it is not to be read; `nil` where nothing is known against it.
  var unreadable: String?
  /// The name without the database system, where files beside it are for others.
  var nameInPostgreSQL: [UInt8]?

  /// The name as runners read it.
  var name: [UInt8] { nameInPostgreSQL ?? path.name }

  /// What it holds; `nil` where it cannot be read.
  var bytes: [UInt8]? {
    if let content { return content }
    return unreadable == nil ? try? FileSystem.read(path) : nil
  }
}

extension Baseline.Status {
  /// Whether the file is here, and not on the branch alone.
  fileprivate var isHere: Bool { ![.deleted, .ahead, .withdrawn].contains(self) }
}

extension HistoryPlan.File {
  /// It is another file of the branch under a new name.
  fileprivate mutating func take(thePlaceOf old: Self) {
    guard let before = old.content else { return status = .unknown }
    let here = content ?? (try? FileSystem.read(path))
    status = here?.isSameText(as: before) == true ? .released : .edited(from: before)
  }

  fileprivate init(_ file: FolderFile, named name: FileName) {
    self.init(
      path: file.path,
      name: name,
      content: file.content,
      isReported: file.isReported,
      status: file.status,
      isUnreleased: file.isUnreleased,
      unreadable: file.unreadable
    )
  }
}

extension FolderFile {
  /// Whether the name begins as the versions of migrations do, or says a direction: somebody meant it to be run.
  fileprivate var looksLikeMigration: Bool {
    let stem = stem.lowercased()
    let digits = stem.drop { "vur".contains($0) }
    let isVersion = stem.utf8.count - digits.utf8.count <= 1 && digits.first?.isNumber == true
    return isVersion || stem.hasSuffix(".up") || stem.hasSuffix(".down")
  }

  /// The same with its status, and with the text that the branch has where there is none here.
  func beside(_ baseline: Baseline?) -> FolderFile {
    // Of a file that leads elsewhere no status is known, so that it is reported.
    guard let baseline, unreadable == nil else { return self }
    var file = self
    let status = baseline.status(of: path, content: content)
    file.status = status
    file.isUnreleased = !baseline.isReleased(path)
    if status == .deleted || status == .ahead {
      file.content = baseline.text(of: path)
      if file.content == nil { file.status = .unknown }
    }
    return file
  }
}
