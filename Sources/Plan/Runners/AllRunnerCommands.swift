// Read: the READMEs of golang-migrate, goose and dbmate, Flyway's page on its target, excerpts of the documentation of sqlx,
// Liquibase, Atlas, sqitch and Hasura. The commands of the other runners have not been held against their documentation.

extension RunnerCommands {
  static let psql = RunnerCommands(
    "plain",
    status: "psql {url} -X -c '\\dt'",
    upAll: "psql {url} -X -v ON_ERROR_STOP=1 -f {file}",
    down: "psql {url} -X -v ON_ERROR_STOP=1 -f {down}",
    timeout: .environment
  )

  static let all: [RunnerCommands] = [
    psql,
    RunnerCommands(
      "golang-migrate",
      status: "migrate -path {folder} -database {url} version",
      upCount: "migrate -path {folder} -database {url} up {count}",
      upAll: "migrate -path {folder} -database {url} up",
      down: "migrate -path {folder} -database {url} down 1",
      repair: [
        "migrate -path {folder} -database {url} version",
        "migrate -path {folder} -database {url} force {before}",
      ],
      stateQuery: "SELECT version, dirty FROM schema_migrations",
      timeout: .parameter("lock_timeout=5s")
    ),
    RunnerCommands(
      "goose",
      status: "goose -dir {folder} postgres {url} status",
      upTo: "goose -dir {folder} postgres {url} up-to {version}",
      upAll: "goose -dir {folder} postgres {url} up",
      down: "goose -dir {folder} postgres {url} down",
      repair: ["goose -dir {folder} postgres {url} status"],
      stateQuery: "SELECT version_id, is_applied, tstamp FROM goose_db_version ORDER BY id DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "dbmate",
      status: "dbmate --migrations-dir {folder} status",
      upAll: "dbmate --migrations-dir {folder} --no-dump-schema migrate",
      down: "dbmate --migrations-dir {folder} --no-dump-schema rollback",
      repair: ["dbmate --migrations-dir {folder} status"],
      stateQuery: "SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "flyway",
      status: "flyway -locations=filesystem:{folder} info",
      upTo: "flyway -locations=filesystem:{folder} -target={version} migrate",
      upAll: "flyway -locations=filesystem:{folder} migrate",
      down: "flyway -locations=filesystem:{folder} undo",
      repair: ["flyway -locations=filesystem:{folder} info", "flyway -locations=filesystem:{folder} repair"],
      stateQuery:
        "SELECT version, description, success FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 5",
      timeout: .parameter("options=-c%20lock_timeout=5s")
    ),
    RunnerCommands(
      "liquibase",
      status: "liquibase status --verbose",
      upCount: "liquibase update-count --count={count}",
      upAll: "liquibase update",
      down: "liquibase rollback-count --count=1",
      repair: ["liquibase status --verbose"],
      stateQuery:
        "SELECT id, author, filename, dateexecuted FROM databasechangelog ORDER BY orderexecuted DESC LIMIT 5",
      timeout: .parameter("options=-c%20lock_timeout=5s")
    ),
    RunnerCommands(
      "sqlx",
      status: "sqlx migrate info --source {folder}",
      upTo: "sqlx migrate run --source {folder} --target-version {version}",
      upAll: "sqlx migrate run --source {folder}",
      down: "sqlx migrate revert --source {folder}",
      repair: ["sqlx migrate info --source {folder}"],
      stateQuery: "SELECT version, description, success FROM _sqlx_migrations ORDER BY version DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "diesel",
      status: "diesel migration list --migration-dir {folder}",
      upAll: "diesel migration run --migration-dir {folder}",
      down: "diesel migration revert --migration-dir {folder}",
      repair: ["diesel migration list --migration-dir {folder}"],
      stateQuery: "SELECT version, run_on FROM __diesel_schema_migrations ORDER BY version DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "prisma",
      status: "npx prisma migrate status",
      upAll: "npx prisma migrate deploy",
      down: nil,
      repair: ["npx prisma migrate status", "npx prisma migrate resolve --rolled-back {name}"],
      stateQuery: "SELECT migration_name, started_at, finished_at, rolled_back_at FROM _prisma_migrations"
        + " ORDER BY started_at DESC LIMIT 5",
      timeout: .parameter("options=-c%20lock_timeout%3D5s")
    ),
    RunnerCommands(
      "atlas",
      status: "atlas migrate status --dir file://{folder} --url {url}",
      upCount: "atlas migrate apply {count} --dir file://{folder} --url {url}",
      upAll: "atlas migrate apply --dir file://{folder} --url {url}",
      down: nil,
      repair: ["atlas migrate status --dir file://{folder} --url {url}"],
      timeout: .parameter("options=-c%20lock_timeout%3D5s")
    ),
    RunnerCommands(
      "sqitch",
      status: "sqitch status --target {url}",
      upTo: "sqitch deploy --target {url} --to-change {name}",
      upAll: "sqitch deploy --target {url}",
      down: "sqitch revert --target {url} --to-change @HEAD^",
      repair: ["sqitch status --target {url}", "sqitch verify --target {url}"],
      timeout: .environment
    ),
    RunnerCommands(
      "alembic",
      status: "alembic current",
      upOne: "alembic upgrade +1",
      upAll: "alembic upgrade head",
      down: "alembic downgrade -1",
      repair: ["alembic current"],
      stateQuery: "SELECT version_num FROM alembic_version",
      timeout: .environment
    ),
    RunnerCommands(
      "hasura",
      status: "hasura migrate status",
      upCount: "hasura migrate apply --up {count}",
      upAll: "hasura migrate apply",
      down: "hasura migrate apply --down 1",
      repair: ["hasura migrate status"]
    ),
    RunnerCommands(
      "supabase",
      status: "supabase migration list",
      upAll: "supabase db push",
      down: nil,
      repair: ["supabase migration list"]
    ),
    RunnerCommands(
      "node-pg-migrate",
      status: "npx node-pg-migrate up --dry-run --migrations-dir {folder}",
      upCount: "npx node-pg-migrate up {count} --migrations-dir {folder}",
      upAll: "npx node-pg-migrate up --migrations-dir {folder}",
      down: "npx node-pg-migrate down --migrations-dir {folder}"
    ),
    RunnerCommands(
      "tern",
      status: "tern status --migrations {folder}",
      upTo: "tern migrate --migrations {folder} --destination {version}",
      upAll: "tern migrate --migrations {folder}",
      down: "tern migrate --migrations {folder} --destination -1"
    ),
    RunnerCommands(
      "drizzle",
      status: "npx drizzle-kit check",
      upAll: "npx drizzle-kit migrate",
      down: nil
    ),
    RunnerCommands(
      "graphile-migrate",
      status: "graphile-migrate status",
      upAll: "graphile-migrate migrate",
      down: nil
    ),
    RunnerCommands(
      "authelia",
      status: "authelia storage migrate history",
      upAll: "authelia storage migrate up",
      down: nil
    ),
    RunnerCommands(
      "rails",
      status: "bin/rails db:migrate:status",
      upAll: "bin/rails db:schema:load",
      down: nil
    ),
    RunnerCommands(
      "refinery",
      status: "psql {url} -X -c 'SELECT * FROM refinery_schema_history'",
      upAll: "refinery migrate -p {folder}",
      down: nil
    ),
  ]
}
