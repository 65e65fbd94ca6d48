import Linting

struct VersionDuplicated: HistoryRule {
  let id = "version-duplicated"
  let summary = "Two migrations have the same version."
  let risk = Risk.high
  let explanation = """
    A runner knows a migration by its version. Of two with the same version it runs only one, stops halfway, or refuses \
    the whole folder, depending on the runner, and nobody notices before the deployment. It happens when two branches \
    take the next free number and both are merged.

    Give the newer one a version of its own, after all others. Timestamps collide less often than numbers.
    """
  let alternative = """
    -- 000012_add_email.up.sql and 000012_add_phone.up.sql become
    -- 000012_add_email.up.sql and 000013_add_phone.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ context: HistoryContext) -> [Finding] {
    guard let policy = context.history.origin?.equalVersions, context.migration.status.isToRun,
      let other = twin(of: context)
    else { return [] }
    return [
      context.finding(
        self,
        .shared(context.migration, with: other, policy),
        fix: Renumbering.fix("give it a version of its own, after all others", for: context)
      )
    ]
  }

  /// The one that has the version by right: it ran already, or comes first.
  private func twin(of context: HistoryContext) -> Migration? {
    context.history.versions.namesakes(of: context.migration, at: context.index)
      .first { $0 < context.index || !context.history.migrations[$0].up.isReported }
      .map { context.history.migrations[$0].up }
  }
}

extension Finding.Message {
  fileprivate static func shared(
    _ migration: Migration,
    with other: Migration,
    _ policy: History.ConflictPolicy
  ) -> Self {
    let consequence =
      switch policy {
      case .runs: "runs both, and cannot note the second one"
      case .skips: "runs only one of them"
      case .refuses: "refuses them"
      }
    return """
      version \(migration.version ?? migration.name) is that of \(other.path) too: \(migration.runner) \(consequence)
      """
  }
}
