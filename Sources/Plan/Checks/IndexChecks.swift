import Catalog
import Syntax

/// Asks for an index as the catalog holds it.
struct IndexChecks {
  private let index: Index
  private let database: Database

  init(_ index: Index, in database: Database) { (self.index, self.database) = (index, database) }

  /// What is true of it, such as `is there and valid`.
  var state: String { index.isValid ? "is there and valid" : "is there" }

  var sql: String {
    var conditions = [
      "i.indexrelid = \(index.name.regclass)", "i.indrelid = \(index.table.regclass)",
      index.isValid ? "i.indisvalid" : "NOT i.indisvalid",
      "i.indisunique = \(index.definition.isUnique)",
      "i.indnkeyatts = \(index.definition.elements.count)",
      "(i.indpred IS \(index.definition.predicate == nil ? "" : "NOT ")NULL)",
    ]
    for (position, element) in index.definition.elements.enumerated() {
      if case .column(let column) = element.key {
        conditions.append(
          "pg_get_indexdef(i.indexrelid, \(position + 1), false) = quote_ident(\(column.quotedLiteral))"
        )
      }
    }
    return "SELECT EXISTS (SELECT FROM pg_index i WHERE \(conditions.joined(separator: " AND ")))"
  }

  var definition: String { "SELECT pg_get_indexdef(\(index.name.regclass))" }
}
