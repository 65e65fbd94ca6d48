import Catalog
import Linting
import Syntax

struct WideIndex: StatementRule {
  let id = "wide-index"
  let summary = "An index of more than four columns is large, and serves few queries better."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    Each column makes the index larger and each write more expensive, and no update of any of them can leave the \
    index alone. Columns after the first one that a query compares with a range do not narrow the search. What \
    queries only read can stand in INCLUDE.
    """
  let alternative = "CREATE INDEX CONCURRENTLY clips_user_id_at_idx ON clips (user_id, at) INCLUDE (title);"
  let reference = "https://www.postgresql.org/docs/current/indexes-multicolumn.html"
  private static let clips = "CREATE TABLE clips (a integer, b integer, c integer, d integer, e integer);"
  let examples: [RuleExample] = [
    .bad("five columns", clips + "\nCREATE INDEX clips_all ON clips (a, b, c, d, e);"),
    .good("four columns", clips + "\nCREATE INDEX clips_most ON clips (a, b, c, d);"),
  ]

  private static let most = 4

  func check(_ context: StatementContext) -> [Finding] {
    guard case .createIndex(let index) = context.statement.kind, index.elements.count > Self.most else { return [] }
    let fix = Finding.Fix("keep the columns that queries search by, and put those that they only read into INCLUDE")
    return [context.finding(self, .widening(index.elements.count, on: index.relation.name), fix: fix)]
  }
}

extension Finding.Message {
  fileprivate static func widening(_ columns: Int, on table: QualifiedName) -> Self {
    "this index holds \(columns) columns of \(table.displayName): each write must maintain it, and few queries search by all of them"
  }
}
