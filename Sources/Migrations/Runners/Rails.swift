import Analysis

/// Rails' `db/structure.sql`: what pg_dump wrote, run by psql statement by statement.
struct Rails: RunnerDefinition {
  let name = "rails"
  var usesPsql: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    folder.files.map(\.stem) == ["structure"] ? "structure.sql is the only file" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles { Plain().files(in: folder) }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .none) }
}
