import Linting

/// Rails' `db/structure.sql`: what pg_dump wrote, run by psql statement by statement.
///
/// Source: Rails, `activerecord/lib/active_record/tasks/postgresql_database_tasks.rb`, `structure_load`.
struct Rails: RunnerDefinition {
  let name = "rails"
  let ownTables = ["schema_migrations", "ar_internal_metadata"]
  let afterFailure = Migration.Failure(
    "loading stops with the schema half loaded",
    recovery: "fix the file, then `rails db:drop db:create db:schema:load`"
  )
  var usualMode: Migration.TransactionMode { .none }
  var usesPsql: Bool { true }
  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    guard folder.files.contains(where: Self.isStructure) else { return nil }
    if folder.files.allSatisfy(Self.isStructure) { return "structure.sql is the only file" }
    return folder.has("../Gemfile") ? "there are structure.sql and Gemfile" : nil
  }

  /// Another database than the primary one has a file of its own, `NAME_structure.sql`.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    let structures = folder.files.filter(Self.isStructure)
    let wanted = structures.filter(\.isReported)
    guard let file = wanted.first(where: { $0.stem == "structure" }) ?? wanted.first ?? structures.first else {
      return RunnerFiles()
    }
    var result = RunnerFiles(files: [.init(file: file, name: FileName(version: nil, name: file.stem, key: file.stem))])
    for other in folder.files where other != file {
      if Self.isStructure(other) {
        result.setAside.append((other, "it is another database: give the file itself"))
      } else {
        result.ignored.append((other, "Rails does not run it: it is not named structure.sql"))
      }
    }
    return result
  }

  private static func isStructure(_ file: FolderFile) -> Bool {
    file.stem == "structure" || file.stem.hasSuffix("_structure")
  }
}
