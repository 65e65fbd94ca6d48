/// Each command and each option stands in the manual that `manual` names, or in the text of help that the tool's source holds;
/// dbmate, sqitch, Alembic and psql were run, too.

extension RunnerCommands {
  static let psql = RunnerCommands(
    "plain",
    manual: "https://www.postgresql.org/docs/current/app-psql.html",
    status: "psql {url} -X -c '\\dt'",
    upAll: "psql {url} -X -v ON_ERROR_STOP=1 -f {file}",
    down: "psql {url} -X -v ON_ERROR_STOP=1 -f {down}",
    timeout: .environment
  )

  static let all: [RunnerCommands] = [
    psql,
    RunnerCommands(
      "golang-migrate",
      manual: "https://github.com/golang-migrate/migrate/tree/master/cmd/migrate",
      status: "migrate -path {folder} -database {url} version",
      upCount: "migrate -path {folder} -database {url} up {count}",
      upAll: "migrate -path {folder} -database {url} up",
      down: "migrate -path {folder} -database {url} down 1",
      repair: [
        "migrate -path {folder} -database {url} version",
        "migrate -path {folder} -database {url} force {before}",
      ],
      // A down migration that fails leaves the version it leads to, as dirty.
      downRepair: ["migrate -path {folder} -database {url} force {version}"],
      stateQuery: "SELECT version, dirty FROM schema_migrations",
      timeout: .parameter("lock_timeout=5s")
    ),
    RunnerCommands(
      "goose",
      manual: "https://pressly.github.io/goose/documentation/cli-commands/",
      status: "goose -dir {folder} postgres {url} status",
      upTo: "goose -dir {folder} postgres {url} up-to {version}",
      upAll: "goose -dir {folder} postgres {url} up",
      down: "goose -dir {folder} postgres {url} down",
      repair: ["goose -dir {folder} postgres {url} status"],
      stateQuery: "SELECT version_id, is_applied, tstamp FROM goose_db_version ORDER BY id DESC LIMIT 5",
      timeout: .parameter("lock_timeout=5s")
    ),
    RunnerCommands(
      "dbmate",
      manual: "https://github.com/amacneil/dbmate#commands",
      status: "dbmate --migrations-dir {folder} status",
      upAll: "dbmate --migrations-dir {folder} --no-dump-schema migrate",
      down: "dbmate --migrations-dir {folder} --no-dump-schema rollback",
      repair: ["dbmate --migrations-dir {folder} status"],
      stateQuery: "SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "flyway",
      manual: "https://documentation.red-gate.com/fd/commands-184127446.html",
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
      manual: "https://docs.liquibase.com/commands/home.html",
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
      manual: "https://github.com/launchbadge/sqlx/blob/main/sqlx-cli/README.md",
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
      manual: "https://docs.rs/crate/diesel_cli/latest",
      status: "diesel migration list --migration-dir {folder}",
      upAll: "diesel migration run --migration-dir {folder}",
      down: "diesel migration revert --migration-dir {folder}",
      repair: ["diesel migration list --migration-dir {folder}"],
      stateQuery: "SELECT version, run_on FROM __diesel_schema_migrations ORDER BY version DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "prisma",
      manual: "https://www.prisma.io/docs/cli/migrate",
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
      manual: "https://atlasgo.io/cli-reference",
      status: "atlas migrate status --dir file://{folder} --url {url}",
      upCount: "atlas migrate apply {count} --dir file://{folder} --url {url}",
      upAll: "atlas migrate apply --dir file://{folder} --url {url}",
      down: nil,
      repair: ["atlas migrate status --dir file://{folder} --url {url}"],
      timeout: .parameter("options=-c%20lock_timeout%3D5s")
    ),
    RunnerCommands(
      "sqitch",
      manual: "https://sqitch.org/docs/manual/",
      status: "sqitch status --target {url}",
      upTo: "sqitch deploy --target {url} --to-change {name}",
      upAll: "sqitch deploy --target {url}",
      down: "sqitch revert --target {url} --to-change @HEAD^",
      repair: ["sqitch status --target {url}", "sqitch verify --target {url}"],
      timeout: .environment
    ),
    RunnerCommands(
      "alembic",
      manual: "https://alembic.sqlalchemy.org/en/latest/tutorial.html",
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
      manual: "https://hasura.io/docs/latest/graphql/core/hasura-cli/hasura_migrate.html",
      status: "hasura migrate status",
      upCount: "hasura migrate apply --up {count}",
      upAll: "hasura migrate apply",
      down: "hasura migrate apply --down 1",
      repair: ["hasura migrate status"]
    ),
    RunnerCommands(
      "supabase",
      manual: "https://supabase.com/docs/reference/cli/supabase-db-push",
      status: "supabase migration list --db-url {url}",
      upAll: "supabase db push --db-url {url}",
      down: nil,
      repair: ["supabase migration list --db-url {url}"],
      stateQuery: "SELECT version, name FROM supabase_migrations.schema_migrations ORDER BY version DESC LIMIT 5"
    ),
    RunnerCommands(
      "node-pg-migrate",
      manual: "https://salsita.github.io/node-pg-migrate/cli",
      status: "npx node-pg-migrate up --dry-run --migrations-dir {folder}",
      upCount: "npx node-pg-migrate up {count} --migrations-dir {folder}",
      upAll: "npx node-pg-migrate up --migrations-dir {folder}",
      down: "npx node-pg-migrate down --migrations-dir {folder}",
      stateQuery: "SELECT name, run_on FROM pgmigrations ORDER BY id DESC LIMIT 5"
    ),
    RunnerCommands(
      "tern",
      manual: "https://github.com/jackc/tern#migrating",
      status: "tern status --migrations {folder}",
      upTo: "tern migrate --migrations {folder} --destination {version}",
      upAll: "tern migrate --migrations {folder}",
      down: "tern migrate --migrations {folder} --destination -1",
      stateQuery: "SELECT version FROM schema_version"
    ),
    RunnerCommands(
      "drizzle",
      manual: "https://orm.drizzle.team/docs/drizzle-kit-migrate",
      // `drizzle-kit check` compares the files with each other alone.
      status: nil,
      upAll: "npx drizzle-kit migrate",
      down: nil,
      stateQuery: "SELECT id, hash, created_at FROM drizzle.__drizzle_migrations ORDER BY id DESC LIMIT 5"
    ),
    RunnerCommands(
      "graphile-migrate",
      manual: "https://github.com/graphile/migrate#usage",
      status: "graphile-migrate status",
      upAll: "graphile-migrate migrate",
      down: nil
    ),
    RunnerCommands(
      "authelia",
      manual: "https://www.authelia.com/reference/cli/authelia/authelia_storage_migrate/",
      status: "authelia storage migrate history",
      upTo: "authelia storage migrate up --target {version}",
      upAll: "authelia storage migrate up",
      down: "authelia storage migrate down --target {before} --destroy-data"
    ),
    RunnerCommands(
      "rails",
      manual: "https://guides.rubyonrails.org/active_record_migrations.html",
      // structure.sql is what these leave; `db:schema:load` is for a database that is empty.
      status: "bin/rails db:migrate:status",
      upAll: "bin/rails db:migrate",
      down: "bin/rails db:rollback",
      stateQuery: "SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 5",
      timeout: .environment
    ),
    RunnerCommands(
      "refinery",
      manual: "https://github.com/rust-db/refinery/tree/main/refinery_cli",
      status: nil,
      upAll: "refinery migrate -e DATABASE_URL -p {folder}",
      down: nil,
      stateQuery: "SELECT version, name, applied_on FROM refinery_schema_history ORDER BY version DESC LIMIT 5"
    ),
  ]
}
