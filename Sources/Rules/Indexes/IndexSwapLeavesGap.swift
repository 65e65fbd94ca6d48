import Catalog
import Linting
import Syntax

struct IndexSwapLeavesGap: MigrationRule {
  let id = "index-swap-leaves-gap"
  let summary = "An index is dropped before the one that replaces it is built."
  let risk = Risk.low
  let explanation = """
    Between the two statements, and while the new index is built, queries that need one read the whole table; on a \
    large table that is as bad as an outage. If the build fails, it stays that way.

    Build the new index under another name first, then drop the old one, and rename if the name matters. In one \
    transaction nobody sees the gap, but then everybody waits.
    """
  let alternative = """
    CREATE INDEX CONCURRENTLY clips_user_id_at_idx ON clips (user_id, at);
    DROP INDEX CONCURRENTLY clips_user_id_idx;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"
  private static let clips =
    "CREATE TABLE clips (user_id bigint, at date);\nCREATE INDEX clips_user_id_idx ON clips (user_id);"
  private static let create = "CREATE INDEX CONCURRENTLY clips_user_id_at_idx ON clips (user_id, at);"
  private static let drop = "DROP INDEX CONCURRENTLY clips_user_id_idx;"
  let examples: [RuleExample] = [
    .bad("dropped first", history: [clips], transactionMode: .none, drop + "\n" + create),
    .good("built first", history: [clips], transactionMode: .none, create + "\n" + drop),
    .good(
      "another index",
      history: [clips],
      transactionMode: .none,
      drop + "\nCREATE INDEX CONCURRENTLY clips_at_idx ON clips (at);"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    var built: [QualifiedName: [(position: Int, index: CreateIndex)]] = [:]
    var dropped: [(position: Int, index: Index)] = []
    for (position, statement) in context.statements.enumerated() where statement.refusal?.isCertain != true {
      switch statement.statement.kind {
      case .createIndex(let index):
        built[context.end.qualified(index.relation.name), default: []].append((position, index))
      case .drop(let drop) where drop.objectKind == .index:
        for object in drop.objects {
          guard let index = context.start.catalog.indexes[context.start.qualified(object.name)] else { continue }
          dropped.append((position, index))
        }
      default: break
      }
    }
    guard !built.isEmpty, dropped.count <= Self.most else { return [] }
    return dropped.compactMap { position, index in finding(index, at: position, built[index.table] ?? [], in: context) }
  }

  /// Of a migration that drops more, nobody replaces one by one.
  private static let most = 50

  private func finding(
    _ index: Index,
    at position: Int,
    _ built: [(position: Int, index: CreateIndex)],
    in context: MigrationContext
  ) -> Finding? {
    let key = index.definition.elements.first?.key
    let sameKey = built.prefix(Self.most).filter { $0.index.elements.first?.key == key }
    // One that was built before serves the queries meanwhile.
    guard !sameKey.contains(where: { $0.position < position }),
      let successor = sameKey.first(where: { $0.position > position }),
      context.statements[successor.position].transaction != context.statements[position].transaction
    else { return nil }
    let rest = context.start.catalog.indexes(of: index.table).filter { $0.name != index.name }
    if rest.contains(where: { $0.definition.elements.first?.key == key && $0.definition.predicate == nil }) {
      return nil
    }
    let fix = Finding.Fix("build the new index under another name first, then drop this one")
    return context.finding(self, .leaving(index, context.line(of: successor.position)), at: position, fix: fix)
  }
}

extension MigrationContext {
  fileprivate func line(of statement: Int) -> Int {
    source.location(of: migration.script.statements[statement].range.lowerBound).line
  }
}

extension Finding.Message {
  fileprivate static func leaving(_ index: Index, _ line: Int) -> Self {
    """
    \(index.name.displayName) is gone before line \(line) has built its successor: meanwhile queries that need it \
    read all of \(index.table.displayName)
    """
  }
}
