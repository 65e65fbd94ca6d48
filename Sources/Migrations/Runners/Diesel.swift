import Linting

/// diesel: a folder with `up.sql` and `down.sql` for each migration; a file in one query and a transaction.
///
/// Source: diesel, `diesel_migrations/src/file_based_migrations.rs`; `diesel_migrations/migrations_internals/src/lib.rs`.
struct Diesel: RunnerDefinition {
  let name = "diesel"
  let ownTables = ["__diesel_schema_migrations"]
  let afterFailure = Migration.Failure(
    "`__diesel_schema_migrations` does not name it",
    recovery: "fix the file and run `diesel migration run` again"
  )

  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.subfolders.filter { folder.file("up.sql", in: $0) != nil }
    if !known.isEmpty, ["../diesel.toml", "../../diesel.toml"].contains(where: folder.has) {
      return "folders hold up.sql, and there is diesel.toml"
    }
    let isNamed = known.count > folder.files.count && known.contains(where: Self.hasDieselName)
    return isNamed ? "folders named VERSION_name hold up.sql" : nil
  }

  /// Every folder that holds `up.sql`, whatever its name. Versions are text.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["up.sql": .up, "down.sql": .down]) { subfolder in
      let name = String(decoding: subfolder.name, as: UTF8.self)
      let version = name.partedAtUnderscore?.head ?? name
      return (version, version.filter { $0 != "-" })
    }
  }

  // Source: `file_based_migrations.rs` keeps one of the folders that have a version; `migration_harness.rs`,
  // `pending_migrations`, takes all that is not in the table.
  var equalVersions: History.ConflictPolicy? { .skips }
  var lateVersions: History.ConflictPolicy? { .runs }

  func transactionMode(besides file: RawPath) -> Migration.TransactionMode? {
    let metadata = file.folder.appending(Array("metadata.toml".utf8))
    guard let bytes = try? FileSystem.read(metadata) else { return nil }
    // A key that is not there is false to it. Without a transaction the file still comes in one query.
    return Self.runsInTransaction(metadata: String(decoding: bytes, as: UTF8.self)) ? nil : .implicit
  }

  private static func runsInTransaction(metadata: String) -> Bool {
    let lines = metadata.split(whereSeparator: \.isNewline).map(\.trimmed)
    // What follows the first table's name belongs to the table.
    return lines.prefix { $0.first != "[" }.contains { line in
      let setting = line.prefix { $0 != "#" }.split(separator: "=").map(\.trimmed)
      return setting == ["run_in_transaction", "true"]
    }
  }

  /// `2024-02-12-120203_remove_index`, as diesel makes them.
  private static func hasDieselName(_ folder: RawPath) -> Bool {
    let version = String(decoding: folder.name, as: UTF8.self).partedAtUnderscore?.head ?? ""
    return version.contains(where: \.isNumber) && version.allSatisfy { $0.isASCII && $0.isNumber || $0 == "-" }
  }
}
