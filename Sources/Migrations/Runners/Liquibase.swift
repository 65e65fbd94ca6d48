import Linting

/// Liquibase's formatted SQL: changesets in files, statement by statement in a transaction each. A file without its first
/// line is one changeset.
///
/// Source: Liquibase, `parser/AbstractFormattedChangeLogParser`, `parser/core/sql/SqlChangeLogParser`,
/// `changelog/ChangeSet`, `util/StringUtil`.
struct Liquibase: RunnerDefinition {
  let name = "liquibase"
  let ownTables = ["databasechangelog", "databasechangeloglock"]
  let afterFailure = Migration.Failure(
    "`databasechangelog` does not name the changeset",
    recovery: "fix it and run `liquibase update` again"
  )
  let afterFailureApart: Migration.Failure? = Migration.Failure(
    "`databasechangelog` does not name the changeset, though some of it has run",
    recovery: "undo by hand what it did, fix it and run `liquibase update` again"
  )
  var leavesOutText: Bool { true }
  var sendsSectionsWhole: Bool { false }

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective(LiquibaseChangelog.isHeader) ? "files hold `--liquibase formatted sql`" : nil
  }

  /// As `includeAll` takes them: in the order of their names as text.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    RunnerFiles(
      files: folder.files.map { file in
        let (digits, rest) = file.stem.leadingDigits ?? ("", file.stem)
        let name = FileName(
          version: digits.isEmpty ? nil : digits,
          name: String(rest.drop { $0 == "_" || $0 == "-" }),
          key: String(decoding: file.name, as: UTF8.self)
        )
        return .init(file: file, name: name)
      }
    ).inTextOrder
  }

  // Source: issue 3790: the same author and id twice in a file; a changeset runs unless its table has it.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .runs }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    guard let first = text.lines.first(where: { !$0.text.isEmpty }) else { return [] }
    guard LiquibaseChangelog.isHeader(first.text) else {
      // Its author and id are always these.
      var sections = whole(text, name, .wrapped)
      sections[0].version = "includeAll:raw"
      return sections
    }
    return LiquibaseChangelog(text).sections
  }
}
