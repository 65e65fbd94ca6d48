import Analysis
import Syntax

extension Schema {
  /// Moves the schema on by a migration: a session of its own, with its ROLLBACKs carried out, whose
  /// temporary relations end with it.
  package mutating func run(_ migration: Migration) { _ = attempt(migration) }

  /// The same; tells which statement PostgreSQL refuses, if any. Where all statements share a transaction, none of the
  /// others stays then.
  mutating func attempt(_ migration: Migration) -> Int? {
    let start = self
    beginMigration(on: migration.day)
    var transactions = TransactionTracker(migration: migration)
    for (index, statement) in migration.script.statements.enumerated() {
      transactions.advance(past: statement.kind, at: index, effects: StatementEffects(), schema: &self)
    }
    beginSession()
    if transactions.firstRefused != nil, transactions.isOneTransaction { self = start }
    return transactions.firstRefused
  }
}
