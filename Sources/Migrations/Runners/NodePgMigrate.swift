import Linting
import Syntax

/// node-pg-migrate's SQL files: `-- Up Migration` and `-- Down Migration` in one file, a part in one query, all of a run in
/// one transaction.
///
/// Source: node-pg-migrate, `src/sqlMigration.ts`; `src/migration.ts`, `getNumericPrefix`; `src/runner.ts`.
struct NodePgMigrate: RunnerDefinition {
  let name = "node-pg-migrate"
  let ownTables = ["pgmigrations"]
  let afterFailure = Migration.Failure(
    "`pgmigrations` names none of the migrations of this run",
    recovery: "fix the file and run `node-pg-migrate up` again"
  )

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.isMark("up", $0) } ? "files hold `-- Up Migration`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    let sorted = folder.files.enumerated().map { (order: Self.number(of: $1.stem), position: $0, file: $1) }
      .sorted { ($0.order, $0.position) < ($1.order, $1.position) }
    return RunnerFiles(
      files: sorted.map { _, _, file in
        let parts = file.stem.partedAtUnderscore.flatMap { $0.head.isDigits ? $0 : nil }
        // It knows a migration by its whole name.
        return .init(file: file, name: FileName(version: parts?.head, name: parts?.tail ?? file.stem, key: file.stem))
      }
    )
  }

  // Source: `runner.ts`, `checkOrder`, which is on by default. It knows migrations by their names, not by versions.
  var lateVersions: History.ConflictPolicy? { .refuses }
  var joinsMigrations: Bool { true }
  // Source: `pgm.noTransaction()` is for migrations in JavaScript and TypeScript; `sqlMigration.ts` knows none.
  var sendsWithoutTransaction: Bool { false }

  /// The first mark of each direction counts. A file without an up mark is an up migration as a whole.
  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    let lines = text.lines
    func start(of direction: String) -> Int? {
      lines.first { Self.isMark(direction, $0.text) }?.range.lowerBound
    }
    let end = text.utf8.count
    let (up, down) = (start(of: "up"), start(of: "down"))
    var sections = [section(.up, up ?? 0, upTo: up == nil ? end : down, end)]
    if let down { sections.append(section(.down, down, upTo: up, end)) }
    return sections
  }

  /// From one mark to the other, or to the end of the file where the other comes first.
  private func section(_ direction: Migration.Direction, _ start: Int, upTo other: Int?, _ end: Int) -> Section {
    let stop = other.map { $0 > start ? $0 : end } ?? end
    return Section(direction: direction, ranges: [start..<stop], transactionMode: .wrapped)
  }

  /// `--`, any spaces and hyphens, `up migration` and whatever follows.
  private static func isMark(_ direction: String, _ line: Substring) -> Bool {
    guard line.hasPrefix("--") else { return false }
    let words = line.drop { $0 == "-" || $0.isWhitespace }
    guard let rest = words.dropping(prefix: direction), rest.first?.isWhitespace == true else { return false }
    return rest.drop(while: \.isWhitespace).dropping(prefix: "migration") != nil
  }

  /// The milliseconds that the part before the first underscore stands for: 13 digits are those, 17 are
  /// `yyyymmddhhmmssSSS`, others are taken as they are.
  private static func number(of stem: String) -> Double {
    let prefix = stem.partedAtUnderscore?.head ?? stem
    guard prefix.isDigits else { return 0 }
    guard prefix.count == 17, let day = CalendarDate(parsing: String(prefix.prefix(8))) else {
      return Double(prefix) ?? 0
    }
    let digits = prefix.dropFirst(8).compactMap(\.wholeNumberValue)
    let seconds = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60 + digits[4] * 10 + digits[5]
    let milliseconds = digits[6] * 100 + digits[7] * 10 + digits[8]
    return Double((day.day * 86_400 + seconds) * 1000 + milliseconds)
  }
}
