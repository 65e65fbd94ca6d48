import Linting
import Syntax

struct DynamicSqlUnread: StatementRule {
  let id = "dynamic-sql-unread"
  let summary = "Code executes SQL that is put together at run time, so that nobody can read it beforehand."
  let risk = Risk.medium
  let tellsOnce = true
  let explanation = """
    EXECUTE runs a text. Where the text is a constant, or put together by format() and || from what the migrations \
    hold, it is read like any other statement. Where it comes from rows, from the catalog or from an argument, \
    nobody knows from the files what it locks or changes: someone must look.
    """
  let alternative = """
    -- sqllint:allow dynamic-sql-unread it only analyzes the tables of one schema
    DO $$
    DECLARE t record;
    BEGIN
      FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'app'::regnamespace LOOP
        EXECUTE format('ANALYZE app.%I', t.relname);
      END LOOP;
    END $$;
    """
  let reference = "https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-EXECUTING-DYN"
  private static func block(_ loop: String) -> String {
    "DO $$\nDECLARE t record;\nBEGIN\n  FOR t IN \(loop) LOOP\n    EXECUTE format('ANALYZE %I', t.relname);\n  END LOOP;\nEND $$;"
  }
  let examples: [RuleExample] = [
    .bad("names from the catalog", block("SELECT relname FROM pg_class WHERE relname LIKE 'old%'")),
    .good(
      "a text that is always the same",
      history: ["CREATE TABLE users (id bigint);"],
      "DO $$ BEGIN EXECUTE 'ANALYZE users'; END $$;"
    ),
    .good(
      "names that the text holds",
      history: ["CREATE TABLE users (id bigint);"],
      "DO $$\nDECLARE t text;\nBEGIN\n  FOREACH t IN ARRAY ARRAY['users'] LOOP\n    EXECUTE format('ANALYZE %I', t);\n"
        + "  END LOOP;\nEND $$;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let unread = context.effects.unknowns.filter(\.isOfDynamicSQL)
    guard !unread.isEmpty else { return [] }
    let fix = Finding.Fix("find out what it executes, and allow it with the reason:\n-- sqllint:allow \(id) reason")
    return [context.finding(self, .executing(unread), fix: fix)]
  }
}

extension String {
  /// Whether it tells of an EXECUTE whose SQL nobody knows.
  var isOfDynamicSQL: Bool { contains(EmbeddedCode.madeAtRunTime) }
}

extension Finding.Message {
  fileprivate static func executing(_ unread: [String]) -> Self {
    let places = unread.map {
      $0.replacing(", " + EmbeddedCode.madeAtRunTime, with: "").replacing(", of ", with: " of ")
    }
    return """
      \(places.shortList) \(unread.count == 1 ? "runs" : "run") SQL that is put together at run time: these \
      migrations do not tell what it does
      """
  }
}
