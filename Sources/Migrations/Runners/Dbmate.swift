import Linting

/// dbmate: one file for both directions, each sent in one query.
///
/// Source: dbmate, `pkg/dbmate/migration.go`, `parseMigrationContents`; `pkg/dbmate/db.go`, `FindMigrations`.
struct Dbmate: RunnerDefinition {
  let name = "dbmate"
  let ownTables = ["schema_migrations"]
  let afterFailure = Migration.Failure(
    "`schema_migrations` does not name it",
    recovery: "fix the file and run `dbmate up` again"
  )

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.directive(in: $0)?.direction == .up } ? "files hold `-- migrate:up`" : nil
  }

  /// The version is text to it: `001` is another one than `1`.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.named(by: name, expecting: "VERSION_name.sql, beginning with digits") { stem in
      guard let (digits, rest) = stem.leadingDigits else { return nil }
      return FileName(version: digits, name: String(rest.drop { $0 == "_" }), key: digits)
    }.inTextOrder
  }

  // Source: `db.go`, `Migrate`: the second one meets the key of its table; all that is not in the table runs, unless
  // `--strict` is given.
  var equalVersions: History.ConflictPolicy? { .runs }
  var lateVersions: History.ConflictPolicy? { .runs }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    var sections: [Section] = []
    for line in text.lines {
      if !line.isIndented, line.isComment, let (direction, options) = Self.directive(in: line.text) {
        let isWrapped = options.last { $0.hasPrefix("transaction:") } != "transaction:false"
        // Without a transaction several statements still come in one query, which is an implicit one.
        sections.append(Section(direction: direction, ranges: [], transactionMode: isWrapped ? .wrapped : .implicit))
      } else {
        sections.appendToLast(line.range)
      }
    }
    return sections
  }

  private static func directive(in line: Substring) -> (direction: Migration.Direction, options: [Substring])? {
    guard line.hasPrefix("--") else { return nil }
    let rest = line.dropFirst(2).drop(while: \.isWhitespace)
    // Splitting all comments of a history into words would take longer than lexing it.
    guard rest.hasPrefix("migrate:") else { return nil }
    let words = rest.split(whereSeparator: \.isWhitespace)
    switch words.first {
    case "migrate:up": return (.up, Array(words.dropFirst()))
    case "migrate:down": return (.down, Array(words.dropFirst()))
    default: return nil
    }
  }
}
