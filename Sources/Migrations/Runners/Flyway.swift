import Linting
import Syntax

/// Flyway: `V1.2__name.sql` in the order of dotted versions, then `R__name.sql` by description; `U1.2__name.sql` is a down migration.
/// A file runs statement by statement in a transaction, unless its `.conf` says otherwise or it holds nothing but statements
/// that Flyway takes out of one.
///
/// Source: Flyway, `internal/resource/ResourceNameParser`, `api/MigrationVersion`,
/// `internal/resolver/ResolvedMigrationComparator`, `internal/sqlscript/ParserSqlScript`.
struct Flyway: RunnerDefinition {
  let name = "flyway"
  let ownTables = ["flyway_schema_history", "schema_version"]
  let afterFailure = Migration.Failure(
    "`flyway_schema_history` does not name it",
    recovery: "fix the file and run `flyway migrate` again"
  )
  let afterFailureApart: Migration.Failure? = Migration.Failure(
    "`flyway_schema_history` says that it failed, so that nothing more runs",
    recovery: "undo by hand what it did, run `flyway repair`, fix the file, then `flyway migrate`"
  )
  var sendsSectionsWhole: Bool { false }

  func evidence(in folder: MigrationFolder) -> String? {
    // The separator may be missing, which tells nothing.
    let known = folder.files.count { Name($0) != nil && $0.stem.contains("__") }
    return known > 0 && known * 2 >= folder.files.count ? "files are named V1__name.sql" : nil
  }

  /// It reads the folders below too.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    let (folder, subfolders) = folder.spread { Name($0) != nil }
    var result = RunnerFiles()
    result.subfolders = subfolders
    var versioned: [Named] = []
    var repeatable: [Named] = []
    var baselines: [Named] = []
    for file in folder.files {
      guard let name = Name(file) else {
        if Self.isCallback(file) {
          result.setAside.append((file, "it is a callback, which Flyway runs beside migrations"))
        } else {
          let reason = "Flyway does not run it: it is not named V1__name.sql, U1__name.sql or R__name.sql"
          result.ignored.append((file, reason))
        }
        continue
      }
      switch name.prefix {
      case .repeatable: repeatable.append(Named(file: file, name: name))
      case .baseline: baselines.append(Named(file: file, name: name))
      case .versioned, .undo: versioned.append(Named(file: file, name: name))
      }
    }
    let start = Self.start(among: baselines, before: versioned)
    result.setAside += baselines.filter { $0.file != start?.file }
      .map { ($0.file, "it is a baseline, which stands for earlier versions in a new database") }
    result.files = ([start].compactMap { $0 } + versioned.sorted(by: Named.precedes)).map(\.planned)
    // Descriptions compare as Java's strings do.
    result.files += repeatable.sorted {
      $0.name.description.utf16.lexicographicallyPrecedes($1.name.description.utf16)
    }.map(\.planned)
    return result
  }

  /// The newest baseline, where the versions that it stands for are gone.
  private static func start(among baselines: [Named], before versioned: [Named]) -> Named? {
    guard let newest = baselines.max(by: Named.precedes) else { return nil }
    return versioned.allSatisfy { newest.name.version.lexicographicallyPrecedes($0.name.version) } ? newest : nil
  }

  /// `beforeMigrate.sql`, `afterEachMigrate__name.sql` and others of their kind.
  private static func isCallback(_ file: FolderFile) -> Bool {
    ["before", "after", "createSchema"].contains(where: file.stem.hasPrefix)
  }

  // Source: `internal/resolver/CompositeMigrationResolver`, `checkForIncompatibilities`; issues 1363 and 1015: validation,
  // which is on by default, refuses an older one unless `outOfOrder` is set, and a text of another checksum.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .refuses }
  var verifiesText: Bool { true }

  /// Source: `internal/sqlscript/SqlScriptMetadata`. What it says wins over the statements.
  func transactionMode(besides file: RawPath) -> Migration.TransactionMode? {
    guard let bytes = try? FileSystem.read(RawPath(bytes: file.bytes + Array(".conf".utf8))) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let setting = line.split(separator: "=").map { $0.filter { !$0.isWhitespace } }
      guard setting.first == "executeInTransaction", setting.count == 2 else { continue }
      return setting[1].lowercased() == "true" ? .wrapped : Migration.TransactionMode.none
    }
    return nil
  }

  func executionMode(of script: Script) -> ExecutionMode? {
    let alone = script.statements.count { $0.kind.isTakenOutOfTransactions }
    guard alone > 0 else { return nil }
    guard alone < script.statements.count else { return ExecutionMode(transactionMode: .none) }
    // Unless the setting `mixed` is on.
    return ExecutionMode(
      transactionMode: .wrapped,
      refusal: "Flyway refuses a file that mixes such commands with others"
    )
  }
}

