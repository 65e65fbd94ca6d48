import Linting

/// A folder of migrations, as far as the names of the files tell.
package struct FoundFolder: Hashable, Sendable {
  package let path: String
  package let runner: Runner
  /// What told of the runner.
  package let evidence: String
  /// How many up migrations there are.
  package let count: Int
  /// The version of the newest migration that the default branch has; `nil` where git does not tell, or there is none.
  package let newestReleased: String?

  /// Whether no runner was recognised.
  package var isPlain: Bool { runner == Runner(Plain()) }
}

extension MigrationLoader {
  /// The folders with migrations below the paths that are given; no file is parsed.
  package static func survey(
    _ sources: [MigrationSource],
    system: ContinuousIntegration
  ) throws(LoadingFailure) -> [FoundFolder] {
    let plans = try Discovery.plans(
      for: sources,
      runner: nil,
      exclusions: Exclusions(workingFolder: FileSystem.workingFolder()),
      start: nil,
      system: system
    )
    return plans.filter { !$0.pairs.isEmpty }.map { plan in
      let baseline = (try? Baseline(.changed, on: system, below: RawPath(plan.folder))).flatMap(\.self)
      let released = plan.pairs.last { pair in !pair.up.name.isRepeatable && baseline?.has(pair.up.path) == true }
      return FoundFolder(
        path: plan.folder,
        runner: plan.runner,
        evidence: plan.evidence,
        count: plan.pairs.count,
        newestReleased: released?.up.name.version
      )
    }
  }
}
