import Linting
import Testing

@testable import Migrations

@Suite("Runners are told from look-alikes")
struct RecognitionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let runner: String
    /// Names, with the text behind a colon where the name does not do.
    let files: [String]
    var folder = "m"
    var testDescription: String { "\(runner): \(files.joined(separator: ", "))" }
  }

  @Test(
    "by what only they have",
    arguments: [
      Case(runner: "prisma", files: ["m/20240101_a/migration.sql"]),
      Case(runner: "drizzle", files: ["m/20240101_a/migration.sql", "m/20240101_a/snapshot.json"]),
      Case(runner: "diesel", files: ["m/20240101000000_a/up.sql", "m/2024-01-02-000000_b/up.sql"]),
      Case(runner: "hasura", files: ["m/1704067200000_a/up.sql"]),
      Case(runner: "diesel", files: ["m/1_a/up.sql"]),
      Case(runner: "hasura", files: ["m/1_a/up.sql", "config.yaml:metadata_directory: metadata"]),
      Case(runner: "diesel", files: ["m/first/up.sql", "diesel.toml:"]),
      Case(runner: "rails", files: ["m/structure.sql"]),
      Case(runner: "rails", files: ["m/structure.sql", "m/seeds.sql", "Gemfile:"]),
      Case(runner: "plain", files: ["m/structure.sql", "m/seeds.sql"]),
      Case(runner: "flyway", files: ["m/V1__a.sql", "m/V2.sql", "m/R__b.sql"]),
      Case(runner: "plain", files: ["m/V2.sql", "m/R.sql"]),
      Case(runner: "refinery", files: ["m/V1__a.sql", "Cargo.toml:refinery = \"0.8\""]),
      Case(runner: "flyway", files: ["m/V1__a.sql", "Cargo.toml:sqlx = \"0.8\""]),
      Case(runner: "authelia", files: ["m/V0001.A.up.sql", "m/V0001.A.down.sql"]),
      Case(runner: "plain", files: ["m/V0001.A.up.sql", "m/V1.A.down.sql"]),
      Case(runner: "supabase", files: ["supabase/migrations/20240101_a.sql"], folder: "supabase/migrations"),
      Case(
        runner: "supabase",
        files: ["x/migrations/20240101_a.sql", "x/config.toml:project_id = \"p\""],
        folder: "x/migrations"
      ),
      Case(runner: "plain", files: ["x/migrations/20240101_a.sql", "x/config.toml:a = 1"], folder: "x/migrations"),
      Case(runner: "plain", files: ["m/20240101_a.sql", "m/20240102_b.sql"]),
      Case(
        runner: "node-pg-migrate",
        files: ["m/1704067200000_a.sql:SELECT 1;", "m/1704067200001_b.sql:-- up migration: b\nSELECT 1;"]
      ),
      Case(runner: "plain", files: ["m/1_a.sql:-- the last up migration"]),
      Case(runner: "plain", files: ["m/20240101000000000001_a.up.sql", "m/20240101000000000002_b.up.sql"]),
      Case(runner: "golang-migrate", files: ["m/1_a.up.sql", "m/20240101000000000002_b.up.sql"]),
      Case(runner: "plain", files: ["m/1_a.postgres.up.sql", "m/1_a.mysql.up.sql", "m/1_a.sqlite3.up.sql"]),
      Case(runner: "golang-migrate", files: ["m/1_a.postgres.up.sql", "m/2_b.up.sql"]),
      Case(runner: "plain", files: ["m/users.sql:-- +goose Up", "m/orders.sql:-- +goose Up"]),
      Case(runner: "goose", files: ["m/1_users.sql:-- +goose Up", "m/orders.sql:-- +goose Up"]),
      Case(runner: "goose", files: ["m/1_a.sql:-- +goose Up"]),
      Case(runner: "plain", files: ["m/1_a.sql:-- see -- +goose docs"]),
      Case(runner: "liquibase", files: ["m/a.sql:-- Liquibase Formatted SQL"]),
      Case(runner: "graphile-migrate", files: ["m/committed/000001.sql:--! Previous: -"]),
      Case(runner: "golang-migrate", files: ["m/committed/1_a.up.sql"]),
      Case(
        runner: "sqitch",
        files: ["sqitch.conf:[core]\ntop_dir = m", "m/sqitch.plan:\na 2024-01-01T00:00:00Z", "m/deploy/a.sql"]
      ),
    ]
  )
  func recognised(by expected: Case) throws {
    let folder = try TemporaryFolder()
    for file in expected.files {
      let parts = file.split(separator: ":", maxSplits: 1).map(String.init)
      try folder.write(parts.count > 1 ? parts[1] : "", to: parts[0])
    }
    let histories = try MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/")))
      .load([.stored(folder.raw(expected.folder))])
    #expect(histories.compactMap(\.origin?.runner) == [expected.runner])
  }
}
