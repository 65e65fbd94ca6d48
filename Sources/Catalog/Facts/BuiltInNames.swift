import Syntax

/// The names of objects that PostgreSQL itself has, besides functions.
///
/// Source: `pg_operator`, `pg_type`, `pg_language`, `pg_am` and `pg_ts_dict` of PostgreSQL 15 and 18.
package enum BuiltInNames {
  package static let operators = names(
    """
    !! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- / < <-> << <<= <<| <= <> \
    <@ <^ = > >= >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ \
    ~>~ ~~ ~~*
    """
  )

  package static let types = names(
    """
    aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray \
    anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char cid cidr \
    circle cstring date datemultirange daterange event_trigger fdw_handler float4 float8 gtsvector index_am_handler \
    inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal interval json jsonb \
    jsonpath language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path \
    pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_ddl_command pg_dependencies pg_lsn pg_mcv_list pg_ndistinct \
    pg_node_tree pg_snapshot point polygon record refcursor regclass regcollation regconfig regdictionary \
    regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler text tid time timestamp \
    timestamptz timetz trigger tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector \
    txid_snapshot unknown uuid varbit varchar void xid xid8 xml
    """
  )

  /// PL/pgSQL is an extension that every database begins with.
  package static let languages = names("c internal plpgsql sql")

  package static let accessMethods = names("brin btree gin gist hash heap spgist")

  private static let textSearch = names(
    """
    arabic armenian basque catalan danish default dutch english finnish french german greek hindi hungarian \
    indonesian irish ispell italian lithuanian nepali norwegian portuguese romanian russian serbian simple snowball \
    spanish swedish synonym tamil thesaurus turkish yiddish
    """
  )

  /// Of a configuration, a dictionary, a parser or a template.
  package static func isTextSearch(_ name: String) -> Bool {
    textSearch.contains(Substring(name)) || name.hasSuffix("_stem")
  }

  private static func names(_ text: String) -> Set<Substring> { Set(text.split(separator: " ")) }
}

extension QualifiedName {
  private var isInSystemCatalog: Bool { schema == nil || schema == "pg_catalog" }

  /// Whether PostgreSQL has a type of the name. One that is searched for in no schema may also be an array's.
  package var isBuiltInType: Bool {
    if schema == "information_schema" { return true }
    guard isInSystemCatalog else { return false }
    return BuiltInNames.types.contains(Substring(name))
      || name.hasPrefix("_") && BuiltInNames.types.contains(name.dropFirst()) || name.hasPrefix("pg_")
  }

  /// Whether no column can be of the type.
  package var isPseudotype: Bool { isInSystemCatalog && BuiltInNames.pseudotypes.contains(name) }

  /// Whether it is one of PostgreSQL's types whose values have no collation.
  package var hasNoCollation: Bool {
    isInSystemCatalog && BuiltInNames.types.contains(Substring(name))
      && !["text", "varchar", "bpchar", "name"].contains(name) && !isPseudotype
  }

  /// Whether PostgreSQL has a function of the name.
  package var isBuiltInFunction: Bool {
    guard isInSystemCatalog else { return schema == "information_schema" }
    return BuiltInFunctions.volatile.contains(Substring(name)) || BuiltInFunctions.settled.contains(Substring(name))
      || BuiltInAggregates.names.contains(Substring(name)) || BuiltInNames.triggerFunctions.contains(Substring(name))
  }

  /// Whether it may be a collation that PostgreSQL makes of a locale of the system: `C`, `en_US`, `de-x-icu`, `ucs_basic`.
  package var isSystemCollation: Bool {
    guard isInSystemCatalog else { return false }
    return ["C", "POSIX", "default", "ucs_basic", "unicode"].contains(name) || name.hasPrefix("pg_")
      || name.hasSuffix("-x-icu") || name.contains(".")
      || name.count == 5 && Array(name.unicodeScalars)[2] == "_"
  }
}

extension BuiltInNames {
  fileprivate static let pseudotypes: Set<String> = [
    "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange", "anycompatiblenonarray",
    "anycompatiblerange", "anyelement", "anyenum", "anymultirange", "anynonarray", "anyrange", "cstring",
    "event_trigger", "fdw_handler", "index_am_handler", "internal", "language_handler", "pg_ddl_command", "record",
    "table_am_handler", "trigger", "tsm_handler", "unknown", "void",
  ]

  /// Those that return `trigger`, and the handlers of languages and access methods.
  fileprivate static let triggerFunctions: Set<Substring> = [
    "suppress_redundant_updates_trigger", "tsvector_update_trigger", "tsvector_update_trigger_column",
    "unique_key_recheck", "plpgsql_call_handler", "plpgsql_inline_handler", "plpgsql_validator",
  ]
}
