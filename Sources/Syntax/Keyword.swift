/// PostgreSQL's keywords, where they matter to names.
package enum Keyword {
  /// The words that `quote_identifier` quotes: all but the unreserved ones of PostgreSQL 17's `kwlist.h`.
  package static let reserved: Set<String> = [
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
    "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce",
    "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec",
    "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract",
    "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group",
    "grouping", "having", "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect", "interval",
    "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists", "json_object",
    "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value", "lateral",
    "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only",
    "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position", "precision", "primary", "real",
    "references", "returning", "right", "row", "select", "session_user", "setof", "similar", "smallint", "some",
    "substring", "symmetric", "system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
    "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose",
    "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest",
    "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
  ]
  /// Whether a word in lower case is one of ``reserved``. Length and first letter alone tell most names from them.
  static func isReserved(_ word: String) -> Bool {
    let length = word.utf8.count
    guard length < firstLetters.count, let first = word.utf8.first else { return false }
    return firstLetters[length] & bit(of: first) != 0 && reserved.contains(word)
  }

  /// A bit for each letter that a reserved word of a length begins with.
  private static let firstLetters: [UInt32] = {
    var letters = [UInt32](repeating: 0, count: (reserved.map(\.utf8.count).max() ?? 0) + 1)
    for word in reserved {
      if let first = word.utf8.first { letters[word.utf8.count] |= bit(of: first) }
    }
    return letters
  }()

  private static func bit(of letter: UInt8) -> UInt32 { 1 << UInt32(letter & 0x1F) }
}
