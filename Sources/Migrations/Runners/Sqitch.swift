import Analysis

/// sqitch: `sqitch.plan` lists changes, whose scripts stand in `deploy`, `revert` and `verify`; psql runs them statement by
/// statement, and they say BEGIN and COMMIT themselves.
struct Sqitch: RunnerDefinition {
  let name = "sqitch"
  var usesPsql: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? { folder.has("sqitch.plan") ? "there is sqitch.plan" : nil }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    let changes = Self.changes(in: folder.text(of: "sqitch.plan") ?? "")
    var result = RunnerFiles()
    result.subfolders = folder.subfolders.filter {
      ["deploy", "revert", "verify"].contains(String(decoding: $0.name, as: UTF8.self))
    }
    for change in changes {
      for (part, direction) in [("deploy", Migration.Direction.up), ("revert", .down)] {
        guard let file = folder.file("\(part)/\(change.script).sql") else { continue }
        let name = FileName(version: nil, name: change.script, direction: direction, key: change.script)
        result.files.append(.init(file: file, name: name))
      }
    }
    return result
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .none) }

  struct Change: Hashable {
    let name: String
    /// The script's name: `change@tag` where the change is made anew after the tag.
    var script: String
  }

  /// The changes of a plan in their order. A change that comes again behind a tag is reworked: what it was before has
  /// its scripts under `name@tag`.
  static func changes(in plan: String) -> [Change] {
    var changes: [Change] = []
    var tags: [(name: String, position: Int)] = []
    for line in plan.split(whereSeparator: \.isNewline).map(\.trimmed) {
      guard let first = line.first, first != "#", first != "%" else { continue }
      let word = String(line.prefix { !$0.isWhitespace })
      if first == "@" {
        tags.append((word, changes.count))
        continue
      }
      if let earlier = changes.lastIndex(where: { $0.name == word }),
        let tag = tags.first(where: { $0.position > earlier })
      {
        changes[earlier].script = word + tag.name
      }
      changes.append(Change(name: word, script: word))
    }
    return changes
  }
}
