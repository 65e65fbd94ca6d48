import Execution
import Linting
import Syntax

struct ExclusionConstraintBuildsIndex: StatementRule {
  let id = "exclusion-constraint-builds-index"
  let alsoKnownAs = ["strong_migrations: add_exclusion_constraint"]
  let summary = "A new EXCLUDE constraint builds its index while reads and writes wait."
  let risk = Risk.high
  let explanation = """
    ADD CONSTRAINT … EXCLUDE builds an index and looks for rows that exclude one another, under an ACCESS EXCLUSIVE \
    lock: nobody can read or write the table until that is done.

    PostgreSQL has no other way. It builds no exclusion index CONCURRENTLY, the constraint cannot take over an \
    index, and NOT VALID does not exist for it. Add it while the table is small, or while nobody uses it; on a large \
    table, make a new one with the constraint, and copy the rows.
    """
  let alternative = """
    -- with the table, or on a copy that takes its place
    CREATE TABLE bookings (room text, span tstzrange, EXCLUDE USING gist (span WITH &&));
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE"
  let examples: [RuleExample] = [
    .bad(
      "on a table that exists",
      history: ["CREATE TABLE bookings (room text, span tstzrange);"],
      "ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (span WITH &&);"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE bookings (room text, span tstzrange);\n"
        + "ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (span WITH &&);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.indexBuild).compactMap { work in
      guard case .exclusion(let name) = work.item.cause else { return nil }
      return context.finding(
        self,
        .building(name, work),
        at: context.action(of: work.item)?.range,
        fix: Finding.Fix(
          "there is no way that lets reads and writes go on: add it while nobody uses the table, with a lock_timeout and another try "
            + "when it runs out, or make a new table with the constraint, and copy the rows"
        )
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func building(_ name: String?, _ work: VisibleWork) -> Self {
    let constraint = name.map { "exclusion constraint \($0.quotedIdentifier)" } ?? "this exclusion constraint"
    return "building the index of \(constraint) \(work.relation.blocking) until it is done"
  }
}
