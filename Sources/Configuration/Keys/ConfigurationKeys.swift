import Execution
import Gate
import Linting
import Migrations
import Syntax

extension ConfigurationKey {
  /// All keys of a file, in the order in which they are told.
  package static let all: [ConfigurationKey] = [extends] + files + judgement + project + [overrides]

  private static let extends = ConfigurationKey(
    "extends",
    "What it builds upon: presets (strict, default, quiet) and other files of the project, of which the later ones win.",
    usual: "default",
    .oneOrMore(expected: ConfigurationReader.expectedExtension),
    read: { $0.readExtensions($1) },
    take: { $0.extends = $1.configuration.extends }
  )

  private static let files: [ConfigurationKey] = [
    .choice(
      "runner",
      \.runner,
      among: Runner.allCases,
      "What runs the migrations; without it the files tell."
    ),
    .choice(
      "transaction",
      \.transaction,
      among: Migration.TransactionMode.allCases,
      "How the runner sends a file that says nothing about it, where a setting of its own changes what is usual."
    ),
    .text(
      "start_after",
      \.startAfter,
      expecting: "the version of a migration, or git: and a branch",
      "From where on migrations are reported, as one deployment; the others make the schema."
    ) { Start(parsing: $1) },
    .texts(
      "paths",
      \.paths,
      expecting: "a file or a folder",
      "What is checked where no path is given: files and folders, from this file's folder."
    ) { $0.placed($1) },
    .texts(
      "include",
      \.include,
      expecting: "a glob pattern of paths",
      "The only files that are migrations, as glob patterns of paths; without any, all that the runner takes."
    ) { $0.placed($1) },
    .texts(
      "exclude",
      \.exclude,
      expecting: "a glob pattern of paths",
      "Files and folders that are left out, as glob patterns of paths; it wins over include."
    ) { $0.placed($1) },
  ]

  private static let judgement: [ConfigurationKey] = [
    .number(
      "target_version",
      \.targetVersion,
      Policy.supportedVersions,
      "The major version of the PostgreSQL server that will run the migrations.",
      usual: String(Policy().targetVersion),
      isOverridable: true
    ) { $0.version($1) },
    .text(
      "time_zone",
      \.timeZone,
      expecting: "the TimeZone of the sessions, such as UTC",
      "The TimeZone of the sessions that run the migrations.",
      isOverridable: true
    ) { $1 },
    .choice(
      "timeouts",
      \.timeouts,
      among: Policy.TimeoutPlace.allCases,
      "Where the lock_timeout is set that migrations run with: in each that locks tables, or in the session.",
      isOverridable: true
    ),
    .choice(
      "fail_on",
      \.failOn,
      among: FailureThreshold.allCases,
      "The lowest risk of a finding that makes sqllint exit with 1.",
      usual: Policy().failOn?.rawValue,
      isOverridable: true
    ),
    ConfigurationKey(
      "rules",
      "What becomes of the findings of a rule: another risk; advice, which fails no run; on, with its own risk; or off.",
      usual: "{}",
      .map(.rules, to: .choice(ConfigurationReader.ruleSettings)),
      isOverridable: true,
      read: { $0.readRules($1) },
      take: { $0.rules.merge($1.configuration.rules) { $1 } }
    ),
    ConfigurationKey(
      "approvals",
      "Who must approve a migration of each risk, or with a rule, a table or a schema about it; + stands between several.",
      .group(ConfigurationReader.approvalKeys),
      isOverridable: true,
      read: { $0.readApprovals($1) },
      take: { $0.takeApprovals($1) }
    ),
    ConfigurationKey(
      "approvers",
      "Who may approve as what, and who belongs to which team.",
      usual: "{}",
      .map(.roles, to: .oneOrMore(expected: "a name, a handle such as @vera, or a team")),
      read: { $0.readApprovers($1) },
      take: { $0.approvalPolicy.members.merge($1.configuration.approvalPolicy.members) { $1 } }
    ),
    ConfigurationKey(
      "downtime",
      "Whether a migration of each risk needs downtime, in words.",
      .group(
        Risk.allCases.map { risk in
          ConfigurationKey(
            in: "downtime",
            risk.rawValue,
            "For a migration of \(risk.rawValue) risk.",
            usual: Policy.usualDowntimes[risk].map(YAMLText.scalar),
            .text(expected: "a text")
          )
        }
      ),
      isOverridable: true,
      read: { $0.configuration.downtimes = $0.textsByRisk($1, of: "downtime") },
      take: { $0.downtimes.merge($1.configuration.downtimes) { $1 } }
    ),
    .flag(
      "foreign_suppressions",
      \.honoursForeignComments,
      "Whether the comments count by which squawk, Atlas, pgfence and strong_migrations leave something out.",
      isOverridable: true
    ),
    .text(
      "baseline",
      \.baseline,
      expecting: "the baseline's file, or none",
      "The file of the findings that are known and do not count, which `sqllint baseline` makes, or none."
    ) { $0.placed($1) },
  ]

