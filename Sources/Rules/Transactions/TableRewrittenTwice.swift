import Catalog
import Execution
import Linting
import Syntax

struct TableRewrittenTwice: MigrationRule {
  let id = "table-rewritten-twice"
  let summary = "One transaction rewrites a table more than once."
  let risk = Risk.medium
  let explanation = """
    Each ALTER TABLE that rewrites a table copies all of it and builds all its indexes, and the copies stay on disk until \
    the transaction ends. One ALTER TABLE with several actions does all of them in a single pass.
    """
  let alternative = """
    -- If the table must be rewritten, once:
    ALTER TABLE events ALTER COLUMN id TYPE bigint, ALTER COLUMN user_id TYPE bigint;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "two type changes",
      history: ["CREATE TABLE events (id integer, user_id integer);"],
      "ALTER TABLE events ALTER COLUMN id TYPE bigint;\nALTER TABLE events ALTER COLUMN user_id TYPE bigint;"
    ),
    .good(
      "a table made in the same migration",
      "CREATE TABLE events (id integer, user_id integer);\nALTER TABLE events ALTER COLUMN id TYPE bigint;\n"
        + "ALTER TABLE events ALTER COLUMN user_id TYPE bigint;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    var first: [Place: Int] = [:]
    var told: Set<Place> = []
    var found: [Finding] = []
    for (index, statement) in context.statements.enumerated() {
      for effect in statement.effects.visibleToOthers where effect.work.contains(where: { $0.work == .rewrite }) {
        let place = Place(table: effect.relation, transaction: statement.transaction)
        guard let other = first[place] else {
          first[place] = index
          continue
        }
        guard told.insert(place).inserted else { continue }
        let line = context.source.location(of: context.migration.script.statements[other].range.lowerBound).line
        found.append(context.finding(self, .rewriting(effect.relation, again: line), at: index, fix: Self.fix))
        break
      }
    }
    return found
  }

  private struct Place: Hashable {
    let table: QualifiedName
    let transaction: Int
  }

  static let fix = Finding.Fix("make all changes of the table in one ALTER TABLE, with a comma between them")
}

extension Finding.Message {
  fileprivate static func rewriting(_ table: QualifiedName, again line: Int) -> Self {
    "\(table.displayName) is rewritten again, after line \(line): one ALTER TABLE would do both in one pass"
  }
}
