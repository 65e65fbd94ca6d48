import Linting

struct VersionOutOfOrder: HistoryRule {
  let id = "version-out-of-order"
  let alsoKnownAs = ["atlas: non-linear"]
  let summary = "A new migration comes before one that is on the base branch already."
  let risk = Risk.medium
  let explanation = """
    Where the newer version has run, this one comes late. Some runners then refuse to go on, some leave it out without a \
    word, and those that run it run it in another order than in a new database.

    Give it a version behind the newest one on the base branch, just before the merge.
    """
  let alternative = """
    -- main has 000013_b.up.sql, so that 000012_a.up.sql of this branch becomes 000014_a.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ context: MigrationContext) -> [Finding] {
    guard case .new(let newest?, let branch) = context.migration.status,
      let policy = context.history.origin?.lateVersions
    else { return [] }
    return [
      context.finding(
        self,
        .late(context.migration, behind: newest, on: branch, policy),
        fix: Finding.Fix("give it a version behind \(newest)")
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func late(
    _ migration: Migration,
    behind newest: String,
    on branch: String,
    _ policy: History.ConflictPolicy
  ) -> Self {
    let consequence =
      switch policy {
      case .runs: "runs it late, in another order than in a new database"
      case .skips: "leaves it out without a word"
      case .refuses: "refuses it"
      }
    return """
      \(branch) has version \(newest), which comes after \(migration.version ?? migration.name): where that has run, \
      \(migration.runner) \(consequence)
      """
  }
}
