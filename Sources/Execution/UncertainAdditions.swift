import Catalog
import Syntax

/// What statements added that may have failed on the rows. Where the session goes on behind an error, as psql's does, a
/// statement that adds the same again shows that they did.
extension Execution {
  /// The statement adds something unless rows are against it.
  mutating func noteRisk(_ part: ObjectAddress) {
    guard database.session.goesOnAfterErrors, !database.additionsRepeated.contains(part) else { return }
    database.additionsAtRisk.insert(part)
  }

  /// The statement adds something unless PostgreSQL refuses it after all.
  mutating func noteDoubt(about part: ObjectAddress) { if doubt != nil { noteRisk(part) } }

  /// Takes back what may have failed; false where it is there for certain.
  mutating func withdraw(_ part: ObjectAddress) -> Bool {
    // Tables are dropped and made again under the names of others.
    if case .table = part {
      guard database.session.goesOnAfterErrors, database.additionsAtRisk.remove(part) != nil else { return false }
    } else {
      guard isAtRisk(part) else { return false }
    }
    catalog.refreshDependencies()
    for address in (try? catalog.closure(of: [part], cascades: true)) ?? [part] { catalog.remove(address) }
    return true
  }

  /// Whether a table may not have been attached when a statement said so.
  mutating func withdraw(attachmentOf partition: QualifiedName) -> Bool { isAtRisk(.table(partition)) }

  /// Asked once: what is added again stays.
  private mutating func isAtRisk(_ part: ObjectAddress) -> Bool {
    guard database.session.goesOnAfterErrors, database.additionsAtRisk.remove(part) != nil else { return false }
    database.additionsRepeated.insert(part)
    return true
  }
}
