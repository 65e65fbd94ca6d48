import Analysis

/// sqlx: `VERSION_name.sql`, or `VERSION_name.up.sql` with `VERSION_name.down.sql`; a file in one query and a transaction.
struct Sqlx: RunnerDefinition {
  let name = "sqlx"

  func evidence(in folder: MigrationFolder) -> String? {
    let isTemplate = folder.hasDirective {
      guard let comment = $0.dropping(prefix: "--")?.trimmed else { return false }
      return [
        "no-transaction", "Add migration script here", "Add up migration script here",
        "Add down migration script here",
      ].contains(String(comment))
    }
    return isTemplate ? "files hold comments that sqlx writes or reads" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(by: name, expecting: "VERSION_name.sql, VERSION_name.up.sql or VERSION_name.down.sql") { stem in
      guard let (digits, rest) = stem.leadingDigits, rest.first == "_" else { return nil }
      let name = String(rest.dropFirst())
      if name.hasSuffix(".down") {
        return FileName(version: digits, name: String(name.dropLast(5)), direction: .down, key: digits)
      }
      return FileName(version: digits, name: name.hasSuffix(".up") ? String(name.dropLast(3)) : name, key: digits)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] {
    let optsOut = text.utf8.starts(with: "-- no-transaction".utf8)
    return whole(text, name, optsOut ? .implicit : .wrapped)
  }
}
