import Catalog
import Syntax

/// The names that migrations wrote, and the databases before and after them: what else there is did not change.
struct CatalogWrites {
  let before: Database
  let after: Database
  var tables: Set<QualifiedName>
  var indexes: Set<QualifiedName>
  var views: Set<QualifiedName>
  var sequences: Set<QualifiedName>
  var types: Set<QualifiedName>
  var functions: Set<QualifiedName>
  var statistics: Set<QualifiedName>

  /// What was written between the two; `after` has noted it since `before` or an earlier time.
  init(from before: Database, to after: Database) {
    (self.before, self.after) = (before, after)
    tables = after.catalog.tables.log.written
    indexes = after.catalog.indexes.log.written
    views = after.catalog.views.log.written
    sequences = after.catalog.sequences.log.written
    types = after.catalog.types.log.written
    functions = after.catalog.functions.log.written
    statistics = after.catalog.statistics.log.written
  }

  /// All that several migrations wrote, one after the other; `nil` for none.
  init?(joining steps: [CatalogWrites]) {
    guard let first = steps.first, let last = steps.last else { return nil }
    var all = first
    for step in steps.dropFirst() {
      all.tables.formUnion(step.tables)
      all.indexes.formUnion(step.indexes)
      all.views.formUnion(step.views)
      all.sequences.formUnion(step.sequences)
      all.types.formUnion(step.types)
      all.functions.formUnion(step.functions)
      all.statistics.formUnion(step.statistics)
    }
    self.init(all, from: first.before, to: last.after)
  }

  private init(_ writes: CatalogWrites, from before: Database, to after: Database) {
    (self.before, self.after) = (before, after)
    tables = writes.tables
    indexes = writes.indexes
    views = writes.views
    sequences = writes.sequences
    types = writes.types
    functions = writes.functions
    statistics = writes.statistics
  }
}
