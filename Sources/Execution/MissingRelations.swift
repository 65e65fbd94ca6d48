import Catalog
import Syntax

extension Execution {
  /// The statement needs a relation. It is refused for certain where the history dropped it, and where the history tells
  /// of all relations of the schema, unless something else made it. `name` has its schema.
  mutating func require(_ name: QualifiedName, as kind: ObjectKind = .table) throws(SQLError) {
    if catalog.isKnown(name) || catalog.types[name] != nil { return }
    if catalog.isGone(name) { throw .undefined(kind, name) }
    catalog.noteNeed(of: name)
    if catalog.tellsAll(ofSchemaOf: name), !name.isMadeByRunners, !name.isLeftBehind { doubt(.undefined(kind, name)) }
  }
}

extension QualifiedName {
  /// Whether it may be what REINDEX CONCURRENTLY left behind when it failed.
  fileprivate var isLeftBehind: Bool { name.hasSuffix("_ccnew") || name.hasSuffix("_ccold") }

  /// Whether it is the table in which a migration runner keeps what has run.
  ///
  /// Source: the runners' manuals, see Documentation/runners.md.
  fileprivate var isMadeByRunners: Bool { Self.tablesOfRunners.contains(name.lowercased()) }

  private static let tablesOfRunners: Set<String> = [
    "schema_migrations", "goose_db_version", "flyway_schema_history", "schema_version", "_prisma_migrations",
    "__diesel_schema_migrations", "_sqlx_migrations", "databasechangelog", "databasechangeloglock", "knex_migrations",
    "knex_migrations_lock", "alembic_version", "django_migrations", "pgmigrations", "migrations", "typeorm_metadata",
    "sequelizemeta", "ar_internal_metadata", "gorp_migrations", "refinery_schema_history", "__drizzle_migrations",
    "atlas_schema_revisions", "bun_migrations", "bun_migration_locks", "tern_version", "migration_versions",
  ]
}
