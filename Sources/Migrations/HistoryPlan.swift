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

  var runner: Runner
  var pairs: [Pair] = []
  var orphanedDowns: [File] = []
  var ignored: [History.IgnoredFile] = []

  /// The files of one folder as `runner` runs them.
  init(_ files: [FolderFile], of runner: Runner) {
    self.runner = runner
    var ups: [File] = []
    var downs: [File] = []
    for file in files.sorted(by: { NaturalOrder.precedes($0.path.name, $1.path.name) }) {
      switch file.name(for: runner) {
      case .success(let name):
        let planned = File(path: file.path, name: name, content: file.content, isReported: file.isReported)
        if name.direction == .up { ups.append(planned) } else { downs.append(planned) }
      case .failure(let refusal):
        if file.isReported { ignored.append(History.IgnoredFile(path: file.path.text, reason: refusal.reason)) }
      }
    }
    pair(ups, with: downs)
    leaveOutWhatIsNotReported()
  }

  /// Two files of one version stay both, in the order of their names.
  private mutating func pair(_ ups: [File], with downs: [File]) {
    pairs = ups.sorted { left, right in
      guard let a = left.name.number, let b = right.name.number, a != b else {
        return NaturalOrder.precedes(left.path.name, right.path.name)
      }
      return a < b
    }.map { Pair(up: $0, down: nil) }
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

  fileprivate func name(for runner: Runner) -> Result<FileName, FileName.Refusal> {
    switch runner {
    case .plain: .success(FileName(plain: path.name))
    case .golangMigrate: Result { () throws(FileName.Refusal) in try FileName(golangMigrate: path.name) }
    }
  }
}

extension FileName {
  /// What an up and its down file share.
  fileprivate enum Key: Hashable {
    case number(UInt64)
    case name(String)
  }

  fileprivate var key: Key { number.map(Key.number) ?? .name(name) }
}

extension FileName.Refusal {
  fileprivate var reason: String {
    switch self {
    case .otherName:
      "golang-migrate does not run it: it is not named VERSION_name.up.sql or VERSION_name.down.sql"
    case .numberTooLarge:
      "golang-migrate refuses its version, which is greater than 18446744073709551615"
    }
  }
}

extension Runner {
  /// The runner of a folder with files of these names.
  static func recognised(by names: some Sequence<[UInt8]>) -> Runner {
    let isGolangMigrate = names.contains { name in
      do throws(FileName.Refusal) {
        _ = try FileName(golangMigrate: name)
        return true
      } catch {
        return error == .numberTooLarge
      }
    }
    return isGolangMigrate ? .golangMigrate : .plain
  }
}
