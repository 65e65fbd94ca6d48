/// Which words begin statements, to find the next one after text that PostgreSQL's parser refuses.
enum StatementStart {
  /// Words that begin a statement, some of them also a clause.
  static let possible: Set<String> = [
    "abort", "alter", "analyze", "begin", "call", "cluster", "comment", "commit", "copy", "create", "delete", "do",
    "drop", "end", "execute", "explain", "grant", "insert", "lock", "merge", "notify", "prepare", "refresh", "reindex",
    "release", "reset", "revoke", "rollback", "savepoint", "select", "set", "start", "truncate", "update", "vacuum",
    "values", "with",
  ]

  /// Whether the two words are the start of a statement and of no clause. An action of ALTER TABLE may begin with
  /// ALTER or DROP, an action of a conflict with UPDATE.
  static func isCertain(_ word: String, next: String?) -> Bool {
    switch word {
    case "create": next != nil
    case "alter", "drop": next.map(objects.contains) ?? false
    case "insert", "merge": next == "into"
    case "delete": next == "from"
    case "comment": next == "on"
    case "update": next.map { $0 != "set" } ?? false
    case "begin", "commit", "rollback", "truncate", "grant", "revoke", "reindex", "vacuum": true
    default: false
    }
  }

  /// Whether it begins a statement that defines something or gives rights to it.
  static func defines(_ word: String) -> Bool {
    ["alter", "comment", "create", "drop", "grant", "revoke"].contains(word)
  }

  /// What comes after ALTER or DROP in a statement of its own.
  private static let objects: Set<String> = [
    "access", "aggregate", "cast", "collation", "conversion", "database", "domain", "event", "extension", "foreign",
    "function", "group", "index", "language", "large", "materialized", "operator", "owned", "policy", "procedure",
    "publication", "role", "routine", "rule", "schema", "sequence", "server", "statistics", "subscription", "system",
    "table", "tablespace", "text", "transform", "trigger", "type", "user", "view",
  ]
}
