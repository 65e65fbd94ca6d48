import Analysis

/// Which files a history is read from, and in which order, before any of them is opened.
struct HistoryPlan: Sendable {
  struct File: Hashable, Sendable {
    let path: RawPath
    let name: FileName
    /// The text, where it does not come from the file.
    var content: [UInt8]?
    var isReported: Bool
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
  var pairs: [Pair] = []
  var orphanedDowns: [File] = []
  var ignored: [History.IgnoredFile] = []
  /// Whether there is a file that leads down, read or not.
  let hasDowns: Bool

  /// The files of one folder as `runner` runs them.
  init(_ files: RunnerFiles, of runner: Runner, because evidence: String, in folder: RawPath) {
    self.runner = runner
    self.evidence = evidence
    self.folder = folder.text
    let planned = files.files.map {
      File(path: $0.file.path, name: $0.name, content: $0.file.content, isReported: $0.file.isReported)
    }
    hasDowns = planned.contains { $0.name.direction == .down }
    ignored = files.ignored.filter(\.file.isReported)
      .map { History.IgnoredFile(path: $0.file.path.text, reason: $0.reason) }
    pair(planned.filter { $0.name.direction == .up }, with: planned.filter { $0.name.direction == .down })
    leaveOutWhatIsNotReported()
  }

  /// Two files of one version stay both, in their order.
  private mutating func pair(_ ups: [File], with downs: [File]) {
    pairs = ups.map { Pair(up: $0, down: nil) }
    var waiting = Dictionary(grouping: pairs.indices) { pairs[$0].up.name.key }
    // The down file of the same name first, so that of two files of one version each gets its own.
    let isOwn = { [pairs] (index: Int, down: File) in pairs[index].up.name.name == down.name.name }
    var left: [File] = []
    for down in downs {
      if let position = waiting[down.name.key]?.firstIndex(where: { isOwn($0, down) }),
        let index = waiting[down.name.key]?.remove(at: position)
      {
        pairs[index].down = down
      } else {
        left.append(down)
      }
    }
    for down in left {
      if let index = waiting[down.name.key]?.first {
        waiting[down.name.key]?.removeFirst()
        pairs[index].down = down
      } else {
        orphanedDowns.append(down)
      }
    }
  }

  /// What comes after the last file that was asked for changes nothing about it; a down file matters only to its up
  /// file's way back.
  private mutating func leaveOutWhatIsNotReported() {
    orphanedDowns.removeAll { !$0.isReported }
    for index in pairs.indices where !pairs[index].isReported { pairs[index].down = nil }
    // An orphan runs after all that there is.
    guard orphanedDowns.isEmpty else { return }
    let end = pairs.lastIndex(where: \.isReported).map { $0 + 1 } ?? 0
    pairs.removeSubrange(end...)
  }
}

extension HistoryPlan.Pair {
  fileprivate var isReported: Bool { up.isReported || down?.isReported ?? false }
}

/// A file of a folder that may be a migration.
struct FolderFile: Hashable, Sendable {
  let path: RawPath
  var content: [UInt8]?
  var isReported: Bool
}
