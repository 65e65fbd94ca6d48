import Linting

/// graphile-migrate: `committed/000001.sql` with `--! ` headers, then `current.sql` or `current/`; each in one query and a
/// transaction.
///
/// Source: graphile-migrate, `src/migration.ts`, `src/current.ts`, `src/header.ts`, `src/migrationFilename.ts`.
struct Graphile: RunnerDefinition {
  let name = "graphile-migrate"
  let ownTables = ["graphile_migrate.*"]
  let afterFailure = Migration.Failure(
    "`graphile_migrate.migrations` does not name it",
    recovery: "fix the file and run `graphile-migrate migrate` again"
  )

  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    guard let committed = folder.subfolders.first(where: Self.isCommitted) else { return nil }
    if folder.has("current.sql") || folder.has("current") { return "there are committed/ and current.sql" }
    if ["", "../"].contains(where: { folder.has($0 + ".gmrc") || folder.has($0 + ".gmrc.js") }) {
      return "there are committed/ and .gmrc"
    }
    let first = folder.filesBelow(committed).first.flatMap(folder.bytes)
    return first?.starts(with: "--! Previous:".utf8) == true ? "files of committed/ begin with `--! Previous:`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = RunnerFiles()
    result.subfolders = folder.subfolders.filter {
      Self.isCommitted($0) || ["current", "fixtures"].contains(String(decoding: $0.name, as: UTF8.self))
    }
    for subfolder in result.subfolders {
      let files = folder.filesBelow(subfolder).filter { $0.path.folder == subfolder }
      guard !subfolder.name.elementsEqual("fixtures".utf8) else { continue }
      let part = folder.holding(files).named(by: name, expecting: "NUMBER.sql or NUMBER-name.sql", Self.name)
      result.ignored += part.ignored
      guard !Self.isCommitted(subfolder) else {
        // Their digits compare as text.
        result.files = part.files.sorted { $0.name.key.precedesAsText($1.name.key) } + result.files
        continue
      }
      // They are one migration to it, in the order of their numbers.
      result.files += part.files.sorted { (Int($0.name.key) ?? 0) < (Int($1.name.key) ?? 0) }
        .map {
          .init(
            file: $0.file,
            name: FileName(version: nil, name: $0.file.stem, key: "current/\($0.file.stem)", isRepeatable: true)
          )
        }
    }
    if let current = folder.file("current.sql") {
      result.files.append(
        .init(file: current, name: FileName(version: nil, name: "current", key: "current", isRepeatable: true))
      )
    }
    result.setAside = folder.files.filter { $0.stem != "current" }
      .map { ($0, "graphile-migrate does not run it as a migration: it is not in committed/") }
    return result
  }

  // Source: `src/migration.ts`: each header names the hash of the one before, and the chain must not break.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .refuses }
  var verifiesText: Bool { true }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    // Source: `src/header.ts`, `isNoTransactionDefined`: the first line after the headers counts.
    let body = text.lines.drop { $0.text.isEmpty || Self.isHeader($0.text) }
    let words = body.first?.text.dropping(exactly: "--!")?.drop(while: \.isWhitespace).dropping(
      exactly: "no-transaction"
    )
    let isWord = words.map { $0.first.map { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? true }
    return whole(text, name, isWord == true ? .implicit : .wrapped)
  }

  /// `--! Previous: …`.
  private static func isHeader(_ line: Substring) -> Bool {
    guard let rest = line.dropping(exactly: "--! "), let first = rest.first else { return false }
    return first.isASCII && first.isUppercase
  }

  private static func isCommitted(_ folder: RawPath) -> Bool { folder.name.elementsEqual("committed".utf8) }

  /// `000001` or `000001-name`.
  private static func name(of stem: String) -> FileName? {
    guard let (digits, rest) = stem.leadingDigits, rest.isEmpty || rest.first == "-",
      rest.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    else { return nil }
    return FileName(version: digits, name: rest.isEmpty ? digits : String(rest.dropFirst()), key: digits)
  }
}
