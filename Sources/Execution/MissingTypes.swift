import Catalog
import Syntax

extension Execution {
  /// A definition names a type. What neither PostgreSQL nor the history has may come from an extension.
  mutating func require(_ type: TypeName) {
    guard !type.isColumnType, !type.isBuiltIn, type.serialType == nil, !type.name.name.hasPrefix("_") else { return }
    if let schema = type.name.schema, schema == "pg_catalog" || schema == "information_schema" { return }
    let name = database.qualifiedType(type.name)
    if catalog.types.contains(name) || catalog.hasRelation(database.qualified(type.name)) { return }
    if ExtensionTypes.names.contains(name.name) || !name.name.isPlainName { return }
    catalog.noteNeed(of: name)
    let schemas = type.name.schema.map { [$0] } ?? database.session.searchPath
    guard schemas.allSatisfy({ catalog.tellsAll(ofSchemaOf: QualifiedName(schema: $0, name.name)) }) else { return }
    doubt(.undefined(.type, type.name))
  }
}

/// Types that extensions bring, which may be there before the first migration runs.
///
/// Source: the install scripts in PostgreSQL's `contrib/`, and those of PostGIS, pgvector and TimescaleDB.
enum ExtensionTypes {
  static let names: Set<String> = [
    "citext", "hstore", "ltree", "lquery", "ltxtquery", "cube", "seg", "query_int", "ean13", "isbn", "isbn13", "ismn",
    "ismn13", "issn", "issn13", "upc", "lo", "earth", "gtrgm", "tablefunc_crosstab_2", "tablefunc_crosstab_3",
    "tablefunc_crosstab_4", "geometry", "geography", "box2d", "box3d", "raster", "topogeometry", "vector", "halfvec",
    "sparsevec", "semver", "uri", "hll", "roaringbitmap", "ip4", "ip6", "iprange", "ip4r", "ip6r", "periodt", "ulid",
    "pg_uuidv7", "addrow", "tdigest", "rrule", "mpz", "mpq", "uint1", "uint2", "uint4", "uint8", "int1", "debversion",
    "pgpointcloud", "pcpatch", "pcpoint", "emailaddr", "currency", "country", "prefix_range", "agtype", "graphid",
  ]
}
