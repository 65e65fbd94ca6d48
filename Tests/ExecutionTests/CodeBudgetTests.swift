import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

@Suite("Code that asks for more than anyone waits for")
struct CodeBudgetTests {
  /// What the statements run, and what of them is not known.
  private func run(_ sql: String) -> (nested: [NestedStatement], unknowns: [String]) {
    var database = Database()
    var nested: [NestedStatement] = []
    var unknowns: [String] = []
    for statement in PostgresParser.parse(SourceText(path: "case.sql", text: sql)).statements {
      let result = database.execute(statement.kind, version: 17)
      nested += result.nested
      unknowns += result.effects.unknowns
    }
    return (nested, unknowns)
  }

  private func isOverBudget(_ unknown: String) -> Bool { unknown.hasPrefix("what the code does beyond") }

  @Test(
    "a value that no number holds ends nothing",
    arguments: [
      "-('-9223372036854775808'::int8)", "-('-9223372036854775808'::int)", "abs('-9223372036854775808'::int8)",
      "'-9223372036854775808'::int8 / -1", "'-9223372036854775808'::int8 % -1", "'-9223372036854775808'::int8 - 1",
      "'9223372036854775807'::int8 * 2", "DATE '2024-01-01' + '9223372036854775807'::int8",
      "DATE '2024-01-01' - '-9223372036854775808'::int8", "'-9223372036854775808 days'::interval",
      "'9223372036854775807 years'::interval", "DATE '2024-01-01' + INTERVAL '-999999 years'",
      "substr('a', 2, '9223372036854775807'::int8)", "substr('a', '-9223372036854775808'::int8)",
      "right('a', '-9223372036854775808'::int8)", "left('a', '-9223372036854775808'::int8)",
      "format('%9223372036854775807$s', 'x')", "format('%99999999999999999999$s', 'x')",
      "to_char(DATE '9999-12-31' + INTERVAL '999999 years', 'IYYY')", "date_trunc('week', DATE '0001-01-01')",
    ]
  )
  func edges(expression: String) {
    let (nested, _) = run("DO $$ DECLARE a text; BEGIN a := \(expression); CREATE TABLE t (); END $$")
    #expect(nested.count { if case .createTable = $0.kind { true } else { false } } == 1)
  }

  @Test(
    "the ends of a loop may be any numbers",
    arguments: [
      ("'9223372036854775806'::int8..'9223372036854775807'::int8", 2),
      ("REVERSE '-9223372036854775807'::int8..'-9223372036854775808'::int8", 2), ("2..1", 0),
      // Too many to run, or no number of rounds at all: the steps stand for one.
      ("'-9223372036854775808'::int8..'9223372036854775807'::int8", 1), ("1..9000000", 1), ("1..0 BY 0", 1),
    ]
  )
  func loops(bounds: String, count: Int) {
    let (nested, _) = run(
      "DO $$ BEGIN FOR i IN \(bounds) LOOP EXECUTE 'CREATE TABLE IF NOT EXISTS t()'; END LOOP; END $$"
    )
    #expect(nested.count == count)
    let (rounds, _) = run("DO $$ BEGIN FOR i IN \(bounds) LOOP PERFORM 1; END LOOP; END $$")
    #expect(rounds.count == count)
  }

  @Test(
    "a value that grows without a bound is not known, and that is said once",
    arguments: [
      "a := a || a;", "a := replace(a, 'x', 'xx');", "a := format('%1$s%1$s', a);", "a := concat(a, a);",
      "a := quote_literal(a || a);", "b := b || b;", "b := ARRAY[b, b];", "a := CASE WHEN true THEN a || a END;",
    ]
  )
  func growth(step: String) {
    let (_, unknowns) = run(
      """
      DO $$ DECLARE a text := 'x'; b text[] := ARRAY['x']; BEGIN
        FOR i IN 1..90 LOOP \(step) END LOOP;
        EXECUTE 'CREATE TABLE ' || a;
      END $$
      """
    )
    // Arrays that are nested deeper than PostgreSQL's are not known before they are large.
    #expect(unknowns.count(where: isOverBudget) == (step.contains("ARRAY") ? 0 : 1))
    #expect(unknowns.count <= 1)
  }

  @Test("functions that call themselves in a loop share one budget")
  func recursion() {
    let (nested, unknowns) = run(
      """
      CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
      BEGIN FOR i IN 1..9000 LOOP PERFORM f(); END LOOP; END $$;
      SELECT f();
      """
    )
    #expect(unknowns.count(where: isOverBudget) == 1)
    #expect(nested.count <= EvaluationBudget.maximumSteps / 10)
  }

  @Test("the budget is a statement's: the next one has its own")
  func nextStatement() {
    let (nested, unknowns) = run(
      """
      DO $$ DECLARE a text := 'x'; BEGIN FOR i IN 1..90 LOOP a := a || a; END LOOP; END $$;
      DO $$ BEGIN CREATE TABLE t (); END $$;
      """
    )
    #expect(unknowns.count(where: isOverBudget) == 1)
    #expect(nested.count == 1)
  }

  @Test("the parsed texts of constant EXECUTEs are no longer than a file could hold")
  func constantTexts() {
    let call = String(repeating: "replace('aaaaaaaaaa', 'a', ", count: 8) + "'b'" + String(repeating: ")", count: 8)
    let (nested, unknowns) = run("DO $$ BEGIN EXECUTE \(call); END $$")
    #expect(nested.isEmpty)
    #expect(unknowns.count >= 1)
  }

  @Test("a record's fields are known, and forgotten with the record")
  func fields() {
    let (nested, unknowns) = run(
      """
      DO $$ DECLARE r record; BEGIN
        FOR r IN SELECT 'a' AS x, 'b' AS y LOOP
          EXECUTE 'CREATE TABLE ' || r.x || r.y || ' ()';
          r.x := 'c';
          EXECUTE 'CREATE TABLE ' || r.x || r.y || ' ()';
        END LOOP;
        EXECUTE 'CREATE TABLE ' || r.x || ' ()';
      END $$
      """
    )
    #expect(nested.count { if case .createTable = $0.kind { true } else { false } } == 2)
    #expect(unknowns.count == 1)
  }

  @Test("what arms that may run assign is not known after them, and the next arm does not see it")
  func arms() {
    let (nested, _) = run(
      """
      DO $$ DECLARE a text := 'a'; b text := 'b'; BEGIN
        IF unknown() THEN a := 'x';
        ELSIF unknown() THEN EXECUTE 'CREATE TABLE ' || a || '()';
        ELSE b := 'y';
        END IF;
        EXECUTE 'CREATE TABLE ' || a || '()';
        EXECUTE 'CREATE TABLE ' || b || '()';
      END $$
      """
    )
    let tables = nested.compactMap {
      if case .createTable(let table) = $0.kind { table.relation.name.name } else { nil }
    }
    #expect(tables == ["a"])
  }
}
