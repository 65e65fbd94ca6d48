import Linting
import Syntax

/// Nobody knows what runs them: every `.sql` file, in natural order, as `psql -f` runs it.
///
/// A plain file is an up migration, unless its name ends in `.down.sql`.
///
/// Source: PostgreSQL's manual, psql, `ON_ERROR_STOP` and "Exit Status".
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
  let afterFailureApart: Migration.Failure? = Migration.Failure(
    "psql goes on with the next statement unless ON_ERROR_STOP is set",
    recovery: "fix the statement and run what it left out, with `psql -v ON_ERROR_STOP=1`"
  )
  let afterFailureStopping: Migration.Failure? = Migration.Failure(
    "psql exits with status 3",
    recovery: "undo by hand what did run, or run the fixed file from there on"
  )
  var usualMode: Migration.TransactionMode { .none }
  var usesPsql: Bool { true }
  var goesOnAfterErrors: Bool { true }
  /// The runner whose marks are in the files, though it could run none of them: what these call down does not run.
  private let marks: (any RunnerDefinition)?

  init(parting marks: (any RunnerDefinition)? = nil) { self.marks = marks }

  var leavesOutText: Bool { marks?.leavesOutText ?? false }

  func evidence(in folder: MigrationFolder) -> String? { nil }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    let stems = Set(folder.files.map(\.stem))
    return RunnerFiles(
      files: folder.files.map { file in
        .init(file: file, name: Self.pairedName(of: file.stem, among: stems) ?? Self.name(of: file.name))
      }
    )
  }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    guard let parts = marks?.sections(of: text, named: name), !parts.isEmpty else {
      return whole(text, name, usualMode)
    }
    return parts.map { Section(direction: $0.direction, ranges: $0.ranges, transactionMode: usualMode) }
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
