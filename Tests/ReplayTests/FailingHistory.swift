import LiveServer

/// Migrations one of which PostgreSQL refuses, what a runner leaves of them, and the way out.
struct FailingHistory: CustomStringConvertible, Sendable {
  let runner: InstalledRunner
  let title: String
  /// The texts of the files by their paths.
  let files: [String: String]
  /// The tables that are there after the failure, without the runner's own.
  let tables: [String]
  /// What the runner's own table names after it.
  var recorded: [String] = []
  /// Whether the runner says nothing of the failure in its exit status.
  var seemsToSucceed = false
  /// What is undone by hand, as the documentation has it.
  var byHand = ""
  /// The files that are written anew then, or that psql runs.
  let fixed: [String: String]
  /// The tables at the end.
  let fixedTables: [String]

  var description: String { "\(runner): \(title)" }

  static let all: [FailingHistory] = ofPsql + ofDbmate + ofSqitch + ofAlembic
}

extension FailingHistory {
  private static let twice = "CREATE TABLE b (id int);\nALTER TABLE b ADD COLUMN id int;\n"
  private static let once = "CREATE TABLE b (id int);\n"
  private static let third = "CREATE TABLE c (id int);\n"

  private static let ofPsql = [
    FailingHistory(
      runner: .psql,
      title: "it goes on with the next statement and the next file",
      files: [
        "1_a.sql": "CREATE TABLE a (id int);\n", "2_b.sql": twice + third, "10_d.sql": "CREATE TABLE d (id int);\n",
      ],
      tables: ["a", "b", "c", "d"],
      seemsToSucceed: true,
      fixed: ["fixed.sql": "\\set ON_ERROR_STOP on\nALTER TABLE b ADD COLUMN id2 int;\n"],
      fixedTables: ["a", "b", "c", "d"]
    ),
    FailingHistory(
      runner: .psql,
      title: "a block that failed leaves nothing, and what is behind it runs",
      files: ["1_a.sql": "CREATE TABLE a (id int);\nBEGIN;\n\(twice)CREATE TABLE e (id int);\nCOMMIT;\n\(third)"],
      tables: ["a", "c"],
      seemsToSucceed: true,
      fixed: ["fixed.sql": "\\set ON_ERROR_STOP on\nBEGIN;\n\(once)CREATE TABLE e (id int);\nCOMMIT;\n"],
      fixedTables: ["a", "b", "c", "e"]
    ),
    FailingHistory(
      runner: .psql,
      title: "a script that says so stops there",
      files: ["1_a.sql": "\\set ON_ERROR_STOP on\nCREATE TABLE a (id int);\n\(twice)\(third)"],
      tables: ["a", "b"],
      fixed: ["fixed.sql": "\\set ON_ERROR_STOP on\n\(third)"],
      fixedTables: ["a", "b", "c"]
    ),
  ]

  private static func dbmate(_ sql: String, options: String = "") -> String {
    "-- migrate:up\(options)\n\(sql)-- migrate:down\nSELECT 1;\n"
  }

  private static let ofDbmate = [
    FailingHistory(
      runner: .dbmate,
      title: "a transaction leaves nothing, and what came before it stays",
      files: [
        "migrations/1_a.sql": dbmate("CREATE TABLE a (id int);\n"), "migrations/2_b.sql": dbmate(twice),
        "migrations/3_c.sql": dbmate(third),
      ],
      tables: ["a"],
      recorded: ["1"],
      fixed: ["migrations/2_b.sql": dbmate(once)],
      fixedTables: ["a", "b", "c"]
    ),
    FailingHistory(
      runner: .dbmate,
      title: "without a transaction the statements are one query",
      files: ["migrations/1_b.sql": dbmate(twice, options: " transaction:false")],
      tables: [],
      fixed: ["migrations/1_b.sql": dbmate(once, options: " transaction:false")],
      fixedTables: ["b"]
    ),
    FailingHistory(
      runner: .dbmate,
      title: "CREATE INDEX CONCURRENTLY beside another statement",
      files: [
        "migrations/1_b.sql": dbmate(once),
        "migrations/2_c.sql": dbmate("\(third)CREATE INDEX CONCURRENTLY i ON b (id);\n", options: " transaction:false"),
      ],
      tables: ["b"],
      recorded: ["1"],
      fixed: [
        "migrations/2_c.sql": dbmate(third),
        "migrations/3_i.sql": dbmate("CREATE INDEX CONCURRENTLY i ON b (id);\n", options: " transaction:false"),
      ],
      fixedTables: ["b", "c"]
    ),
  ]

