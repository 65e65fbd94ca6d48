import Foundation
import Testing

@testable import PostgresParser
@testable import Syntax

@Suite("SQL made of the tree is read as the same tree")
struct DeparserTests {
  @Test("for every form of expression", arguments: CoverageTests.expressions + Self.expressions)
  func expression(sql: String) throws {
    let query = try query("SELECT \(sql)")
    var deparser = Deparser()
    let written = deparser.text(query)
    guard deparser.unprintable.isEmpty else {
      #expect(Self.unprintable.contains { sql.hasPrefix($0) }, "\(sql) is not written")
      return
    }
    #expect(try self.query(written) == query, "\(sql) became \(written)")
  }

  @Test("for every form of query", arguments: queries)
  func query(sql: String) throws {
    let query = try self.query(sql) as Query
    #expect(try self.query(query.sql) == query, "\(sql) became \(query.sql)")
  }

  @Test("for types", arguments: types)
  func type(sql: String) throws {
    let cast = try query("SELECT x::\(sql)")
    #expect(try query(cast.sql) == cast, "\(sql) became \(cast.sql)")
  }

  @Test(
    "for the migrations of public projects",
    .enabled(if: FixtureFolder.corpora != nil, "needs ../shared/corpora")
  )
  func corpora() throws {
    var count = 0
    for file in FixtureFolder.sqlFiles(in: try #require(FixtureFolder.corpora)) {
      let source = try SourceText.decode(path: file.path, bytes: Array(try Data(contentsOf: file)))
      for statement in PostgresParser.parse(source).statements {
        for query in statement.kind.writableQueries {
          var deparser = Deparser()
          let written = deparser.text(query)
          guard deparser.unprintable.isEmpty else { continue }
          count += 1
          let place = "\(file.path) \(source.location(of: statement.range.lowerBound))"
          #expect(try self.query(written) == query, "\(place)\n\(written)")
        }
      }
    }
    #expect(count > 100)
  }

  private func query(_ sql: String) throws -> Query {
    let kind = try #require(try RawParser.parse(Array(sql.utf8)[...], base: 0).first).kind
    switch kind {
    case .query(let query): return query
    case .dataChange(let change): return .dataChange(change)
    default: throw NoQuery(sql: sql)
    }
  }

  private struct NoQuery: Error { let sql: String }

  /// What has a grammar of its own that the tree does not hold.
  static let unprintable = ["XML", "JSON", "a IS DOCUMENT", "a IS JSON", "SYSTEM_USER"]

