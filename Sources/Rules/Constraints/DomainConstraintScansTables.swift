import Catalog
import Execution
import Linting
import Syntax

struct DomainConstraintScansTables: StatementRule {
  let id = "domain-constraint-scans-tables"
  let summary = "A domain's new constraint reads every table that uses it while writes wait."
  let risk = Risk.medium
  let explanation = """
    ALTER DOMAIN … ADD CONSTRAINT and SET NOT NULL read every row of every table with a column of the domain, one \
    table after another, and hold a SHARE lock on each of them to the end: INSERT, UPDATE and DELETE wait.

    NOT VALID skips the rows that exist. VALIDATE CONSTRAINT reads them later, and lets writes go on from PostgreSQL \
    18 on; before that it takes the same locks, so it needs a quiet hour.
    """
  let alternative = "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value LIKE '%@%') NOT VALID;"
  let reference = "https://www.postgresql.org/docs/current/sql-alterdomain.html"
  let examples: [RuleExample] = [
    .bad(
      "a check",
      history: ["CREATE DOMAIN email AS text;", "CREATE TABLE users (contact email);"],
      "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value LIKE '%@%');"
    ),
    .bad(
      "NOT NULL, for two tables",
      history: [
        "CREATE DOMAIN email AS text;", "CREATE TABLE users (contact email);", "CREATE TABLE letters (sent_to email);",
      ],
      "ALTER DOMAIN email SET NOT NULL;"
    ),
    .good(
      "a check NOT VALID",
      history: ["CREATE DOMAIN email AS text;", "CREATE TABLE users (contact email);"],
      "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value LIKE '%@%') NOT VALID;"
    ),
    .good(
      "a domain that no table uses",
      history: ["CREATE DOMAIN email AS text;"],
      "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value LIKE '%@%');"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterDomain(let change) = context.statement.kind else { return [] }
    return context.visibleWork(.scan).compactMap { work in
      guard case .domainConstraint(let domain) = work.item.cause, work.relation.lock.stoppedTraffic != nil else {
        return nil
      }
      return context.finding(self, .reading(domain, work), fix: fix(change, in: context))
    }
  }

  private func fix(_ change: AlterDomain, in context: StatementContext) -> Finding.Fix {
    let domain = context.before.portable(TypeName(change.name)).sql
    switch change.action {
    case .addConstraint(let constraint):
      var deparser = Deparser()
      let name = constraint.name.map { "CONSTRAINT \($0.quotedIdentifier) " } ?? ""
      let sql = "ALTER DOMAIN \(domain) ADD \(name)\(deparser.text(constraint, columns: [])) NOT VALID;"
      return Finding.Fix(
        "add it NOT VALID; validate it later, which lets writes go on from PostgreSQL 18 on and before that wants a quiet "
          + "hour",
        migrations: deparser.unprintable.isEmpty ? [Finding.Fix.Step(sql, once: Self.deploy)] : []
      )
    case .setNotNull:
      return Finding.Fix(
        "add the same as a check, NOT VALID, and validate it in a quiet hour",
        migrations: [
          Finding.Fix.Step("ALTER DOMAIN \(domain) ADD CHECK (value IS NOT NULL) NOT VALID;", once: Self.deploy)
        ]
      )
    default: return Finding.Fix("run it in a quiet hour: only from PostgreSQL 18 on do writes go on meanwhile")
    }
  }

  private static let deploy = "running code writes nothing that it refuses: it holds for new values at once"
}

extension Finding.Message {
  fileprivate static func reading(_ domain: QualifiedName, _ work: VisibleWork) -> Self {
    let tables = work.effects.map(\.displayName).sentenceList
    return """
      reading every row of \(tables) for a constraint of domain \(domain.displayName) blocks \
      \(work.relation.lock.stoppedTraffic ?? "schema changes") to \(work.effects.count == 1 ? "it" : "them")
      """
  }
}
