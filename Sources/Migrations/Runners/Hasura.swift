import Linting

/// Hasura: a folder `VERSION_name` with `up.sql` and `down.sql` for each migration; a file in one query and a transaction.
///
/// Source: Hasura, `cli/migrate/source/parse.go`, `cli/migrate/source/file/file.go` and
/// `cli/migrate/database/hasuradb/hasuradb.go`, `Run`; `server/src-lib/Hasura/Backends/Postgres/DDL/RunSQL.hs`.
struct Hasura: RunnerDefinition {
  let name = "hasura"
  let ownTables = ["hdb_catalog.*"]
  let afterFailure = Migration.Failure(
    "Hasura does not record it",
    recovery: "fix the file and run `hasura migrate apply` again"
  )

  var isToldByCompanion: Bool { true }
  // Source: graphql-engine, issue 2939, which is open.
  var sendsWithoutTransaction: Bool { false }

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.subfolders.compactMap { folder.file("up.sql", in: $0) == nil ? nil : Self.version(of: $0) }
    guard !known.isEmpty, known.count > folder.files.count else { return nil }
    // Hasura's own versions are milliseconds; other numbers diesel may have as well.
    if known.allSatisfy({ $0.count == 13 }) { return "folders named after milliseconds hold up.sql" }
    let configurations = ["../config.yaml", "../../config.yaml"].compactMap(folder.text)
    return configurations.contains { $0.contains("metadata_directory") }
      ? "folders hold up.sql, and config.yaml names a metadata_directory" : nil
  }

  /// Files `VERSION_name.up.sql` beside the folders count too.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    let inFolders = folder.foldered(["up.sql": .up, "down.sql": .down]) { subfolder in
      Self.version(of: subfolder).map { ($0, $0) }
    }
    var result = folder.named(by: "Hasura", expecting: "VERSION_name.up.sql, and not in a folder VERSION_name") {
      stem in
      guard let (digits, rest) = stem.partedAtUnderscore, digits.isDigits, let dot = rest.lastIndex(of: "."),
        let direction = Migration.Direction(rawValue: String(rest[rest.index(after: dot)...]))
      else { return nil }
      return FileName(version: digits, name: String(rest[..<dot]), direction: direction, key: digits)
    }
    result.subfolders = inFolders.subfolders
    let all = (inFolders.files + result.files).compactMap { file -> (number: UInt64, file: RunnerFiles.File)? in
      guard let number = UInt64(file.name.key) else { return nil }
      var name = file.name
      name.key = String(number)
      return (number, .init(file: file.file, name: name))
    }
    result.files = all.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
      .map(\.element.file)
    return result
  }

  // Source: `cli/migrate/source/migration.go`, `buildIndex`; `cli/migrate/migrate.go`, `readUp`.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .runs }

  private static func version(of folder: RawPath) -> String? {
    guard let (digits, _) = String(decoding: folder.name, as: UTF8.self).partedAtUnderscore, digits.isDigits,
      UInt64(digits) != nil
    else { return nil }
    return digits
  }
}
