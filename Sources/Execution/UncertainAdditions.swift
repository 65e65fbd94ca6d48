import Catalog
import Syntax

/// What statements added that may have failed on the rows. Where the session goes on behind an error, as psql's does, a
/// statement that adds the same again shows that they did.
extension Execution {
  /// The statement adds something unless rows are against it.
  mutating func noteRisk(_ part: ObjectAddress) {
    if database.goesOnAfterErrors { database.additionsAtRisk.insert(part) }
  }

  func mayHaveFailed(_ part: ObjectAddress) -> Bool {
    database.goesOnAfterErrors && database.additionsAtRisk.contains(part)
  }

  /// Takes back what may have failed; false where it is there for certain.
  mutating func withdraw(_ part: ObjectAddress) -> Bool {
    guard database.goesOnAfterErrors, database.additionsAtRisk.remove(part) != nil else { return false }
    catalog.refreshDependencies()
    for address in (try? catalog.closure(of: [part], cascades: true)) ?? [part] { catalog.remove(address) }
    return true
  }
}
