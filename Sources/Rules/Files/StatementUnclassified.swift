import Linting
import Syntax

struct StatementUnclassified: StatementRule {
  let id = "statement-unclassified"
  let summary = "The migrations alone do not tell what the statement does."
  let risk = Risk.medium
  let tellsOnce = true
  let explanation = """
    The files do not tell what this statement locks or changes: it runs code or names objects that they do not hold. \
    What is not known is not called safe: someone must look.
    """
  let alternative = """
    -- sqllint:allow statement-unclassified refresh_counters() only reads
    SELECT refresh_counters();
    """
  let reference = "https://www.postgresql.org/docs/current/explicit-locking.html"
  let examples: [RuleExample] = [
    .bad("a function of which only the name is known", "SELECT rebuild_everything();"),
    .bad("every table of the database", "VACUUM FULL;"),
    .good("functions of PostgreSQL's own", "SELECT now(), set_config('lock_timeout', '2s', false);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let unknowns = context.effects.unknowns.filter { !$0.isOfDynamicSQL }
    guard !unknowns.isEmpty else { return [] }
    return [
      context.finding(
        self,
        .unknown(unknowns),
        fix: Finding.Fix("find out what it does, and allow it with the reason:\n-- sqllint:allow \(id) reason")
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func unknown(_ unknowns: [String]) -> Self {
    "these migrations do not tell \(unknowns.sentenceList)"
  }
}