extension Statement.Kind {
  /// Whether it is one of those that Flyway itself sends without a transaction.
  ///
  /// Source: Flyway, `flyway-database-postgresql`, `PostgreSQLParser`, `detectCanExecuteInTransaction`. PostgreSQL refuses
  /// more: REINDEX TABLE CONCURRENTLY, DETACH PARTITION CONCURRENTLY and others, which Flyway does not know.
  fileprivate var isTakenOutOfTransactions: Bool {
    switch self {
    case .createIndex(let index): index.isConcurrent
    case .drop(let drop): drop.isConcurrent
    case .reindex(let reindex):
      switch reindex.target {
      case .schema, .database, .system: true
      case .table, .index: false
      }
    case .vacuum(let vacuum): vacuum.isVacuum
    case .createDatabase, .dropDatabase, .createTablespace, .dropTablespace, .createSubscription, .dropSubscription:
      true
    case .set(let parameter): parameter.scope == .system
    case .discard(let discard): discard == .all
    default: false
    }
  }
}

extension Flyway {
  /// `V1.2__name` taken apart. Without `__` all is the version.
  fileprivate struct Name {
    enum Prefix: Character {
      case versioned = "V"
      case undo = "U"
      case repeatable = "R"
      case baseline = "B"
    }

    let prefix: Prefix
    let text: String
    /// Without zeros at the end, which count for nothing, each number as digits that compare as text.
    let version: [Part]
    let description: String

    init?(_ file: FolderFile) {
      let stem = file.stem
      guard file.hasExactExtension, let prefix = stem.first.flatMap(Prefix.init) else { return nil }
      let rest = stem.dropFirst()
      let separator = rest.firstRange(of: "__")
      text = String(rest[..<(separator?.lowerBound ?? rest.endIndex)])
      description = separator.map { String(rest[$0.upperBound...]).replacing("_", with: " ") } ?? ""
      self.prefix = prefix
      if prefix == .repeatable {
        guard text.isEmpty else { return nil }
        version = []
        return
      }
      let numbers = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "_" }
      guard numbers.allSatisfy(\.isDigits) else { return nil }
      var parts = numbers.map(Part.init)
      while let last = parts.last, last.digits.isEmpty { parts.removeLast() }
      version = parts
    }

    /// What Flyway tells migrations apart by.
    var key: String {
      guard prefix != .repeatable else { return "R__\(description)" }
      return version.isEmpty ? "0" : version.map { $0.digits.isEmpty ? "0" : $0.digits }.joined(separator: ".")
    }
  }

  /// A number of any size.
  fileprivate struct Part: Comparable {
    /// Without zeros in front.
    let digits: String

    init(_ text: Substring) { digits = String(text.drop { $0 == "0" }) }

    static func < (left: Self, right: Self) -> Bool {
      (left.digits.count, left.digits) < (right.digits.count, right.digits)
    }
  }

  fileprivate struct Named {
    let file: FolderFile
    let name: Name

    static func precedes(_ left: Self, _ right: Self) -> Bool {
      left.name.version == right.name.version
        ? NaturalOrder.precedes(left.file.name, right.file.name)
        : left.name.version.lexicographicallyPrecedes(right.name.version)
    }

    var planned: RunnerFiles.File {
      let words = name.description.replacing(" ", with: "_")
      return .init(
        file: file,
        name: FileName(
          version: name.prefix == .repeatable ? nil : name.text,
          name: words.isEmpty ? file.stem : words,
          direction: name.prefix == .undo ? .down : .up,
          key: name.key,
          isRepeatable: name.prefix == .repeatable
        )
      )
    }
  }
}
