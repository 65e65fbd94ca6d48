import Linting

/// refinery: `V1__name.sql` in the order of the numbers, each in one query and a transaction. `U1__name.sql` is an up migration too.
///
/// Source: refinery, `refinery_core/src/util.rs`, `find_migration_files`; `refinery_core/src/traits/sync.rs`, `migrate`;
/// `refinery_core/src/traits/mod.rs`, `verify_migrations`.
struct Refinery: RunnerDefinition {
  let name = "refinery"
  let ownTables = ["refinery_schema_history"]
  let afterFailure = Migration.Failure(
    "`refinery_schema_history` does not name it",
    recovery: "fix the file and run it again"
  )

  var isToldByCompanion: Bool { true }
  // Source: `migrate` in `refinery_core/src/traits/sync.rs` has no way around `execute`, which begins a transaction.
  var sendsWithoutTransaction: Bool { false }

  func evidence(in folder: MigrationFolder) -> String? {
    guard folder.files.contains(where: Self.isMigration) else { return nil }
    let above = ["", "../", "../../"]
    if above.contains(where: { folder.has($0 + "refinery.toml") }) {
      return "files are named V1__name.sql, and there is refinery.toml"
    }
    let isDependency = above.contains { folder.text(of: $0 + "Cargo.toml")?.contains("refinery") ?? false }
    return isDependency ? "files are named V1__name.sql, and Cargo.toml names refinery" : nil
  }

  /// It reads the folders below too.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    let (folder, subfolders) = folder.spread(where: Self.isMigration)
    // A build for 32 bits stops at a greater version; whether this one is cannot be told from files.
    var result = folder.numbered(
      by: name,
      expecting: "V1__name.sql or U1__name.sql",
      upTo: UInt64(Int64.max),
      isRefused: Self.hasDottedVersion,
      Self.name
    )
    result.subfolders = subfolders
    return result
  }

  // Source: the version is the key of its table, which the second one meets; `verify_migrations` with `abort_missing` and
  // `abort_divergent`, which are set by default.
  var equalVersions: History.ConflictPolicy? { .runs }
  var lateVersions: History.ConflictPolicy? { .refuses }
  var verifiesText: Bool { true }

  private static func isMigration(_ file: FolderFile) -> Bool { file.hasExactExtension && name(of: file.stem) != nil }

  /// `1` and `name` of `V1__name`; the name is letters, digits and underscores.
  private static func name(of stem: String) -> FileName? {
    guard let (version, name) = parts(of: stem), version.isDigits else { return nil }
    return FileName(version: version, name: name, key: version)
  }

  /// Its expression takes `V1.2__name`, which it then cannot read as a number.
  private static func hasDottedVersion(_ stem: String) -> Bool {
    guard let (version, _) = parts(of: stem) else { return false }
    let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy(\.isDigits)
  }

  private static func parts(of stem: String) -> (version: String, name: String)? {
    guard stem.first == "V" || stem.first == "U", let separator = stem.firstRange(of: "__") else { return nil }
    let name = stem[separator.upperBound...]
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
    return (String(stem[..<separator.lowerBound].dropFirst()), String(name))
  }
}