  static let expressions = [
    "f(DISTINCT a ORDER BY b DESC NULLS LAST)",
    "count(*)", "f(a => 1, b => 2)", "f(VARIADIC a)", "sum(a) FILTER (WHERE b)",
    "rank() OVER (PARTITION BY a ORDER BY b)", "a + b * c", "(a = b) = c", "a AND b AND c", "(a IS NULL) IS NOT NULL",
    "(SELECT max(a) FROM t)", "a || b || c", "a::text::varchar(5)", "a ~ '^x'", "B'101'", "E'a\\\\b'",
    "(a OR b) AND (c OR d)", "NOT (a AND b)", "NOT a = b", "(NOT a) IS NULL", "(a IS NULL) = b", "a = (b IS NULL)",
    "(a + b) * c", "a - (b - c)", "- (- a)", "(-1)::text", "-1::text", "(- a) ^ b", "(a || b)::text",
    "(a COLLATE \"C\") || b",
    "(a = b)::int", "(a, b)", "ROW(a)", "(f(a)).b.c", "(a.b).c", "a.b[1]", "(a[1]).b", "(ARRAY[1, 2])[1]",
    "x'1f'", "'it''s'", "E'a\\\\b'", "\"A b\".\"C\"\"d\"", "\"select\"", "a IN ((1, 2), (3, 4))",
    "(a, b) IN (SELECT 1, 2)",
    "a NOT IN (SELECT 1)", "a = ANY (SELECT 1)", "a <> ALL (ARRAY[1])", "(a LIKE b) = c",
    "a NOT SIMILAR TO b ESCAPE 'x'",
    "(a BETWEEN 1 AND 2) IS TRUE", "a BETWEEN (b AND c) AND d", "(CASE WHEN a THEN b END)::int",
    "count(*) FILTER (WHERE a) OVER w", "sum(a) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)",
    "sum(a) OVER (ORDER BY b RANGE UNBOUNDED PRECEDING)", "pg_catalog.timezone('UTC', a)", "LOCALTIMESTAMP(0)",
    "(a AT TIME ZONE 'UTC') + b", "a AT TIME ZONE (b + c)", "(a IS DISTINCT FROM b) IS DISTINCT FROM c",
    "a -> 'b' ->> 'c'", "(a ->> 'b') = 'c'", "a ? 'b'", "!! a", "a @> '{}'::jsonb", "lower(a) = ANY ('{a}'::text[])",
    "TRIM(a)", "TRIM(LEADING FROM a)", "SUBSTRING(a, 1)", "SUBSTRING(a FROM 'x')", "extract(epoch FROM a)::int",
    "date_part('x', a)",
    "interval '1' year", "interval(3) '1 s'", "'1'::interval day to second(3)", "now() - interval '1 day'", "a[1][2]",
    "a[1:2][3]",
    "ARRAY[[1, 2], [3, 4]]", "'{}'::int[][]", "NULLIF(a, b)::int", "EXISTS (SELECT 1) = a", "9223372036854775808",
    "-9223372036854775808",
    "1.50", "-1.5", "a <> b", "a != b", "a <= b AND b >= c", "a = b OR c = d AND e = f", "((a))",
    "f(a, VARIADIC ARRAY[1])",
    "(SELECT 1)::int", "(SELECT a).b", "ARRAY(SELECT 1)", "a < ALL (SELECT 1)", "- (1)", "a - -1", "a * (-1)",
  ]

  static let queries = [
    "SELECT", "SELECT DISTINCT a, b AS c FROM t",
    "SELECT DISTINCT ON (a) b FROM t ORDER BY a USING <, b DESC NULLS LAST",
    "SELECT * FROM t AS x (a, b), LATERAL (SELECT x.a) y (c), ONLY u",
    "SELECT * FROM s.t TABLESAMPLE bernoulli (5) REPEATABLE (1)",
    "SELECT * FROM a JOIN (b LEFT JOIN c USING (x)) ON true NATURAL FULL JOIN d CROSS JOIN e",
    "SELECT * FROM (a JOIN b USING (x) AS j) AS k (l)", "SELECT * FROM a RIGHT JOIN b ON a.x = b.x",
    "SELECT * FROM generate_series(1, 2) WITH ORDINALITY AS g (n, o)",
    "SELECT * FROM json_to_record('{}') AS r (a int, b text COLLATE \"C\")",
    "SELECT * FROM ROWS FROM (f(1), g(2) AS (a int)) AS x", "SELECT * FROM LATERAL unnest(a) u",
    "SELECT * FROM current_date",
    "SELECT a FROM t GROUP BY ROLLUP (a, (b, c)), CUBE (d), GROUPING SETS ((a), ()) HAVING count(*) > 1",
    "SELECT a FROM t GROUP BY DISTINCT a",
    "SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b), v AS (w ORDER BY c)",
    "SELECT a FROM t ORDER BY a LIMIT 5 OFFSET 2", "SELECT a FROM t ORDER BY a FETCH FIRST 3 ROWS WITH TIES",
    "SELECT a FROM t FOR NO KEY UPDATE OF t SKIP LOCKED", "SELECT 1 UNION ALL SELECT 2 UNION SELECT 3",
    "(SELECT 1 ORDER BY 1) EXCEPT ALL (SELECT 2 LIMIT 1) ORDER BY 1", "SELECT 1 INTERSECT (SELECT 2 UNION SELECT 3)",
    "VALUES (1, 'a'), (2, DEFAULT)",
    "WITH a (x) AS MATERIALIZED (SELECT 1), b AS (DELETE FROM t RETURNING *) SELECT * FROM a, b",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r", "SELECT 1 INTO t",
    "INSERT INTO t DEFAULT VALUES", "INSERT INTO t AS x (a, b) OVERRIDING SYSTEM VALUE SELECT 1, 2 RETURNING a",
    "INSERT INTO t VALUES (1) ON CONFLICT (a, lower(b)) WHERE c DO UPDATE SET (a, b) = (1, 2), c = excluded.c WHERE t.d",
    "INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k DO NOTHING",
    "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
    "UPDATE ONLY t x SET a = DEFAULT, b = (SELECT 1) FROM u WHERE x.a = u.a RETURNING *",
    "DELETE FROM t USING u WHERE t.a = u.a",
    "UPDATE t SET (a, b) = (SELECT 1, 2)",
    "SELECT (SELECT 1), ARRAY(VALUES (1)) WHERE EXISTS (SELECT 1 FROM t WHERE a)",
  ]

