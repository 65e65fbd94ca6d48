import Catalog
import Linting
import Syntax

struct ConstraintLeftNotValid: StatementRule {
  let id = "constraint-left-not-valid"
  let summary = "A constraint is added NOT VALID, and no later migration validates it."
  let risk = Risk.low
  let explanation = """
    NOT VALID is the first half of the safe way: new rows are checked, and old ones may violate it for ever. Code \
    that relies on it meets them, the planner cannot use the constraint, and an UPDATE of such a row fails whatever \
    it changes.

    VALIDATE CONSTRAINT, in a migration of its own, reads the table while reads and writes go on.
    """
  let alternative = """
    ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
    -- next migration
    ALTER TABLE orders VALIDATE CONSTRAINT total_positive;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"
  let examples: [RuleExample] = [
    .bad(
      "a check",
      history: ["CREATE TABLE orders (total integer);"],
      "ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;"
    ),
    .good(
      "validated",
      history: [
        "CREATE TABLE orders (total integer);",
        "ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;",
      ],
      "ALTER TABLE orders VALIDATE CONSTRAINT total_positive;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, constraints) = context.newConstraints(where: { !$0.isValidated && $0.isLocal }) else {
      return []
    }
    return constraints.map { constraint in
      let name = constraint.name.quotedIdentifier
      return context.finding(
        self,
        .leaving(name, of: table.name),
        leftover: .notValid(constraint: constraint.name, of: table.name),
        fix: Finding.Fix(
          "validate it in a migration of its own, while reads and writes go on",
          migrations: ["ALTER TABLE \(table.name.displayName) VALIDATE CONSTRAINT \(name);"]
        )
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func leaving(_ constraint: String, of table: QualifiedName) -> Self {
    "no migration validates \(constraint), so old rows of \(table.displayName) may violate it for ever"
  }
}
