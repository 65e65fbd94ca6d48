import Linting
import LiveServer
import PostgresParser
import Rules
import Syntax
import Testing

/// Rules make claims about PostgreSQL, and give advice that people paste: both are tried on a real server.
@Suite("On a live server", .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"))
struct LiveExampleTests {
  @Test("a good example runs", arguments: Example.all(.good))
  func good(example: Example) throws {
    let database = try database(after: example)
    defer { try? database.drop() }
    #expect(try database.run(example.example.sql, example.executionMode).errors == [])
  }

  @Test("a bad example does the work that its rule tells of, or fails as it says", arguments: Example.all(.bad))
  func bad(example: Example) throws {
    let database = try database(after: example)
    defer { try? database.drop() }
    let answer = try database.run(example.example.sql, example.executionMode)
    #expect(answer.errors.map(\.code) == example.expectedErrors, "\(answer.errors)")
    guard answer.errors.isEmpty, let work = Self.work[example.rule.id] else { return }
    #expect(answer.work.contains { $0.hasPrefix(work) }, "\(answer.work)")
  }

  @Test("a fix runs, rewrites nothing, and ends where the statement would have ended", arguments: Example.fixed)
  func fix(example: Example) throws {
    let database = try database(after: example)
    defer { try? database.drop() }
    let finding = try example.finding()
    // What is left to finish is there only behind the example.
    if finding.leftover != nil { _ = try database.run(example.example.sql, example.executionMode) }
    for migration in finding.fix?.migrations ?? [] {
      let answer = try database.run(migration, example.executionMode)
      #expect(answer.errors == [], "\(migration)")
      // A first column of variable length brings an empty TOAST table with an index.
      let work = answer.work.filter { said in
        Self.heavyWork.contains(where: said.hasPrefix) && !said.contains("pg_toast")
          && !said.isOfTable(madeBy: migration)
      }
      let lets = migration.contains("CONCURRENTLY") || migration.contains("VALIDATE CONSTRAINT")
      #expect(lets || work == [], "\(migration)")
      #expect(!work.contains { $0.hasPrefix("rewriting table") }, "\(migration)")
    }
    guard Self.rulesWithEqualFixes.contains(example.rule.id) else { return }
    let other = try self.database(after: example)
    defer { try? other.drop() }
    _ = try other.run(example.example.sql, example.executionMode)
    // Advice validates what it finds not valid.
    _ = try other.run(Self.validation)
    let (advised, written) = try (database.dump(), other.dump())
    #expect(advised.filter { !written.contains($0) } == [])
    #expect(written.filter { !advised.contains($0) } == [])
  }

  static let validation = """
    DO $$
    DECLARE c record;
    BEGIN
      FOR c IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint WHERE NOT convalidated LOOP
        EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', c.relation, c.conname);
      END LOOP;
    END $$
    """

  /// What PostgreSQL says at `debug1` when it does what a rule warns of.
  static let work = [
    "index-built-without-concurrently": "building index",
    "column-default-rewrites-table": "rewriting table",
    "column-type-change-rewrites-table": "rewriting table",
    "set-not-null-scans-table": "verifying table",
    "check-added-without-not-valid": "verifying table",
    "foreign-key-added-without-not-valid": "validating foreign key constraint",
    "unique-constraint-builds-index": "building index",
    "exclusion-constraint-builds-index": "building index",
    "column-constraint-builds-index": "building index",
    "column-check-scans-table": "verifying table",
    "column-foreign-key-scans-table": "validating foreign key constraint",
    "generated-column-rewrites-table": "rewriting table",
    "domain-column-rewrites-table": "rewriting table",
    "column-type-change-scans-table": "verifying table",
  ]

  /// What must not be done but in the two ways that let reads and writes go on.
  static let heavyWork = ["rewriting table", "verifying table", "building index", "validating foreign key constraint"]

  /// The rules whose fix does the same in another way. The others change what is done: they keep an old name or column.
  static let rulesWithEqualFixes: Set = [
    "index-built-without-concurrently", "index-dropped-without-concurrently", "column-default-rewrites-table",
    "set-not-null-scans-table", "check-added-without-not-valid", "foreign-key-added-without-not-valid",
    "unique-constraint-builds-index", "required-column-without-default",
  ]

  @Test(
    "a backfill changes every row, once",
    arguments: [
      // Along the key, with a change that must not be made twice.
      (["CREATE TABLE users (id bigint PRIMARY KEY, n int)"], "UPDATE users SET n = n + 1;"),
      // Until none is left that is to be changed, with and without partitions.
      (["CREATE TABLE users (id bigint, n int)"], "UPDATE users SET n = 1;"),
      (
        [
          "CREATE TABLE users (id bigint, n int) PARTITION BY HASH (id)",
          "CREATE TABLE users_0 PARTITION OF users FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
          "CREATE TABLE users_1 PARTITION OF users FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        ],
        "UPDATE users SET n = 1 WHERE true;"
      ),
    ]
  )
  func backfill(tables: [String], update: String) throws {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    defer { try? database.drop() }
    // More than two batches.
    for sql in tables + [
      "INSERT INTO users SELECT i * 3, CASE WHEN i % 2 = 0 THEN 0 END FROM generate_series(1, 25000) i"
    ] {
      #expect(try database.run(sql).errors == [], "\(sql)")
    }
    let findings = try MigrationReport.linting(tables, then: MigrationText(sql: update)).findings
    let expected = try database.run("BEGIN; \(update) SELECT count(*), count(n), sum(n) FROM users; ROLLBACK").rows
    for migration in try #require(findings.first?.fix?.migrations) {
      #expect(try database.run(migration).errors == [], "\(migration)")
    }
    #expect(try database.run("SELECT count(*), count(n), sum(n) FROM users").rows == expected)
    #expect(!expected.isEmpty)
  }

  /// A database that holds what the example takes for granted.
  private func database(after example: Example) throws -> LiveDatabase {
    let database = try LiveDatabase(on: #require(LiveServer.shared))
    for migration in example.example.history { #expect(try database.run(migration).errors == [], "\(migration)") }
    return database
  }
}

extension String {
  /// Whether the server says it of a table that the migration makes, which is empty.
  fileprivate func isOfTable(madeBy migration: String) -> Bool {
    let parts = split(separator: "\"")
    return parts.count > 1 && migration.contains("CREATE TABLE \(parts[1]) ")
  }
}

extension Example {
  /// The bad ones with SQL in their fix that a server can try.
  static let fixed = all(.bad).filter {
    ((try? $0.finding().fix?.migrations.isEmpty == false) ?? false) && !$0.namesAnUnknownTable
  }

  var executionMode: LiveDatabase.ExecutionMode {
    switch example.transactionMode {
    case .implicit: .whole
    case .wrapped: .wrapped
    case .none, .split: .apart
    }
  }

  /// The SQLSTATEs with which the server refuses the example.
  var expectedErrors: [String] {
    switch rule.id {
    case "statement-refused-in-transaction": ["25001"]
    case "syntax-error": ["42601"]
    case "statement-refused", "relation-not-in-history":
      (try? report().statements.compactMap { $0.refusal?.state.rawValue }) ?? []
    default: namesAnUnknownTable ? ["42P01"] : namesAnUnknownFunction ? ["42883"] : []
    }
  }

  private var namesAnUnknownTable: Bool {
    (try? report().statements.contains { $0.effects.relations.contains(where: \.isAssumed) }) ?? false
  }

  private var namesAnUnknownFunction: Bool {
    (try? report().statements.contains { $0.effects.unknowns.contains { $0.contains("function") } }) ?? false
  }
}