  private static func sqitch(_ changes: [(name: String, deploy: String)]) -> [String: String] {
    let lines = changes.enumerated().map {
      "\($1.name) 2024-01-0\($0 + 1)T00:00:00Z Test <test@example.org> # \($1.name)"
    }
    var files = [
      "sqitch.conf": "[core]\n\tengine = pg\n",
      "sqitch.plan": "%syntax-version=1.0.0\n%project=test\n\n" + lines.joined(separator: "\n") + "\n",
    ]
    for (name, deploy) in changes {
      files["deploy/\(name).sql"] = deploy
      files["revert/\(name).sql"] = "DROP TABLE \(name);\n"
    }
    return files
  }

  private static let ofSqitch = [
    FailingHistory(
      runner: .sqitch,
      title: "a script in a block leaves nothing, and the changes before it are reverted",
      files: sqitch([
        ("a", "CREATE TABLE a (id int);\n"), ("b", "BEGIN;\n\(twice)COMMIT;\n"), ("c", third),
      ]),
      tables: [],
      fixed: ["deploy/b.sql": "BEGIN;\n\(once)COMMIT;\n"],
      fixedTables: ["a", "b", "c"]
    ),
    FailingHistory(
      runner: .sqitch,
      title: "what a script did outside of a block stays",
      files: sqitch([("a", "CREATE TABLE a (id int);\n"), ("b", twice)]),
      tables: ["b"],
      byHand: "DROP TABLE b",
      fixed: ["deploy/b.sql": once],
      fixedTables: ["a", "b"]
    ),
  ]

  /// `eachAlone`: whether each migration has a transaction of its own.
  private static func alembic(_ versions: [(name: String, sql: String)], eachAlone: Bool) -> [String: String] {
    var files = [
      "alembic.ini": "[alembic]\nscript_location = m\n",
      "m/env.py": """
      from alembic import context
      context.configure(dialect_name="postgresql", transaction_per_migration=\(eachAlone ? "True" : "False"))
      with context.begin_transaction():
          context.run_migrations()
      """,
    ]
    var before = "None"
    for (name, sql) in versions {
      let statements = sql.split(separator: "\n").map { "    op.execute(\"\($0.dropLast())\")" }
      files["m/versions/\(name).py"] = """
        from alembic import op
        revision = "\(name)"
        down_revision = \(before)
        def upgrade():
        \(statements.joined(separator: "\n"))
        def downgrade():
            pass
        """
      before = "\"\(name)\""
    }
    return files
  }

  private static let ofAlembic = [
    FailingHistory(
      runner: .alembic,
      title: "one transaction around all leaves nothing",
      files: alembic([("aa", "CREATE TABLE a (id int);"), ("bb", twice), ("cc", third)], eachAlone: false),
      tables: [],
      seemsToSucceed: true,
      fixed: alembic([("aa", "CREATE TABLE a (id int);"), ("bb", once), ("cc", third)], eachAlone: false),
      fixedTables: ["a", "b", "c"]
    ),
    FailingHistory(
      runner: .alembic,
      title: "what comes after a migration that failed in its own transaction runs, and is not named",
      files: alembic([("aa", "CREATE TABLE a (id int);"), ("bb", twice), ("cc", third)], eachAlone: true),
      tables: ["a", "c"],
      recorded: ["aa"],
      seemsToSucceed: true,
      byHand: "DROP TABLE c",
      fixed: alembic([("aa", "CREATE TABLE a (id int);"), ("bb", once), ("cc", third)], eachAlone: true),
      fixedTables: ["a", "b", "c"]
    ),
  ]
}
