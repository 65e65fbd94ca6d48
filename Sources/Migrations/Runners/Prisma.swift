import Analysis

/// Prisma Migrate: a folder with `migration.sql` for each migration, which is sent in one query. There is no way down.
struct Prisma: RunnerDefinition {
  let name = "prisma"

  func evidence(in folder: MigrationFolder) -> String? {
    guard folder.files.isEmpty else { return nil }
    if folder.subfolders.contains(where: { folder.file("migration.sql", in: $0) != nil }) {
      return folder.has("migration_lock.toml")
        ? "folders hold migration.sql, and there is migration_lock.toml" : "folders hold migration.sql"
    }
    return nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["migration.sql": .up, "down.sql": .down]) { subfolder in
      let name = String(decoding: subfolder.name, as: UTF8.self)
      return (name.leadingDigits?.digits ?? name, name)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .implicit) }
}
