import Catalog
import Execution
import Linting
import Syntax

struct MaterializedViewRefreshedWithoutConcurrently: StatementRule {
  let id = "materialized-view-refreshed-without-concurrently"
  let alsoKnownAs = ["pgfence: refresh-materialized-view", "squawk: require-concurrent-refresh"]
  let summary = "REFRESH MATERIALIZED VIEW keeps readers out for as long as its query runs."
  let risk = Risk.medium
  let explanation = """
    The refresh takes an ACCESS EXCLUSIVE lock on the view, runs its query, and holds the lock until the transaction \
    ends: whoever reads the view waits that long.

    CONCURRENTLY runs the query beside the old rows and changes only those that differ, while reads go on. It works \
    in a transaction, and needs a unique index on columns, without a WHERE clause.
    """
  let alternative = "REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales;"
  let reference = "https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html"
  private static let view = "CREATE MATERIALIZED VIEW daily_sales AS SELECT day FROM sales"
  let examples: [RuleExample] = [
    .bad(
      "a view that can be read",
      history: [
        "CREATE TABLE sales (day date);", "\(Self.view);",
        "CREATE UNIQUE INDEX CONCURRENTLY sales_key ON daily_sales (day);",
      ],
      "REFRESH MATERIALIZED VIEW daily_sales;"
    ),
    .bad(
      "one without a unique index",
      history: ["CREATE TABLE sales (day date);", "\(Self.view);"],
      "REFRESH MATERIALIZED VIEW daily_sales;"
    ),
    .good(
      "CONCURRENTLY",
      history: [
        "CREATE TABLE sales (day date);", "\(Self.view);",
        "CREATE UNIQUE INDEX CONCURRENTLY sales_key ON daily_sales (day);",
      ],
      "REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales;"
    ),
    .good(
      "for the first time",
      history: ["CREATE TABLE sales (day date);", "\(Self.view) WITH NO DATA;"],
      "REFRESH MATERIALIZED VIEW daily_sales;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.rewrite).compactMap { work in
      guard case .refresh(isConcurrent: false, isFirst: false) = work.item.cause,
        case .refreshMaterializedView(let refresh) = context.statement.kind
      else { return nil }
      let message: Finding.Message = refresh.withData ? .refreshing(work) : .emptying(work)
      return context.finding(self, message, fix: fix(for: refresh, work.relation.relation, in: context))
    }
  }

  private func fix(for refresh: RefreshMaterializedView, _ view: QualifiedName, in context: StatementContext)
    -> Finding.Fix
  {
    let name = context.before.portable(refresh.relation.name)
    let hasKey = context.before.catalog.views[view]?.indexNames.contains { index in
      context.before.catalog.indexes[index]?.identifiesRows == true
    }
    guard refresh.withData else { return Finding.Fix("make sure that no running code reads it, or drop it instead") }
    guard hasKey != false else {
      return Finding.Fix(
        "build a unique index over columns that tell its rows apart, CONCURRENTLY, and refresh it CONCURRENTLY from then on"
      )
    }
    return Finding.Fix(
      "refresh it CONCURRENTLY, while reads go on",
      migrations: ["REFRESH MATERIALIZED VIEW CONCURRENTLY \(name);"]
    )
  }
}

extension Index {
  /// Whether CONCURRENTLY can find the rows by it. Source: `is_usable_unique_index` in `matview.c`.
  fileprivate var identifiesRows: Bool {
    definition.isUnique && definition.predicate == nil && isValid
      && definition.elements.allSatisfy { if case .column = $0.key { true } else { false } }
  }
}

extension Finding.Message {
  fileprivate static func emptying(_ work: VisibleWork) -> Self {
    "refreshing \(work.relation.displayName) WITH NO DATA empties it, and reading it fails until it is refreshed again"
  }

  fileprivate static func refreshing(_ work: VisibleWork) -> Self {
    "refreshing \(work.relation.displayName) keeps its readers waiting until its query has run and the transaction ends"
  }
}
