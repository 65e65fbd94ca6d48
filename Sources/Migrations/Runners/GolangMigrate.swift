import Linting

/// golang-migrate: `VERSION_name.up.sql` and `VERSION_name.down.sql`.
///
/// Source: golang-migrate, `source/parse.go`; `database/postgres/postgres.go`, `Run`, which sends a file in one query.
struct GolangMigrate: RunnerDefinition {
  let name = "golang-migrate"
  let ownTables = ["schema_migrations"]
  let afterFailure = Migration.Failure(
    "`schema_migrations` marks its version as dirty, so that nothing more runs",
    recovery: "fix the file, run `migrate force` with the version before it, then `migrate up`"
  )
  var sendsByteOrderMarks: Bool { true }
  var usualMode: Migration.TransactionMode { .implicit }

  func evidence(in folder: MigrationFolder) -> String? {
    // It would stop at the versions that it finds once for each database system.
    guard folder.otherDialects.isEmpty else { return nil }
    return folder.files.contains { Name($0.name) != nil } ? "files are named VERSION_name.up.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = RunnerFiles()
    var numbered: [(number: UInt64, file: RunnerFiles.File)] = []
    for file in folder.files {
      switch Name(file.name) {
      case .name(let name, let number)?: numbered.append((number, .init(file: file, name: name)))
      case .numberTooLarge?:
        result.ignored.append((file, "golang-migrate does not run it: its version is greater than \(UInt64.max)"))
      case nil:
        let reason = "golang-migrate does not run it: it is not named VERSION_name.up.sql or VERSION_name.down.sql"
        result.ignored.append((file, reason))
      }
    }
    // The sort keeps the order of the names where two files have one version.
    result.files = numbered.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
      .map(\.element.file)
    return result
  }

  // Source: `source/migration.go`, `buildIndex`, refuses the folder; `migrate.go`, `readUp`, follows the current version.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .skips }

  /// A name taken apart: `^(\d+)_(.*)\.(up|down)\.(.*)$`, the number in 64 bits without a sign.
  enum Name: Hashable {
    case name(FileName, number: UInt64)
    case numberTooLarge

    init?(_ bytes: [UInt8]) {
      let digits = bytes.prefix(while: \.isDigit)
      let rest = bytes[digits.endIndex...]
      // A dot in Go's regular expressions does not match a line feed.
      guard !digits.isEmpty, rest.first == UInt8(ascii: "_"), !rest.contains(UInt8(ascii: "\n")) else { return nil }
      // The name is matched greedily, so the last direction counts.
      let dots = rest.indices.filter { rest[$0] == .dot }
      for (start, end) in zip(dots, dots.dropFirst()).reversed() {
        let word = String(decoding: rest[(start + 1)..<end], as: UTF8.self)
        guard let direction = Migration.Direction(rawValue: word) else { continue }
        let version = String(decoding: digits, as: UTF8.self)
        guard let number = UInt64(version) else {
          self = .numberTooLarge
          return
        }
        let name = String(decoding: rest[(digits.endIndex + 1)..<start], as: UTF8.self)
        self = .name(
          FileName(version: version, name: name, direction: direction, key: String(number)),
          number: number
        )
        return
      }
      return nil
    }
  }
}
