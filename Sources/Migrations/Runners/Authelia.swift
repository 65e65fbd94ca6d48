import Linting

/// Authelia's own: `V0001.Name.up.sql` and `V0001.Name.down.sql`; before 4.38 with the database in the name,
/// `V0001.Name.postgres.up.sql`. A file in one query, all files of a run in one transaction.
///
/// Source: Authelia, `internal/storage/migrations.go` and `const.go`; `internal/storage/sql_provider_schema.go`,
/// `SchemaMigrate`.
struct Authelia: RunnerDefinition {
  let name = "authelia"
  let ownTables = ["migrations"]
  let afterFailure = Migration.Failure(
    "Authelia does not start",
    recovery: "go back to the version before it"
  )

  func evidence(in folder: MigrationFolder) -> String? {
    !folder.files.isEmpty && folder.files.allSatisfy { $0.hasExactExtension && Name($0.stem) != nil }
      ? "all files are named V0001.Name.up.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    var others: [FolderFile] = []
    let own = folder.files.filter { file in
      let database = Name(file.stem)?.database ?? String(decoding: folder.path.name, as: UTF8.self)
      guard ["mysql", "sqlite", "mssql"].contains(database) else { return true }
      others.append(file)
      return false
    }
    var result = folder.holding(own).numbered(
      by: "Authelia",
      expecting: "V0001.Name.up.sql or V0001.Name.down.sql",
      upTo: 9999,
      isRefused: { _ in true },
      { Name($0)?.fileName }
    )
    result.setAside = others.map { ($0, "it is for another database than PostgreSQL") }
    return result
  }

  // Source: `migrations.go`, `loadMigrations`: what comes after the version of the database runs. Nothing looks for two of
  // one version.
  var lateVersions: History.ConflictPolicy? { .skips }
  var joinsMigrations: Bool { true }

  /// `V0001.Name.up`, or `V0001.Name.postgres.up`.
  private struct Name {
    let fileName: FileName
    let database: String?

    init?(_ stem: String) {
      let parts = stem.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard (3...4).contains(parts.count), parts[0].first == "V", !parts[1].isEmpty,
        let direction = parts.last.flatMap(Migration.Direction.init)
      else { return nil }
      let digits = String(parts[0].dropFirst())
      guard digits.isDigits, digits.count == 4 else { return nil }
      database = parts.count == 4 ? parts[2] : nil
      guard database.map(["all", "postgres", "mysql", "sqlite"].contains) ?? true else { return nil }
      fileName = FileName(version: digits, name: parts[1], direction: direction, key: digits)
    }
  }
}
