import Linting

/// sqlx: `VERSION_name.sql`, or `VERSION_name.up.sql` with `VERSION_name.down.sql`; a file in one query and a transaction.
///
/// Source: sqlx, `sqlx-core/src/migrate/source.rs`, `resolve_blocking_with_config`; `sqlx-postgres/src/migrate.rs`.
struct Sqlx: RunnerDefinition {
  let name = "sqlx"
  let ownTables = ["_sqlx_migrations"]
  let afterFailure = Migration.Failure(
    "`_sqlx_migrations` does not name it",
    recovery: "fix the file and run `sqlx migrate run` again"
  )
  let afterFailureApart: Migration.Failure? = Migration.Failure(
    "`_sqlx_migrations` says that it failed, so that nothing more runs",
    recovery: "delete its row from `_sqlx_migrations`, fix the file and run `sqlx migrate run` again"
  )
  var sendsByteOrderMarks: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    let isTemplate = folder.hasDirective {
      guard let comment = $0.dropping(prefix: "--")?.trimmed else { return false }
      return [
        "no-transaction", "Add migration script here", "Add up migration script here",
        "Add down migration script here",
      ].contains(String(comment))
    }
    if isTemplate { return "files hold comments that sqlx writes or reads" }
    // Diesel and refinery name their files otherwise.
    guard folder.files.contains(where: { $0.stem.partedAtUnderscore?.head.isDigits == true }) else { return nil }
    let isConfigured = ["../.sqlx", "../sqlx.toml", "../../.sqlx", "../../sqlx.toml"].contains(where: folder.has)
    return isConfigured ? "files are named VERSION_name.sql, and there is .sqlx or sqlx.toml" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(
      by: name,
      expecting: "VERSION_name.sql, VERSION_name.up.sql or VERSION_name.down.sql",
      upTo: UInt64(Int64.max),
      // What has no underscore it passes over.
      isRefused: { $0.contains("_") }
    ) { stem in
      guard let (digits, name) = stem.partedAtUnderscore, digits.isDigits else { return nil }
      if name.hasSuffix(".down") {
        return FileName(version: digits, name: String(name.dropLast(5)), direction: .down, key: digits)
      }
      return FileName(version: digits, name: name.hasSuffix(".up") ? String(name.dropLast(3)) : name, key: digits)
    }
  }

  // Source: `sqlx-postgres/src/migrate.rs`, `apply`: the second one meets the key of its table;
  // `sqlx-core/src/migrate/migrator.rs`, `run_direct`, runs all that is not in the table.
  var equalVersions: History.ConflictPolicy? { .runs }
  var lateVersions: History.ConflictPolicy? { .runs }
  // Source: `migrator.rs`, `run_direct`: `VersionMismatch`.
  var verifiesText: Bool { true }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    let optsOut = text.utf8.starts(with: "-- no-transaction".utf8)
    return whole(text, name, optsOut ? .implicit : .wrapped)
  }
}
