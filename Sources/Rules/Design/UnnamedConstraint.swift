import Catalog
import Linting
import Syntax

struct UnnamedConstraint: StatementRule {
  let id = "unnamed-constraint"
  let alsoKnownAs = ["squawk: constraint-without-name"]
  let summary = "A constraint gets a name that PostgreSQL makes up."
  let risk = Risk.low
  let isOptIn = true
  let explanation = """
    A later migration that drops or validates the constraint must know its name. What PostgreSQL makes up depends on \
    the names of the columns and on what else is there: clips_check1 on one server may be clips_check on another. \
    Code that reads the name out of an error has the same trouble. Primary keys are not reported: a table has only \
    one.
    """
  let alternative = "CREATE TABLE clips (id bigint PRIMARY KEY, n integer CONSTRAINT clips_n_positive CHECK (n > 0));"
  let reference = "https://www.postgresql.org/docs/current/ddl-constraints.html"
  let examples: [RuleExample] = [
    .bad("a check", "CREATE TABLE clips (id bigint PRIMARY KEY, n integer CHECK (n > 0));"),
    .bad(
      "of a table that was there",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY, n integer);"],
      "ALTER TABLE clips ADD CHECK (n > 0) NOT VALID;"
    ),
    .good("named", "CREATE TABLE clips (id bigint PRIMARY KEY, n integer CONSTRAINT clips_n_positive CHECK (n > 0));"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let (table, constraints) = context.writtenConstraints else { return [] }
    let unnamed = constraints.filter { $0.name == nil && $0.kind.deservesName }
    guard !unnamed.isEmpty else { return [] }
    let fix = Finding.Fix("write CONSTRAINT and a name before it")
    return [context.finding(self, .inventing(unnamed.count, of: table), fix: fix)]
  }
}

extension Constraint.Kind {
  fileprivate var deservesName: Bool {
    switch self {
    case .check, .unique, .exclusion, .foreignKey: true
    default: false
    }
  }
}

extension Finding.Message {
  fileprivate static func inventing(_ number: Int, of table: QualifiedName) -> Self {
    number == 1
      ? "a constraint of \(table.displayName) has no name: later migrations must guess the one that PostgreSQL makes up"
      : "\(number) constraints of \(table.displayName) have no names: later migrations must guess what PostgreSQL makes up"
  }
}
