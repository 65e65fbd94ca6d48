import Linting

struct VersionDuplicated: Rule {
  let id = "version-duplicated"
  let summary = "Two migrations have the same version."
  let risk = Risk.high
  let isAboutFile = true
  let explanation = """
    A runner knows a migration by its version. Of two with the same one it runs one only, stops halfway, or refuses the \
    whole folder; which of these depends on the runner, and nobody finds out before the deployment. It happens where two \
    branches take the next free number and both are merged.

    Give the newer one a version of its own, behind all others. Timestamps collide less often than numbers.
    """
  let alternative = """
    -- 000012_add_email.up.sql and 000012_add_phone.up.sql become
    -- 000012_add_email.up.sql and 000013_add_phone.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ place: HistoryPlace) -> [Finding] {
    guard let handling = place.history.origin?.equalVersions, place.migration.standing.isToRun,
      let other = twin(of: place)
    else { return [] }
    return [
      place.finding(
        self,
        .shared(place.migration, with: other, handling),
        fix: Finding.Fix("give it a version of its own, behind all others")
      )
    ]
  }

  /// The one that has the version by right: it ran already, or comes first.
  private func twin(of place: HistoryPlace) -> Migration? {
    place.history.versions.namesakes(of: place.migration, at: place.index)
      .first { $0 < place.index || !place.history.migrations[$0].up.isReported }
      .map { place.history.migrations[$0].up }
  }
}

extension Finding.Message {
  fileprivate static func shared(
    _ migration: Migration,
    with other: Migration,
    _ handling: History.Handling
  ) -> Self {
    let consequence =
      switch handling {
      case .runs: "runs both, and cannot note the second one"
      case .skips: "runs only one of them"
      case .refuses: "refuses them"
      }
    return """
      version \(migration.version ?? migration.name) is that of \(other.path) too: \(migration.runner) \(consequence)
      """
  }
}
