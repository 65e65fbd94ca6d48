import Analysis

/// Supabase: `TIMESTAMP_name.sql` in `supabase/migrations`.
struct Supabase: RunnerDefinition {
  let name = "supabase"

  func evidence(in folder: MigrationFolder) -> String? {
    let isOwn =
      folder.path.name.elementsEqual("migrations".utf8) && folder.path.folder.name.elementsEqual("supabase".utf8)
    return isOwn ? "the folder is supabase/migrations" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.named(by: "Supabase", expecting: "TIMESTAMP_name.sql") { stem in
      guard let (digits, rest) = stem.leadingDigits, rest.first == "_" else { return nil }
      return FileName(version: digits, name: String(rest.dropFirst()), key: digits)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .implicit) }
}
