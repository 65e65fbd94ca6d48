import Linting

struct VersionOutOfOrder: HistoryRule {
  let id = "version-out-of-order"
  let alsoKnownAs = ["atlas: non-linear"]
  let summary = "A new migration comes before one that is on the base branch already."
  let risk = Risk.medium
  let explanation = """
    Where the newer version has already run, this one comes too late. Some runners then stop, some silently skip it, and \
    the others run it in a different order than in a new database.

    Give it a version after the newest one on the base branch, just before the merge.
    """
  let alternative = """
    -- main has 000013_b.up.sql, so that 000012_a.up.sql of this branch becomes 000014_a.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ context: HistoryContext) -> [Finding] {
    guard case .new(let newest?, let branch) = context.migration.status,
      let policy = context.history.origin?.lateVersions
    else { return [] }
    return [
      context.finding(
        self,
        .late(context.migration, after: newest, on: branch, policy),
        fix: Renumbering.fix("give it a version after all of \(branch)", for: context)
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func late(
    _ migration: Migration,
    after newest: String,
    on branch: String,
    _ policy: History.ConflictPolicy
  ) -> Self {
    let consequence =
      switch policy {
      case .runs: "runs it late, in a different order than in a new database"
      case .skips: "silently skips it"
      case .refuses: "refuses it"
      }
    return """
      \(branch) has version \(newest), which comes after \(migration.version ?? migration.name): where that has run, \
      \(migration.runner) \(consequence)
      """
  }
}
