import Linting

/// sqitch: `sqitch.plan` lists changes, whose scripts are in `deploy`, `revert` and `verify`; psql runs them statement by
/// statement, and they say BEGIN and COMMIT themselves.
///
/// Source: sqitch 1.3.1, `lib/App/Sqitch/Plan.pm`, `Plan/Change.pm` and `Engine/pg.pm`.
struct Sqitch: RunnerDefinition {
  let name = "sqitch"
  let ownTables = ["sqitch.*"]
  let afterFailure = Migration.Failure(
    "Sqitch reverts the changes that it deployed before it in this run",
    recovery: "undo by hand what the script did outside of BEGIN and COMMIT, fix it and run `sqitch deploy` again"
  )
  var usualMode: Migration.TransactionMode { .none }
  var usesPsql: Bool { true }
  var reworksMigrations: Bool { true }
  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    SqitchLayout(of: folder).map { "there is \($0.plan)" }
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    guard let layout = SqitchLayout(of: folder) else { return RunnerFiles() }
    var result = RunnerFiles()
    var listing = FolderListing(of: folder)
    result.subfolders = folder.subfolders.filter { layout.folders.contains(String(decoding: $0.name, as: UTF8.self)) }
    for change in Self.changes(in: folder.text(of: layout.plan) ?? "") {
      /// A script's file, where it is in one of these folders.
      func file(_ script: String, in places: [String]) -> FolderFile? {
        for place in places {
          if let file = listing.file("\(place)/\(script).\(layout.fileExtension)") { return file }
        }
        return nil
      }
      let isReworked = !change.reworkedScripts.isEmpty
      let deploys = isReworked ? layout.reworkedDeploy : [layout.deploy]
      let scripts = isReworked ? change.reworkedScripts : [change.name]
      var found: (script: String, file: FolderFile)?
      for script in scripts where found == nil { found = file(script, in: deploys).map { (script, $0) } }
      guard let script = found?.script ?? scripts.first else { continue }
      let reverts = isReworked ? layout.reworkedRevert : [layout.revert]
      for (places, direction) in [(deploys, Migration.Direction.up), (reverts, .down)] {
        /// psql fails where the plan names a script that is not there; reading it will say so.
        func missing() -> FolderFile {
          FolderFile(path: layout.path(of: script, in: places, of: folder), content: nil, isReported: true)
        }
        guard let file = direction == .up ? found?.file ?? missing() : file(script, in: places) else { continue }
        let name = FileName(version: nil, name: script, direction: direction, key: script)
        result.files.append(.init(file: file, name: name))
      }
    }
    let planned = Set(result.files.map(\.file.path))
    let scripts = result.subfolders.filter { layout.leadsUp($0) }.flatMap(folder.filesBelow)
    result.ignored = scripts.filter { !planned.contains($0.path) }
      .map { ($0, "sqitch does not run it: \(layout.plan) does not name it") }
    return result
  }

  struct Change: Hashable {
    let name: String
    /// The tags after it, before the next change.
    fileprivate(set) var tags: [String] = []
    /// The names that its scripts may have where the change is made anew later, the one that counts first.
    fileprivate(set) var reworkedScripts: [String] = []
  }

  /// The changes of a plan in their order. What was before a change was reworked has its scripts under `name@tag`: the
  /// newest tag before the rework whose file there is.
  static func changes(in plan: String) -> [Change] {
    var changes: [Change] = []
    /// Where a name was last.
    var positions: [String: Int] = [:]
    // By bytes: a plan has a line for each change that ever was.
    for line in plan.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let line = Substring(line).trimmed
      guard let first = line.first, first != "#", first != "%" else { continue }
      // An operator may precede it; `-` changes nothing about how the change is deployed.
      let entry = first == "+" || first == "-" ? line.dropFirst().trimmed : line
      let word = String(entry.prefix { !$0.isWhitespace })
      if first == "@" {
        if let last = changes.indices.last { changes[last].tags.append(word) }
        continue
      }
      if let earlier = positions[word] {
        changes[earlier].reworkedScripts = changes[earlier...].reversed().flatMap(\.tags).map { word + $0 }
      }
      positions[word] = changes.count
      changes.append(Change(name: word))
    }
    return changes
  }
}
