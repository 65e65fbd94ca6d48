import Linting

/// A way to judge that has a name, and says what a file could say.
package enum Preset: String, CaseIterable, Hashable, Sendable {
  case strict, `default`, quiet

  /// For people.
  package var summary: String {
    switch self {
    case .strict: "fails on every finding of medium risk or higher, and asks the rules of taste too"
    case .default: "fails on what loses data, locks for long, fails or opens something; the rest is advice"
    case .quiet: "fails only on what loses data or fails; the rest is advice"
    }
  }

  /// What a finding of medium risk or higher is about.
  package enum Concern: CaseIterable, Hashable, Sendable {
    /// Data is gone.
    case loss
    /// The migration fails, running code does, or nobody can tell, as it is not read.
    case failure
    /// Others wait.
    case lock
    /// Somebody may do more than before.
    case exposure
    /// Nothing of that today: the way back, or the care of the files.
    case care
  }

  /// The concerns whose findings are advice.
  private var advised: [Concern] {
    switch self {
    case .strict: []
    case .default: [.care]
    case .quiet: [.lock, .exposure, .care]
    }
  }

  /// What it says. It is made of values: most runs read no YAML.
  func layer(_ names: RuleNames) -> ConfigurationLayer {
    var settings: [(id: String, setting: Configuration.RuleSetting, word: String)] = []
    for concern in Concern.allCases {
      let isAdvised = advised.contains(concern)
      // What is on anyhow is said by the one preset that takes back what the default says.
      guard isAdvised || self == .strict && concern == .care else { continue }
      settings += Self.rules(about: concern).compactMap(names.presentID).map {
        ($0, isAdvised ? .advice : .on, isAdvised ? "advice" : "on")
      }
    }
    if self == .strict { settings += names.ids.filter { !names.runsUnasked($0) }.map { ($0, .on, "on") } }
    var configuration = Configuration()
    configuration.failOn = .risk(.medium)
    var entries = [ConfigurationEntry(["fail_on"], .text(Risk.medium.rawValue), .preset(self))]
    for (id, setting, word) in settings {
      configuration.rules[id] = setting
      entries.append(ConfigurationEntry(["rules", id], .text(word), .preset(self)))
    }
    return ConfigurationLayer(
      partial: Partial(configuration: configuration, given: Set(entries.flatMap(\.path.beginnings))),
      entries: entries,
      extensions: []
    )
  }
}

extension Preset {
  /// The rules of medium risk or higher that run unasked, by what they are about.
  package static func rules(about concern: Concern) -> [String] {
    switch concern {
    case .loss:
      [
        "archive-and-purge", "column-dropped", "column-type-narrowed", "database-dropped", "delete-without-where",
        "object-dropped", "owned-objects-dropped", "partition-dropped", "schema-dropped", "table-dropped",
        "table-truncated", "update-without-where",
      ]
    case .failure:
      [
        "batch-loop-never-ends", "column-renamed", "configuration-loosened", "constraint-dropped",
        "constraint-lost-to-if-not-exists", "dynamic-sql-unread", "file-name-malformed", "file-unreadable",
        "lock-timeout-ineffective", "object-renamed", "primary-key-dropped", "privileges-revoked",
        "relation-not-in-history", "released-migration-edited", "required-column-default-dropped",
        "required-column-without-default", "row-level-security-without-policy", "session-terminated",
        "statement-refused", "statement-refused-in-transaction", "statement-timeout-cuts-concurrent-build",
        "statement-unclassified", "syntax-error", "table-moved-to-schema", "table-renamed", "transaction-left-open",
        "transaction-nested", "trigger-disabled", "unique-index-dropped", "version-duplicated", "version-out-of-order",
        "suppression-expired", "suppression-unknown", "replication-role-changed",
      ]
    case .lock:
      [
        "backfill-while-table-locked", "batches-in-one-transaction", "check-added-without-not-valid",
        "column-check-scans-table", "column-constraint-builds-index", "column-default-rewrites-table",
        "column-foreign-key-scans-table", "column-type-change-rebuilds-indexes", "column-type-change-rewrites-table",
        "column-type-change-scans-table", "constraint-validated-in-same-transaction", "domain-column-rewrites-table",
        "domain-constraint-scans-tables", "exclusion-constraint-builds-index", "foreign-key-added-without-not-valid",
        "generated-column-rewrites-table", "index-built-without-concurrently",
        "materialized-view-refreshed-without-concurrently", "partition-attached-with-scan",
        "partition-created-in-place", "partition-detached-without-concurrently", "primary-key-builds-index",
        "reindex-without-concurrently", "set-not-null-scans-table", "table-copied", "table-locked-explicitly",
        "table-rewritten", "table-rewritten-twice", "tables-locked-together", "unbatched-backfill",
        "unique-constraint-builds-index", "work-under-exclusive-lock",
      ]
    case .exposure:
      [
        "definer-function-without-search-path", "dynamic-sql-unquoted", "grant-to-public", "privileges-granted-widely",
        "program-executed", "row-level-security-disabled", "secret-in-migration", "server-setting-changed",
        "superuser-granted",
      ]
    case .care:
      [
        "autovacuum-disabled", "down-does-not-restore", "down-empty", "down-missing", "identifier-truncated",
        "irreversible", "phases-mixed", "suppression-unused", "suppression-without-reason",
        "volatile-function-in-check",
      ]
    }
  }
}
