import Analysis

/// Prisma Migrate: a folder with `migration.sql` for each migration, which is sent in one query. There is no way down.
struct Prisma: RunnerDefinition {
  let name = "prisma"

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.subfolders.count { folder.file("migration.sql", in: $0) != nil }
    guard known > folder.files.count else { return nil }
    return folder.has("migration_lock.toml")
      ? "folders hold migration.sql, and there is migration_lock.toml" : "folders hold migration.sql"
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["migration.sql": .up, "down.sql": .down]) { subfolder in
      let name = String(decoding: subfolder.name, as: UTF8.self)
      return (name.leadingDigits?.digits ?? name, name)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .implicit) }
}
