import Linting
import Syntax

/// The versions that migrations need so that they come after all that is released, and the commands that give them these.
struct Renumbering {
  /// One a line, in the order in which they can be run.
  let commands: [String]

  /// `nil` where versions are no numbers, or where the name of a file does not show its version.
  ///
  /// Of the migrations that a branch does not have, all are moved that come too early: they keep their order. Where nobody
  /// compares with a branch, the migration alone is.
  init?(of context: HistoryContext) {
    let pairs = context.history.migrations
    guard var last = context.history.origin?.highestVersion else { return nil }
    var commands: [String] = []
    let isNew = { (migration: Migration) in
      if case .new = migration.status { !migration.isRepeatable } else { false }
    }
    let isCompared = isNew(context.migration)
    for (index, pair) in pairs.enumerated() where isCompared ? isNew(pair.up) : index == context.index {
      guard let number = pair.up.number, let version = pair.up.version else { return nil }
      if isCompared, number > last {
        last = number
        continue
      }
      guard let next = Self.successor(of: last) else { return nil }
      last = next
      let text = String(next)
      let padded = String(repeating: "0", count: max(0, version.utf8.count - text.utf8.count)) + text
      var moves: [String] = []
      for path in [pair.up.path] + (pair.down.map { [$0.path] } ?? []) {
        guard let (old, new) = Self.move(path, from: version, to: padded) else { return nil }
        let command = "git mv \(old.shellWord) \(new.shellWord)"
        if !moves.contains(command) { moves.append(command) }
      }
      // A later one makes room first.
      commands = moves + commands
      // Each finding tells all of them.
      guard commands.count <= Self.maximumCommands else { return nil }
    }
    guard !commands.isEmpty else { return nil }
    self.commands = commands
  }

  private static let maximumCommands = 40

  /// The sentence with the commands below it.
  static func fix(_ sentence: String, for context: HistoryContext) -> Finding.Fix {
    guard let renumbering = Renumbering(of: context) else { return Finding.Fix(sentence) }
    return Finding.Fix("\(sentence):\n\(renumbering.commands.joined(separator: "\n"))")
  }

  /// The next version: the next second where versions are times, else the next number.
  static func successor(of number: UInt64) -> UInt64? {
    let (next, isTooLarge) = number.addingReportingOverflow(1)
    guard !isTooLarge else { return nil }
    let (date, time) = number.quotientAndRemainder(dividingBy: 1_000_000)
    let parts = (hour: time / 10_000, minute: time / 100 % 100, second: time % 100)
    guard let day = CalendarDate(parsing: String(date)), (1990...2100).contains(day.parts.year), parts.hour < 24,
      parts.minute < 60, parts.second < 60
    else { return next }
    let second = parts.hour * 3600 + parts.minute * 60 + parts.second + 1
    guard second < 86_400 else {
      return day.adding(months: 0, days: 1).map { next in
        UInt64(next.parts.year * 10_000 + next.parts.month * 100 + next.parts.day) * 1_000_000
      }
    }
    return date * 1_000_000 + second / 3600 * 10_000 + second / 60 % 60 * 100 + second % 60
  }

  /// What is moved where: the file, or the folder that is the migration.
  private static func move(_ path: String, from version: String, to new: String) -> (String, String)? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for index in parts.indices.suffix(2).reversed() {
      guard let name = renamed(parts[index], from: version, to: new) else { continue }
      let old = parts[...index].joined(separator: "/")
      parts[index] = name
      return (old, parts[...index].joined(separator: "/"))
    }
    return nil
  }

  /// The name with another version, which stands at its start, perhaps behind a letter.
  private static func renamed(_ name: String, from version: String, to new: String) -> String? {
    let prefix = name.prefix { $0.isLetter }
    let rest = name.dropFirst(prefix.count)
    guard prefix.count <= 1, rest.hasPrefix(version) else { return nil }
    let end = rest.dropFirst(version.count)
    guard end.first?.isNumber != true else { return nil }
    return prefix + new + end
  }
}

extension String {
  /// As a word of a shell.
  fileprivate var shellWord: String {
    let isPlain = allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._/-+=@".contains($0)) } && first != "-"
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
