/// Every runner, those that are told by a file of their own first, then by directives, then by names alone.
enum AllRunners {
  static let all: [any RunnerDefinition] = [
    Sqitch(), Drizzle(), Prisma(), Hasura(), Diesel(), Graphile(), Rails(),
    Goose(), Dbmate(), Liquibase(), Tern(), NodePgMigrate(), Alembic(),
    Refinery(), Flyway(), Authelia(), Sqlx(), GolangMigrate(), Supabase(), Atlas(), Plain(),
  ]

  /// Patterns of the names of the tables that they keep, in any schema: a project may have had another runner before.
  static let tables = all.flatMap { $0.ownTables.map { $0.contains(".") ? $0 : "*.\($0)" } }
}
