import Linting

/// tern: `001_name.sql`, both directions around `---- create above / drop below ----`, each in one query and a
/// transaction.
///
/// Source: tern, `migrate/migrate.go`, `FindMigrations`, `LoadMigrations` and `MigrateTo`.
struct Tern: RunnerDefinition {
  let name = "tern"
  let ownTables = ["schema_version"]
  let afterFailure = Migration.Failure(
    "`schema_version` stays as it is",
    recovery: "fix the file and run `tern migrate` again"
  )
  private static let separator = "---- create above / drop below ----"
  private static let optOut = "---- tern: disable-tx ----"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { $0 == Self.separator || $0 == Self.optOut } ? "files hold `\(Self.separator)`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = folder.numbered(by: name, expecting: "001_name.sql", upTo: UInt64(Int32.max)) { stem in
      guard let (digits, name) = stem.partedAtUnderscore, digits.isDigits, !name.isEmpty else { return nil }
      return FileName(version: digits, name: name, key: digits)
    }
    // What is there are templates, which migrations take in.
    result.subfolders = folder.subfolders
    return result
  }

  // Source: `LoadMigrations` and `FindMigrations` refuse a number that comes twice; `MigrateTo` starts after the number
  // that the database has.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .skips }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    // The first one counts, wherever it stands; each part says for itself how it is sent.
    guard let separator = text.utf8.firstRange(of: Self.separator.utf8) else {
      return [section(.up, 0..<text.utf8.count, of: text)]
    }
    return [
      section(.up, 0..<separator.lowerBound, of: text),
      section(.down, separator.upperBound..<text.utf8.count, of: text),
    ]
  }

  private func section(_ direction: Migration.Direction, _ range: Range<Int>, of text: DirectiveLines) -> Section {
    // The part is trimmed; then a line must be exactly the mark, without the end of line that Windows writes.
    let optsOut = text.utf8[range].trimmed.split(separator: UInt8(ascii: "\n")).contains {
      $0.elementsEqual(Self.optOut.utf8)
    }
    return Section(direction: direction, ranges: [range], transactionMode: optsOut ? .none : .wrapped)
  }
}
