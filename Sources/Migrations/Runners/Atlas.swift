import Linting

/// Atlas: every `.sql` file beside `atlas.sum`; each in a transaction, unless it says `-- atlas:txmode none`.
///
/// Source: Atlas, `sql/migrate/dir.go`, `LocalFile`; `sql/migrate/lex.go`; `sql/migrate/migrate.go`, `Pending`;
/// `cmd/atlas/internal/cmdapi/migrate.go`, `txmodeFor`.
struct Atlas: RunnerDefinition {
  let name = "atlas"
  let ownTables = ["atlas_schema_revisions"]
  let afterFailure = Migration.Failure(
    "`atlas_schema_revisions` says that it failed",
    recovery: "fix the file, run `atlas migrate hash`, then `atlas migrate apply`"
  )
  var leavesOutText: Bool { true }
  var sendsSectionsWhole: Bool { false }
  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? { folder.has("atlas.sum") ? "there is atlas.sum" : nil }

  /// The version is the text before the first underscore, whatever it is.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = folder.named(by: "Atlas", expecting: "anything.sql") { stem in
      let parts = stem.partedAtUnderscore
      return FileName(version: parts?.head ?? stem, name: parts?.tail ?? stem, key: parts?.head ?? stem)
    }.inTextOrder
    let checkpoints = result.files.indices.filter { index in
      folder.bytes(of: result.files[index].file).map { Directives(in: DirectiveLines($0)).isCheckpoint } ?? false
    }
    // A database that has migrations passes over them; in a new one the last stands for all before it.
    for index in checkpoints.reversed() where index > 0 {
      let reason = "it is a checkpoint, which stands for earlier migrations in a new database"
      result.setAside.append((result.files.remove(at: index).file, reason))
    }
    return result
  }

  // Source: `migrate.go`, `Pending`, with `--exec-order linear`, which is the default.
  var lateVersions: History.ConflictPolicy? { .refuses }
  // Source: `dir.go`, `Validate`, which holds the files to the sums in atlas.sum.
  var verifiesText: Bool { true }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    let directives = Directives(in: text)
    let mode: Migration.TransactionMode = directives.transactionMode == "none" ? .none : .wrapped
    let archive = directives.isArchive ? Self.parts(of: text, mode) : []
    guard archive.isEmpty else { return archive }
    var sections = whole(text, name, mode)
    if let delimiter = directives.delimiter, !sections.isEmpty {
      (sections[0].queries, sections[0].terminators) = Self.pieces(of: text, at: delimiter)
    }
    return sections
  }

  /// `migration.sql` and `down.sql` of an archive of files, each after `-- NAME --`.
  private static func parts(of text: DirectiveLines, _ mode: Migration.TransactionMode) -> [Section] {
    var sections: [Section] = []
    var isTaken = false
    for line in text.lines {
      if line.text.hasPrefix("-- "), line.text.hasSuffix(" --") {
        let name = line.text.dropFirst(3).dropLast(3).trimmed
        isTaken = name == "migration.sql" || name == "down.sql"
        guard isTaken else { continue }
        let direction: Migration.Direction = name == "down.sql" ? .down : .up
        sections.append(Section(direction: direction, ranges: [], transactionMode: mode))
      } else if isTaken {
        sections.appendToLast(line.range)
      }
    }
    return sections
  }

  /// What is between delimiters goes in one query.
  private static func pieces(
    of text: DirectiveLines,
    at delimiter: [UInt8]
  ) -> (queries: [Range<Int>], terminators: [Range<Int>]) {
    let start = text.lines.first?.range.upperBound ?? 0
    let terminators = text.utf8[start...].ranges(of: delimiter)
    let starts = [start] + terminators.map(\.upperBound)
    let ends = terminators.map(\.lowerBound) + [text.utf8.count]
    return (zip(starts, ends).map { $0..<$1 }, terminators)
  }

  /// What the comments at the head of a file say.
  private struct Directives {
    private(set) var transactionMode: Substring?
    private(set) var isCheckpoint = false
    private(set) var isArchive = false
    private(set) var delimiter: [UInt8]?

    init(in text: DirectiveLines) {
      let lines = text.lines
      if let rest = lines.first.flatMap({ $0.isIndented ? nil : $0.text.dropping(exactly: "-- atlas:delimiter ") }) {
        let escapes = [("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t")]
        let characters = escapes.reduce(String(rest)) { $0.replacing($1.0, with: $1.1) }
        delimiter = characters.isEmpty ? nil : Array(characters.utf8)
      }
      let head = lines.prefix { !$0.isIndented && ($0.text.hasPrefix("--") || $0.text.hasPrefix("#")) }
      // They count only where an empty line follows, which must end as lines do on Unix.
      guard head.count < lines.count, text.utf8[lines[head.count].range] == [UInt8(ascii: "\n")] else { return }
      for line in head {
        guard let mark = line.text.firstRange(of: "atlas:") else { continue }
        let words = line.text[mark.upperBound...]
        let value = words.drop { $0 != " " }.drop { $0 == " " }
        switch words.prefix(while: { $0 != " " }) {
        case "txmode": transactionMode = value
        case "checkpoint": isCheckpoint = true
        case "txtar": isArchive = true
        default: break
        }
      }
    }
  }
}