  private static let project: [ConfigurationKey] = [
    .texts(
      "external",
      \.external,
      expecting: "a pattern such as schema.*",
      maximum: ConfigurationReader.maximumExternal,
      "Objects that something else than the migrations makes, by patterns of their names."
    ) { $1 },
    ConfigurationKey(
      "tables",
      "Tables that are large, and tables that are small, by patterns of their names.",
      .group(ConfigurationReader.tableKeys),
      read: { $0.readTables($1) },
      take: { own, layer in
        if layer.gives(["tables", "large"]) { own.largeTables = layer.configuration.largeTables }
        if layer.gives(["tables", "small"]) { own.smallTables = layer.configuration.smallTables }
      }
    ),
    .text(
      "sizes",
      \.sizes,
      expecting: "a file that sqllint sizes --query and psql write",
      "A file with the sizes of tables, from this file's folder: CSV or JSON."
    ) { $0.placed($1) },
    ConfigurationKey(
      "rates",
      "How fast the server works, for estimates of how long statements take.",
      .group(
        Work.allCases.map {
          ConfigurationKey(in: "rates", $0.rawValue, "How much of a table and its indexes in a second.", .rate)
        }
      ),
      read: { $0.readRates($1) },
      take: { $0.rates.bytesPerSecond.merge($1.configuration.rates.bytesPerSecond) { $1 } }
    ),
    ConfigurationKey(
      "limits",
      "How much is read; what is beyond is told and fails the run.",
      .group(
        Limits.Name.allCases.map {
          ConfigurationKey(
            in: "limits",
            $0.rawValue,
            "Documentation/limits.md says what it counts.",
            usual: String(Limits()[$0]),
            .number(1...$0.maximum)
          )
        }
      ),
      read: { $0.readLimits($1) },
      take: { own, layer in
        for name in Limits.Name.allCases where layer.gives(["limits", name.rawValue]) {
          own.limits[name] = layer.configuration.limits[name]
        }
      }
    ),
    .text(
      "templates",
      \.templates,
      expecting: "a folder with templates of the runbook",
      "A folder with the team's own texts of the runbook, from this file's folder."
    ) { $0.placed($1) },
  ]

  /// The keys of an override besides its paths.
  static let overridable: [ConfigurationKey] = judgement.filter(\.isOverridable)

  /// Which migrations an override is about.
  static let overridePaths = ConfigurationKey(
    in: "overrides",
    "paths",
    "The migrations that it is about, as glob patterns of paths.",
    .oneOrMore(expected: "a glob pattern of paths")
  )

  private static let overrides = ConfigurationKey(
    "overrides",
    "What holds for some migrations alone: glob patterns of their paths, and keys that win over the rest of the file.",
    usual: "[]",
    .groups([overridePaths] + overridable, required: ["paths"]),
    read: { $0.readOverrides($1) },
    take: { $0.overrides += $1.configuration.overrides }
  )
}
