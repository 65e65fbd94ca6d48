import Linting

/// Prisma Migrate: a folder with `migration.sql` for each migration, which is sent in one query.
///
/// Source: Prisma, `packages/migrate/src/utils/listMigrations.ts`; prisma-engines,
/// `schema-engine/commands/src/commands/apply_migrations.rs` and
/// `sql-schema-connector/src/flavour/postgres/connector/native/mod.rs`, `apply_migration_script`, up to 7.3.
struct Prisma: RunnerDefinition {
  let name = "prisma"
  let ownTables = ["_prisma_migrations"]
  let afterFailure = Migration.Failure(
    "`_prisma_migrations` says that it failed, so that nothing more runs",
    recovery: "run `prisma migrate resolve --rolled-back` with its name, fix the file, then `prisma migrate deploy`"
  )
  var usualMode: Migration.TransactionMode { .implicit }
  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.subfolders.count { folder.file("migration.sql", in: $0) != nil }
    if known > 0, folder.has("migration_lock.toml") {
      return "folders hold migration.sql, and there is migration_lock.toml"
    }
    return known > folder.files.count ? "folders hold migration.sql" : nil
  }

  /// It runs no `down.sql`, but its manual has people write one beside `migration.sql`.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["migration.sql": .up, "down.sql": .down]) { subfolder in
      let name = String(decoding: subfolder.name, as: UTF8.self)
      return (name.leadingDigits?.digits ?? name, name)
    }
  }

  // Source: `apply_migrations.rs` takes all folders whose names are not in its table.
  var lateVersions: History.ConflictPolicy? { .runs }
}
