import Syntax

/// The names of objects that PostgreSQL itself has, besides functions and types.
///
/// Source: `pg_operator`, `pg_language`, `pg_am` and `pg_ts_dict` of PostgreSQL 15, 16, 17 and 18.
package enum BuiltInNames {
  package static let operators = names(
    """
    !! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- / < <-> << <<= <<| <= <> \
    <@ <^ = > >= >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ \
    ~>~ ~~ ~~*
    """
  )

  /// PL/pgSQL is an extension that every database begins with.
  package static let languages = names("c internal plpgsql sql")

  package static let accessMethods = names("brin btree gin gist hash heap spgist")

  private static let textSearch = names(
    """
    arabic armenian basque catalan danish default dutch english estonian finnish french german greek hindi hungarian \
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
    return BuiltInTypes.all.contains(Substring(name))
      || name.hasPrefix("_") && BuiltInTypes.all.contains(name.dropFirst()) || name.hasPrefix("pg_")
  }

  /// Whether no column can be of the type.
  package var isPseudotype: Bool { isInSystemCatalog && BuiltInTypes.pseudo.contains(Substring(name)) }

  /// Whether it is one of PostgreSQL's types whose values have no collation.
  package var hasNoCollation: Bool {
    isInSystemCatalog && BuiltInTypes.all.contains(Substring(name))
      && !BuiltInTypes.collatable.contains(Substring(name)) && !isPseudotype
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
  /// Those that return `trigger`, and the handlers of languages and access methods.
  fileprivate static let triggerFunctions: Set<Substring> = [
    "suppress_redundant_updates_trigger", "tsvector_update_trigger", "tsvector_update_trigger_column",
    "unique_key_recheck", "plpgsql_call_handler", "plpgsql_inline_handler", "plpgsql_validator",
  ]
}
