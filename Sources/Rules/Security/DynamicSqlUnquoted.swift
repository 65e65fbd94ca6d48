import Linting
import Syntax

struct DynamicSqlUnquoted: StatementRule {
  let id = "dynamic-sql-unquoted"
  let summary = "Values are put into the text of an EXECUTE as they are."
  let risk = Risk.medium
  let explanation = """
    What is joined with || or put in with %s becomes part of the SQL: a value with a quote ends the text, a name in \
    capital letters means another object, and where the value comes from outside, whoever sends it decides what is \
    run.

    format() quotes names with %I and values with %L; quote_ident and quote_literal do the same, and USING passes \
    values separately.
    """
  let alternative = """
    CREATE FUNCTION count_rows(tab text) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE n bigint;
    BEGIN
      EXECUTE format('SELECT count(*) FROM %I', tab) INTO n;
      RETURN n;
    END $$;
    """
  let reference = "https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-QUOTE-LITERAL-EXAMPLE"
  private static func function(_ execute: String) -> String {
    "CREATE FUNCTION empty(tab text) RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  \(execute)\nEND $$;"
  }
  let examples: [RuleExample] = [
    .bad("a parameter, joined", function("EXECUTE 'DELETE FROM ' || tab;")),
    .bad("a parameter, with %s", function("EXECUTE format('DELETE FROM %s', tab);")),
    .bad(
      "by way of a variable",
      "CREATE FUNCTION empty(tab text) RETURNS void LANGUAGE plpgsql AS $$\n"
        + "DECLARE command text;\nBEGIN\n  command := 'DELETE FROM ' || lower(tab);\n  EXECUTE command;\nEND $$;"
    ),
    .good("quoted", function("EXECUTE 'DELETE FROM ' || quote_ident(tab);")),
    .good("by format", function("EXECUTE format('DELETE FROM %I', tab);")),
    .good("looked up", function("EXECUTE 'DELETE FROM ' || tab::regclass;")),
    .good(
      "a number",
      "CREATE FUNCTION empty(n integer) RETURNS void LANGUAGE plpgsql AS $$\n"
        + "BEGIN\n  EXECUTE 'DELETE FROM part_' || n;\nEND $$;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let found: (variable: String, owner: String)?
    switch context.statement.kind {
    case .createFunction(let function):
      guard function.body?.mentionsExecute == true else { return [] }
      var texts = UnquotedTexts(of: function)
      found = texts.executed(by: function.code.steps).map { ($0, function.name.displayName) }
    case .anonymousBlock(let block):
      guard block.body.mentionsExecute else { return [] }
      var texts = UnquotedTexts()
      found = texts.executed(by: block.code.steps).map { ($0, "the block") }
    default: return []
    }
    guard let found else { return [] }
    let fix = Finding.Fix("put in names with %I and values with %L of format(), or pass values with USING")
    return [context.finding(self, .executing(found.variable, in: found.owner), fix: fix)]
  }
}

extension String {
  fileprivate var mentionsExecute: Bool { mentions("execute") }
}

extension Finding.Message {
  fileprivate static func executing(_ variable: String, in owner: String) -> Self {
    "\(owner) puts \(variable) into the SQL that it executes as it is: a quote or a capital letter in it changes what is run"
  }
}
