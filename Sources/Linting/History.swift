/// The migrations of a project, in the order in which the runner runs them.
package struct History: Sendable {
  package private(set) var migrations: [MigrationPair] { didSet { versions = Versions(of: migrations) } }
  /// What can be said of all versions together, worked out once.
  package private(set) var versions: Versions
  /// Down files that belong to no up file.
  package private(set) var orphanedDowns: [Migration]
  /// Files that the runner leaves out although they look like migrations.
  package let misnamed: [Migration]
  /// Files that were found and are no migrations, each with the reason.
  package private(set) var ignored: [IgnoredFile]

  package struct IgnoredFile: Hashable, Sendable {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  /// Where it comes from and what runs it.
  package struct Origin: Hashable, Sendable {
    package let folder: String
    package let runner: String
    /// What told of the runner.
    package let evidence: String
    /// What the runner does with a migration whose version another one has; `nil` where versions mean nothing to it.
    package let equalVersions: ConflictPolicy?
    /// What the runner does with a migration that comes before one that has run; `nil` where it keeps no such order.
    package let lateVersions: ConflictPolicy?
    /// The highest version of those that are no change's own, where versions are numbers.
    package let highestVersion: UInt64?
    /// Whether all migrations of one run share one transaction.
    package let joinsMigrations: Bool
    /// Patterns of the names of the tables in which runners keep what has run.
    package let tablesOfRunners: [String]

    package init(
      folder: String,
      runner: String,
      evidence: String,
      equalVersions: ConflictPolicy? = nil,
      lateVersions: ConflictPolicy? = nil,
      highestVersion: UInt64? = nil,
      joinsMigrations: Bool = false,
      tablesOfRunners: [String] = []
    ) {
      self.folder = folder
      self.runner = runner
      self.evidence = evidence
      self.equalVersions = equalVersions
      self.lateVersions = lateVersions
      self.highestVersion = highestVersion
      self.joinsMigrations = joinsMigrations
      self.tablesOfRunners = tablesOfRunners
    }
  }

  /// What a runner does with a migration that is out of line.
  package enum ConflictPolicy: Hashable, Sendable {
    /// It runs it as if nothing were.
    case runs
    /// It leaves it out without a word.
    case skips
    /// It stops with an error.
    case refuses
  }

  /// `nil` for a history that no loader found.
  package let origin: Origin?
  /// Whether migrations of this history have down migrations, so that one is missing where there is none.
  package let hasDownMigrations: Bool
  /// Whether those that are reported run one after the other in one deployment.
  package private(set) var isBatch: Bool

  package init(
    migrations: [MigrationPair],
    orphanedDowns: [Migration] = [],
    misnamed: [Migration] = [],
    ignored: [IgnoredFile] = [],
    origin: Origin? = nil,
    hasDownMigrations: Bool? = nil,
    isBatch: Bool = false
  ) {
    self.migrations = migrations
    versions = Versions(of: migrations)
    self.orphanedDowns = orphanedDowns
    self.misnamed = misnamed
    self.isBatch = isBatch
    self.ignored = ignored
    self.origin = origin
    self.hasDownMigrations = hasDownMigrations ?? migrations.contains { $0.down != nil }
  }
}

extension History {
  /// Whether it holds nothing, not even a file that is left out.
  package var isEmpty: Bool {
    migrations.isEmpty && orphanedDowns.isEmpty && misnamed.isEmpty && ignored.isEmpty
  }

  package struct Versions: Sendable {
    /// The positions of migrations that the runner takes for one, by what it knows them by.
    private let namesakes: [String: [Int]]
    /// Whether the versions are numbers, most of them one more than the one before: no dates, and no gaps on purpose.
    package let countUp: Bool

    init(of migrations: [MigrationPair]) {
      let identities = migrations.enumerated().map { (key: $1.up.identity, index: $0) }
      namesakes = Dictionary(grouping: identities, by: \.key).filter { $1.count > 1 }.mapValues { $0.map(\.index) }
      let numbers = migrations.compactMap(\.up.number)
      let steps = zip(numbers, numbers.dropFirst()).count { $1 == $0 &+ 1 }
      let areDates = numbers.contains { $0 >= 10_000_000 }
      countUp = numbers.count > 2 && steps * 2 >= numbers.count && !areDates
    }

    /// The positions of the other migrations that the runner takes for this one.
    package func namesakes(of migration: Migration, at index: Int) -> some Sequence<Int> {
      (namesakes[migration.identity] ?? []).lazy.filter { $0 != index }
    }
  }

  /// The same without the migrations for which there is a reason.
  package func leavingOut(_ reason: (Migration) -> String?) -> History {
    var history = self
    history.migrations = migrations.filter { pair in
      guard let reason = reason(pair.up) else { return true }
      if pair.up.isReported { history.ignored.append(IgnoredFile(path: pair.up.path, reason: reason)) }
      return false
    }
    return history
  }

  /// The same with the migrations behind a version reported alone, as one batch; `nil` where no migration has it.
  package func since(_ version: String) -> History? {
    guard let position = migrations.lastIndex(where: { $0.up.isNamed(version) }) else { return nil }
    var history = self
    history.isBatch = true
    history.orphanedDowns = orphanedDowns.map(\.unreported)
    history.migrations = migrations.enumerated().map { index, pair in
      index > position ? pair : MigrationPair(up: pair.up.unreported, down: pair.down?.unreported)
    }
    return history
  }
}
