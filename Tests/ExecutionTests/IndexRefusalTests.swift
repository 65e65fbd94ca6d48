import Catalog
import Execution
import Syntax
import Testing

@Suite("Indexes that PostgreSQL refuses")
struct IndexRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE events (id integer, at timestamptz, local timestamp, day date, name text, tags text[], doc jsonb, raw json, place point, addr inet);
    CREATE VIEW seen AS SELECT 1 AS id;
    CREATE MATERIALIZED VIEW kept AS SELECT 1 AS id;
    CREATE INDEX events_ids ON events (id);
    CREATE FUNCTION fixed(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';
    CREATE FUNCTION loose(integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
    CREATE FUNCTION inlined(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + 1';
    CREATE FUNCTION throwing(integer) RETURNS double precision LANGUAGE sql AS 'SELECT $1 + random()';
    """
  )

  @Test("a definition is refused as PostgreSQL refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("CREATE INDEX events_ids ON events (id)", .duplicateTable),
    DefinitionCase("CREATE INDEX IF NOT EXISTS events_ids ON events (id)"),
    DefinitionCase("CREATE INDEX events ON events (id)", .duplicateTable),
    DefinitionCase("CREATE INDEX ON events (nope)", .undefinedColumn),
    DefinitionCase("CREATE INDEX ON events (ctid)", .featureNotSupported),
    DefinitionCase("CREATE INDEX ON events (id) INCLUDE (nope)", .undefinedColumn),
    DefinitionCase("CREATE INDEX ON nope (id)", .undefinedTable),
    DefinitionCase("CREATE INDEX ON seen (id)", .wrongObjectType),
    DefinitionCase("CREATE INDEX ON kept (id)"),
    DefinitionCase("CREATE INDEX ON kept (nope)", .undefinedColumn),
    DefinitionCase("CREATE INDEX ON events_ids (id)", .wrongObjectType),
    DefinitionCase("CREATE INDEX ON events ((nope + 1))", .undefinedColumn),
    DefinitionCase("CREATE INDEX ON events (sum(id))", .groupingError),
    DefinitionCase("CREATE INDEX ON events (generate_series(1, id))", .featureNotSupported),
    DefinitionCase("CREATE INDEX ON events ((now()))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (fixed(id))"),
    DefinitionCase("CREATE INDEX ON events (loose(id))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (inlined(id))"),
    DefinitionCase("CREATE INDEX ON events (throwing(id))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events ((at::date))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events ((local::date))"),
    DefinitionCase("CREATE INDEX ON events (date(at))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (date_trunc('day', at))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (date_trunc('day', local))"),
    DefinitionCase("CREATE INDEX ON events (date_trunc('day', at AT TIME ZONE 'UTC'))"),
    DefinitionCase("CREATE INDEX ON events ((at AT TIME ZONE 'UTC'))"),
    DefinitionCase("CREATE INDEX ON events (to_char(local, 'YYYY'))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events ((day::text))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events ((id::text))"),
    DefinitionCase("CREATE INDEX ON events ((name::date))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (to_tsvector(name))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events USING gin (to_tsvector('english', name))"),
    DefinitionCase("CREATE INDEX ON events (concat(name, id))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events ((name || 'x'))"),
    DefinitionCase("CREATE INDEX ON events (lower(name), upper(name))"),
    DefinitionCase("CREATE INDEX ON events ((at + interval '1 day'))", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events ((local + interval '1 day'))"),
    DefinitionCase("CREATE INDEX ON events (id) WHERE at > now()", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (id) WHERE at > '2024-01-01'"),
    DefinitionCase("CREATE INDEX ON events (id) WHERE day > CURRENT_DATE", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (id) WHERE local > at", .invalidObjectDefinition),
    DefinitionCase("CREATE INDEX ON events (id) WHERE nope", .undefinedColumn),
    DefinitionCase("CREATE INDEX ON events (raw)", .undefinedObject),
    DefinitionCase("CREATE INDEX ON events (doc)"),
    DefinitionCase("CREATE INDEX ON events (place)", .undefinedObject),
    DefinitionCase("CREATE INDEX ON events USING gist (place)"),
    DefinitionCase("CREATE INDEX ON events USING gin (doc)"),
    DefinitionCase("CREATE INDEX ON events USING gin (tags)"),
    DefinitionCase("CREATE INDEX ON events USING brin (at)"),
    DefinitionCase("CREATE INDEX ON events USING hash (id, name)", .featureNotSupported),
    DefinitionCase("CREATE UNIQUE INDEX ON events USING hash (id)", .featureNotSupported),
    DefinitionCase("CREATE INDEX ON events USING gin (doc DESC)", .featureNotSupported),
    DefinitionCase("CREATE INDEX ON events USING brin (id) INCLUDE (name)", .featureNotSupported),
    DefinitionCase("CREATE INDEX ON events (id COLLATE \"C\")", .datatypeMismatch),
    DefinitionCase("CREATE INDEX ON events (name COLLATE \"C\")"),
    DefinitionCase("CREATE INDEX ON events (name text_pattern_ops)"),
    DefinitionCase("CREATE INDEX ON events (doc jsonb_path_ops)", .undefinedObject),
    DefinitionCase("CREATE INDEX ON events USING gin (doc jsonb_path_ops)"),
  ]
}