  static let types = [
    "bigint[]", "timestamp(3) with time zone", "time with time zone", "bit varying(8)", "citext", "\"user\"", "xml",
    "int", "bigint", "smallint", "real", "float", "float(10)", "boolean", "varchar", "varchar(50)", "char", "char(3)",
    "\"char\"",
    "bpchar", "text[]", "int[][]", "numeric", "numeric(10, 2)", "timestamp", "timestamptz(3)", "time(0)", "timetz",
    "bit", "bit(3)",
    "bit varying", "varbit(5)", "interval", "interval(3)", "interval hour to second(2)", "s.\"My type\"(1)[]", "json",
    "\"date\"",
    "interval year",
  ]
}

extension Statement.Kind {
  fileprivate var writableQueries: [Query] {
    switch self {
    case .query(let query): [query]
    case .dataChange(let change): [.dataChange(change)]
    case .createView(let view): [view.query]
    case .createTableAs(let table): [table.query].compactMap(\.self)
    case .createTable(let table): table.elements.flatMap(\.expressions).map(\.asQuery)
    case .createIndex(let index):
      (index.elements.flatMap(\.expressions) + [index.predicate].compactMap(\.self)).map(\.asQuery)
    case .alterTable(let alter): alter.actions.flatMap(\.expressions).map(\.asQuery)
    default: []
    }
  }
}

extension Syntax.Expression {
  fileprivate var asQuery: Query { .select(Select(targets: [Select.Target(name: nil, expression: self)])) }
}

extension CreateTable.Element {
  fileprivate var expressions: [Syntax.Expression] {
    switch self {
    case .column(let column): column.expressions
    case .constraint(let constraint): constraint.expressions
    case .like: []
    }
  }
}

extension ColumnDefinition {
  fileprivate var expressions: [Syntax.Expression] {
    constraints.flatMap(\.expressions) + [type.map { .cast(.constant(.null), to: $0) }].compactMap(\.self)
  }
}

extension Constraint {
  fileprivate var expressions: [Syntax.Expression] {
    switch kind {
    case .default(let value): [value]
    case .check(let condition, _): [condition]
    case .generated(let expression, _): [expression]
    default: []
    }
  }
}

extension IndexElement {
  fileprivate var expressions: [Syntax.Expression] {
    if case .expression(let expression) = key { [expression] } else { [] }
  }
}

extension AlterTable.Action {
  fileprivate var expressions: [Syntax.Expression] {
    switch kind {
    case .addColumn(let column, _), .setType(_, let column, _): column.expressions
    case .setDefault(_, let value): [value]
    case .addConstraint(let constraint): constraint.expressions
    default: []
    }
  }
}
