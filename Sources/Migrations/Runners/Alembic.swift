import Linting

/// The output of `alembic upgrade --sql`: one script for psql, a migration after each `-- Running upgrade a -> b`.
///
/// Source: Alembic, `runtime/migration.py`, `run_migrations` and `MigrationStep.short_log`. That psql runs it is the usual
/// way, and an assumption.
struct Alembic: RunnerDefinition {
  let name = "alembic"
  let ownTables = ["alembic_version"]
  let afterFailure = Migration.Failure(
    "nothing of the script stays, though psql exits with status 0 unless ON_ERROR_STOP is set",
    recovery: "fix the migration, write the script anew and run it"
  )
  let afterFailureApart: Migration.Failure? = Migration.Failure(
    "psql goes on with the next migration unless ON_ERROR_STOP is set, and `alembic_version` stays as it is",
    recovery:
      "undo by hand what ran after it, fix it, and write the script anew from the version in `alembic_version` on"
  )
  var leavesOutText: Bool { true }
  var usualMode: Migration.TransactionMode { .none }
  var usesPsql: Bool { true }
  var goesOnAfterErrors: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.step(in: $0) != nil } ? "files hold `-- Running upgrade`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles { Plain().files(in: folder) }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    var sections: [Section] = []
    // One BEGIN may stand in front of all steps.
    var isOpen = false
    let lines = text.lines
    let ownBegins = Self.beginsOfSteps(in: lines)
    var begin: [Range<Int>] = []
    let start = lines.lazy.compactMap { Self.step(in: $0.text)?.direction }.first ?? .up
    for line in lines {
      if ownBegins.contains(line.range.lowerBound) {
        begin = [line.range]
        continue
      }
      if line.text.uppercased() == "BEGIN;" { isOpen = true }
      if line.text.uppercased() == "COMMIT;" { isOpen = false }
      if let (direction, version) = Self.step(in: line.text) {
        let mode: Migration.TransactionMode = isOpen ? .wrapped : .none
        sections.append(Section(direction: direction, ranges: begin, transactionMode: mode, version: version))
        begin = []
      } else if sections.isEmpty {
        // The BEGIN in front of all steps is no step.
        guard !line.text.isEmpty, !line.text.hasPrefix("--"), line.text.uppercased() != "BEGIN;" else { continue }
        sections.append(Section(direction: start, ranges: [line.range], transactionMode: isOpen ? .wrapped : .none))
      } else {
        sections.appendToLast(line.range)
      }
    }
    return sections
  }

  /// Where the BEGINs of the steps are, if each step has a transaction of its own (`transaction_per_migration`): all but
  /// the first stand right in front of one. Those inside a step end an `autocommit_block`.
  private static func beginsOfSteps(in lines: [DirectiveLines.Line]) -> Set<Int> {
    let written = lines.filter { !$0.text.isEmpty }
    let begins = zip(written, written.dropFirst()).filter { $0.0.text.uppercased() == "BEGIN;" }
    let ofSteps = begins.dropFirst().filter { step(in: $0.1.text) != nil }
    guard let first = begins.first, !ofSteps.isEmpty else { return [] }
    return Set([first.0.range.lowerBound] + ofSteps.map(\.0.range.lowerBound))
  }

  /// The direction and the revision that a step leads to.
  private static func step(in line: Substring) -> (direction: Migration.Direction, version: String?)? {
    guard let comment = line.dropping(prefix: "--")?.trimmed else { return nil }
    for (words, direction) in [("Running upgrade", Migration.Direction.up), ("Running downgrade", .down)] {
      guard let rest = comment.dropping(prefix: words), let arrow = rest.firstRange(of: "->") else { continue }
      // Back to the start it names none; of the several parents of a merge the first stands for all.
      let version = rest[arrow.upperBound...].trimmed.prefix { $0 != "," && !$0.isWhitespace }
      return (direction, version.isEmpty ? nil : String(version))
    }
    return nil
  }
}
