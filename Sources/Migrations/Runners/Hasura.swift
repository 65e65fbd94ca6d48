import Analysis

/// Hasura: a folder `MILLISECONDS_name` with `up.sql` and `down.sql` for each migration; a file in a transaction.
struct Hasura: RunnerDefinition {
  let name = "hasura"

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.subfolders.count { Self.version(of: $0) != nil && folder.file("up.sql", in: $0) != nil }
    return known > folder.files.count
      ? "folders named after milliseconds hold up.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["up.sql": .up, "down.sql": .down]) { subfolder in
      Self.version(of: subfolder).map { ($0, $0) }
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .wrapped) }

  private static func version(of folder: RawPath) -> String? {
    guard let (digits, rest) = String(decoding: folder.name, as: UTF8.self).leadingDigits, digits.count == 13,
      rest.isEmpty || rest.first == "_"
    else { return nil }
    return digits
  }
}
