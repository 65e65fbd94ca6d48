import Linting
import Syntax

/// Supabase: `VERSION_name.sql` in `supabase/migrations`, in a transaction but for what PostgreSQL refuses there.
///
/// Source: Supabase's command line, `pkg/migration/file.go` and `list.go`; from 2.109 on
/// `apps/cli/src/legacy/shared/legacy-migration-apply.ts`, which sends them so.
struct Supabase: RunnerDefinition {
  let name = "supabase"
  let ownTables = ["supabase_migrations.*"]
  let afterFailure = Migration.Failure(
    "`supabase_migrations.schema_migrations` does not name it",
    recovery: "fix the file and run `supabase db push` again"
  )
  var usualMode: Migration.TransactionMode { .split }
  var sendsSectionsWhole: Bool { false }
  var isToldByCompanion: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    guard folder.path.name.elementsEqual("migrations".utf8) else { return nil }
    if folder.path.folder.name.elementsEqual("supabase".utf8) { return "the folder is supabase/migrations" }
    let isBesideConfiguration = folder.text(of: "../config.toml").map { text in
      text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("project_id") }
    }
    return isBesideConfiguration == true ? "there is config.toml with a project_id beside the folder" : nil
  }

  /// The version is text to it.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = folder.named(by: "Supabase", expecting: "TIMESTAMP_name.sql") { stem in
      guard let (digits, name) = stem.partedAtUnderscore, digits.isDigits else { return nil }
      return FileName(version: digits, name: name, key: digits)
    }.inTextOrder
    result.files = result.files.enumerated().sorted {
      $0.element.name.key == $1.element.name.key
        ? $0.offset < $1.offset : $0.element.name.key.precedesAsText($1.element.name.key)
    }.map(\.element)
    return result
  }

  // Source: the version is the key of its table, which the second one meets; `pkg/migration/apply.go`,
  // `FindPendingMigrations`, unless `--include-all` is given.
  var equalVersions: History.ConflictPolicy? { .runs }
  var lateVersions: History.ConflictPolicy? { .refuses }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    let optsOut = text.lines.first?.text == "-- pg-delta: transaction=false"
    return whole(text, name, optsOut ? .none : .split)
  }

  /// A file that begins or ends transactions itself runs as it is written.
  func executionMode(of script: Script) -> ExecutionMode? {
    script.statements.contains { $0.kind.controlsTransactions } ? ExecutionMode(transactionMode: .none) : nil
  }
}

extension Statement.Kind {
  fileprivate var controlsTransactions: Bool {
    switch self {
    case .transaction(.begin), .transaction(.commit), .transaction(.rollback), .transaction(.prepare): true
    default: false
    }
  }
}
