/// Statements about the schema of ``QueryRefusalTests``: parts of UNION fit, and rows that are locked are rows of a table.
enum SetsCases {
  static let all: [RefusalCase] = [
    ("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r", nil),
    (
      """
      WITH RECURSIVE r AS (SELECT id, name FROM users UNION ALL SELECT u.id, r.name FROM users u JOIN r ON \
      r.id = u.age) SELECT name FROM r
      """, nil
    ),
    ("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT m + 1 FROM r) SELECT n FROM r", "42703"),
    ("SELECT 1 UNION SELECT 1, 2", "42601"),
    ("SELECT 1 UNION SELECT 'a'::text", "42804"),
    ("SELECT '1' UNION SELECT 2", nil),
    ("SELECT 1 UNION SELECT 2.5", nil),
    ("SELECT id FROM users UNION SELECT id FROM orders ORDER BY id", nil),
    ("SELECT id FROM users UNION SELECT id FROM orders ORDER BY nope", "42703"),
    ("SELECT id FROM users UNION SELECT id FROM orders ORDER BY 1", nil),
    ("SELECT d FROM users UNION SELECT created FROM users", nil),
    ("SELECT j FROM users UNION SELECT name FROM users", "42804"),
    ("SELECT * FROM users FOR UPDATE OF nope", "42P01"),
    ("SELECT * FROM users u FOR UPDATE OF u", nil),
    ("SELECT DISTINCT name FROM users FOR UPDATE", "0A000"),
    ("SELECT * FROM mv FOR UPDATE", "42809"),
  ]
}
