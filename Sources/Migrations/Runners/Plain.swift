import Linting
import Syntax

/// Nobody knows what runs them: every `.sql` file, in natural order.
///
/// A plain file is an up migration, unless its name ends in `.down.sql`. Most runners keep a file together.
struct Plain: RunnerDefinition {
  let name = "plain"
  /// Those of runners whose migrations are no SQL files, or that sqllint does not know.
  ///
  /// Source: the manuals of Knex, Django, TypeORM, Sequelize, sql-migrate, Bun and Doctrine.
  let ownTables = [
    "knex_migrations", "knex_migrations_lock", "django_migrations", "migrations", "typeorm_metadata", "sequelizemeta",
    "gorp_migrations", "bun_migrations", "bun_migration_locks", "migration_versions",
  ]
  let afterFailure = Migration.Failure(
    "what comes next depends on what runs the file",
    recovery: "fix the file before it runs"
  )
  var usualMode: Migration.TransactionMode { .implicit }
  var usesPsql: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? { nil }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    let stems = Set(folder.files.map(\.stem))
    return RunnerFiles(
      files: folder.files.map { file in
        .init(file: file, name: Self.pairedName(of: file.stem, among: stems) ?? Self.name(of: file.path.name))
      }
    )
  }

  /// Commands of psql tell that psql runs the file.
  func executionMode(of script: Script) -> ExecutionMode? {
    let isForPsql =
      script.source.hasInclusions
      || script.nonSQLRanges.contains { if case .metaCommand = $0.kind { true } else { false } }
    return isForPsql ? ExecutionMode(transactionMode: .none) : nil
  }

  /// `up` and `down`, `a_up` and `a_down`, `a.do` and `a.undo`: only where both are there.
  private static func pairedName(of stem: String, among stems: Set<String>) -> FileName? {
    for (up, down) in [("up", "down"), ("do", "undo")] {
      for separator in ["_", "-", ".", ""] {
        for (ending, other, direction) in [(up, down, Migration.Direction.up), (down, up, .down)] {
          guard stem.hasSuffix(separator + ending) else { continue }
          let base = String(stem.dropLast(separator.count + ending.count))
          guard separator.isEmpty == base.isEmpty, stems.contains(base + separator + other) else { continue }
          return FileName(version: nil, name: base.isEmpty ? stem : base, direction: direction, key: base)
        }
      }
    }
    return nil
  }

  static func name(of bytes: [UInt8]) -> FileName {
    var stem = bytes[...]
    var direction = Migration.Direction.up
    if stem.hasSuffix(".sql") { stem = stem.dropLast(4) }
    if stem.hasSuffix(".up") {
      stem = stem.dropLast(3)
    } else if stem.hasSuffix(".down") {
      stem = stem.dropLast(5)
      direction = .down
    }
    let name = String(decoding: stem, as: UTF8.self)
    return FileName(version: nil, name: name, direction: direction, key: name)
  }
}
