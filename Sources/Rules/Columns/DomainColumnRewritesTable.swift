import Catalog
import Execution
import Linting
import Syntax

struct DomainColumnRewritesTable: StatementRule {
  let id = "domain-column-rewrites-table"
  let summary = "A new column of a domain with a constraint rewrites the whole table."
  let risk = Risk.high
  let explanation = """
    PostgreSQL finds out whether a value passes the constraints of its domain only by writing it. So it writes the \
    table and its indexes anew under an ACCESS EXCLUSIVE lock, even where the column has no default and holds \
    nothing but NULL.

    Give the column the type that the domain stands on, and the table the same check NOT VALID.
    """
  let alternative = """
    -- CREATE DOMAIN email AS text CHECK (value LIKE '%@%')
    ALTER TABLE users ADD COLUMN contact text;
    ALTER TABLE users ADD CONSTRAINT users_contact_check CHECK (contact LIKE '%@%') NOT VALID;
    -- next migration
    ALTER TABLE users VALIDATE CONSTRAINT users_contact_check;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createdomain.html"
  let examples: [RuleExample] = [
    .bad(
      "of a domain with a check",
      history: [
        "CREATE DOMAIN email AS text CHECK (value LIKE '%@%');", "CREATE TABLE users (id bigint PRIMARY KEY);",
      ],
      "ALTER TABLE users ADD COLUMN contact email;"
    ),
    .bad(
      "with a default",
      history: [
        "CREATE DOMAIN share AS integer CONSTRAINT part CHECK (value BETWEEN 0 AND 100);",
        "CREATE TABLE users (id bigint);",
      ],
      "ALTER TABLE users ADD COLUMN part share DEFAULT 0;"
    ),
    .good(
      "of a domain without a constraint",
      history: ["CREATE DOMAIN word AS text;", "CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN nick word;"
    ),
    .good(
      "of a table made in the same migration",
      history: ["CREATE DOMAIN email AS text CHECK (value LIKE '%@%');"],
      "CREATE TABLE users (id bigint);\nALTER TABLE users ADD COLUMN contact email;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.rewrite).compactMap { work in
      guard case .constrainedDomain(let column, let domain) = work.item.cause,
        let action = context.action(of: work.item)
      else { return nil }
      return context.finding(
        self,
        .checking(column, domain, work),
        at: action.range,
        fix: context.keepingOthers(fix(action, domain, in: context), besides: action)
      )
    }
  }

  private func fix(_ action: AlterTable.Action, _ name: QualifiedName, in context: StatementContext) -> Finding.Fix? {
    guard let column = context.column(addedBy: action), let recipe = ColumnRecipe(adding: column, in: context),
      case .domain(let domain)? = context.before.catalog.types[name]?.form
    else { return nil }
    return Finding.Fix(
      "give the column the type of the domain, \(domain.type.sql), and add what the domain asks for NOT VALID; validate it "
        + "in the next migration, while reads and writes go on",
      migrations: recipe.standingOn(domain)
    )
  }
}

extension Finding.Message {
  fileprivate static func checking(_ column: String, _ domain: QualifiedName, _ work: VisibleWork) -> Self {
    """
    adding column \(column.quotedIdentifier) of domain \(domain.displayName), which has a constraint, rewrites \
    \(work.relation.displayName) and \(work.relation.blocking)
    """
  }
}
