import Catalog
import Execution
import Linting
import Syntax

/// A rule that is made of text alone, so that a rule's new wording changes no recorded rendering.
struct SampleRule: Rule {
  let isAboutFile = false
  var id = "table-dropped"
  var formerIDs: [String] = []
  var alsoKnownAs: [String] = []
  var summary = "A dropped table takes its data with it, and running code that uses it breaks."
  var risk = Risk.high
  var explanation = """
    DROP TABLE removes the table and all its rows; only a backup brings them back. Code that still reads the table
    fails from that moment on.

    Stop using the table first, deploy that, and drop it in a later release.
    """
  var alternative = "ALTER TABLE clips RENAME TO clips_unused;"
  var reference = "https://www.postgresql.org/docs/current/sql-droptable.html"
  var versions = Policy.supportedVersions
  var examples: [RuleExample] = [
    .bad("a table with data", history: ["CREATE TABLE clips (id bigint);"], "DROP TABLE clips;")
  ]

  static let all: [any Rule] = [
    SampleRule(
      id: "index-built-without-concurrently",
      formerIDs: ["index-built-slowly"],
      alsoKnownAs: ["squawk: require-concurrent-index-creation", "eugene: E6"],
      summary: "An index is built while writes to its table wait.",
      risk: .medium,
      explanation: "CREATE INDEX locks the table against writes until the index is built.",
      alternative: "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);",
      reference: "https://www.postgresql.org/docs/current/sql-createindex.html",
      versions: 14...17,
      examples: []
    ),
    SampleRule(),
  ]
}

/// One report with all that a report can hold.
enum SampleReport {
  static func report() throws -> Report {
    Report(
      [
        try MigrationReport("migrations/000001_clips.up.sql", "CREATE TABLE clips (id bigint, title text);\n"),
        try MigrationReport("migrations/000001_clips.down.sql", "DROP TABLE clips;\n", direction: .down),
        try index,
        try foreignKey,
        try quietWork,
        try unreadable,
      ],
      ignored: [
        .init(path: "migrations/seed.sql", reason: "not named like a migration"),
        .init(path: "migrations/notes.sql", reason: "not named like a migration"),
        .init(path: "migrations/x.sql", reason: "a folder"),
      ]
    )
  }

  /// Wide characters and a tab before what is flagged, and a fix to paste.
  private static var index: MigrationReport {
    get throws {
      try MigrationReport(
        "migrations/000002_index.up.sql",
        "-- 見出し\n\t/* 🐘 é */ CREATE INDEX \"索引\" ON clips (title);\n",
        risk: .medium,
        effects: [
          StatementEffects(relations: [
            .table("clips", .share, [WorkItem(.indexBuild, because: .index(name: "索引", isConcurrent: false))])
          ])
        ],
        findings: [
          FindingLiteral(
            rule: "index-built-without-concurrently",
            risk: .medium,
            tokens: "CREATE INDEX \"索引\" ON clips (title)",
            message: "building index \"索引\" blocks writes to clips until it is done",
            fix: .init("build it CONCURRENTLY", migrations: ["CREATE INDEX CONCURRENTLY \"索引\" ON clips (title);"])
          )
        ]
      )
    }
  }

  /// Several lines, several relations, several migrations to paste; and a finding that is allowed.
  private static var foreignKey: MigrationReport {
    get throws {
      try MigrationReport(
        "migrations/000003_votes.up.sql",
        """
        ALTER TABLE votes
          ADD CONSTRAINT votes_clip_id_fkey
          FOREIGN KEY (clip_id)

          REFERENCES clips (id)
          ON UPDATE CASCADE
          ON DELETE CASCADE;
        -- sqllint:allow table-dropped nobody reads it since 2025
        DROP TABLE old_votes;
        """,
        risk: .high,
        effects: [
          StatementEffects(
            relations: [
              .table("votes", .shareRowExclusive, [WorkItem(.foreignKeyValidation, because: validation, action: 0)]),
              .table("clips", .shareRowExclusive, isAssumed: true),
              .table("fresh", .accessExclusive, existed: false),
            ]
          ),
          StatementEffects(
            relations: [.table("old_votes", .accessExclusive)],
            losses: [.table(QualifiedName(schema: "public", "old_votes"))],
            breaks: [.relationGone(QualifiedName(schema: "public", "old_votes"))]
          ),
        ],
        findings: [
          FindingLiteral(
            rule: "foreign-key-added-without-not-valid",
            risk: .high,
            tokens: """
              ADD CONSTRAINT votes_clip_id_fkey
                FOREIGN KEY (clip_id)

                REFERENCES clips (id)
                ON UPDATE CASCADE
                ON DELETE CASCADE
              """,
            message: "checking every row of votes blocks writes to votes and clips",
            fix: .init(
              "add it NOT VALID, and validate it in the next migration, while reads and writes go on: the second step "
                + "takes a lock that blocks neither",
              migrations: [
                "ALTER TABLE votes ADD CONSTRAINT votes_clip_id_fkey\n  FOREIGN KEY (clip_id) REFERENCES clips (id)\n"
                  + "  NOT VALID;\n",
                "ALTER TABLE votes VALIDATE CONSTRAINT votes_clip_id_fkey;\n",
              ]
            )
          ),
          FindingLiteral(
            rule: "table-dropped",
            risk: .high,
            tokens: "DROP TABLE old_votes",
            message: "dropping old_votes loses its rows for good",
            statement: 1,
            allowedBecause: "nobody reads it since 2025"
          ),
        ]
      )
    }
  }

  private static let validation = WorkCause.foreignKey(
    constraint: "votes_clip_id_fkey",
    referenced: QualifiedName(schema: "public", "clips")
  )

  /// A risk that no finding gives.
  private static var quietWork: MigrationReport {
    get throws {
      try MigrationReport("migrations/000004_fill.up.sql", "\nUPDATE clips SET title = '' WHERE id < 5;", risk: .medium)
    }
  }

  private static var unreadable: MigrationReport {
    get throws {
      try MigrationReport(
        "migrations/000005_broken.up.sql",
        "",
        risk: .critical,
        findings: [
          FindingLiteral(
            rule: "file-unreadable",
            risk: .critical,
            tokens: "",
            message: "the file is not UTF-8 at byte 12",
            fix: .init(
              "save it as UTF-8; if it is meant to be, say so with the reason: -- sqllint:allow-file file-unreadable why"
            ),
            statement: nil
          )
        ],
        unreadable: "not UTF-8"
      )
    }
  }
}
