/// Statements about the schema of ``QueryRefusalTests``: results of groups are grouped.
enum GroupsCases {
  static let all: [RefusalCase] = [
    ("SELECT count(*) FROM mv", nil),
    ("SELECT name AS n FROM users GROUP BY n", nil),
    ("SELECT name AS n, count(*) FROM users GROUP BY 1 ORDER BY 2", nil),
    ("SELECT name, count(*) FROM users", "42803"),
    ("SELECT name, count(*) FROM users GROUP BY name", nil),
    ("SELECT name, age, count(*) FROM users GROUP BY name", "42803"),
    ("SELECT id, name, count(*) FROM users GROUP BY id", nil),
    ("SELECT u.id, u.name, count(o.id) FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id", nil),
    ("SELECT u.id, o.note FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.id", "42803"),
    ("SELECT order_id, pos, name FROM items GROUP BY order_id, pos", nil),
    ("SELECT order_id, pos, name FROM items GROUP BY order_id", "42803"),
    ("SELECT date_trunc('day', created), count(*) FROM users GROUP BY date_trunc('day', created)", nil),
    ("SELECT date_trunc('day', created) AS d2, count(*) FROM users GROUP BY d2", nil),
    ("SELECT age + 1, count(*) FROM users GROUP BY age", nil),
    ("SELECT name, sum(age) OVER (PARTITION BY name) FROM users", nil),
    ("SELECT name, sum(count(*)) OVER (ORDER BY name) FROM users GROUP BY name", nil),
    ("SELECT count(*) FROM users HAVING age > 1", "42803"),
    ("SELECT name FROM users HAVING count(*) > 1", "42803"),
    ("SELECT 1 FROM users HAVING count(*) > 1", nil),
    ("SELECT id FROM users WHERE count(*) > 1", "42803"),
    ("SELECT id FROM users WHERE row_number() OVER () = 1", "42P20"),
    ("SELECT id FROM users GROUP BY count(*)", "42803"),
    ("SELECT sum(count(*)) FROM users", "42803"),
    ("SELECT rank() FROM users", "42809"),
    ("SELECT rank(1) WITHIN GROUP (ORDER BY age) FROM users", nil),
    ("SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY age) FROM users", nil),
    ("SELECT row_number() OVER w FROM users WINDOW w AS (ORDER BY id)", nil),
    ("SELECT row_number() OVER w FROM users", "42704"),
    ("SELECT count(*) FILTER (WHERE ok) FROM users", nil),
    ("SELECT count(*) FILTER (WHERE count(*) > 1) FROM users", "42803"),
    ("SELECT (SELECT max(o.total) FROM orders o WHERE o.user_id = u.id) FROM users u", nil),
    ("SELECT (SELECT max(u.age)) FROM users u", nil),
    ("SELECT (SELECT max(u.age)), u.name FROM users u", "42803"),
    ("SELECT name FROM users GROUP BY name HAVING EXISTS (SELECT 1 FROM orders WHERE total > sum(users.age))", nil),
    ("SELECT GROUPING(name), name, count(*) FROM users GROUP BY ROLLUP (name)", nil),
    ("SELECT name, age, count(*) FROM users GROUP BY GROUPING SETS ((name), (age), ())", nil),
    ("SELECT name, age, count(*) FROM users GROUP BY (name, age)", nil),
    ("SELECT name, string_agg(email, ',' ORDER BY age) FROM users GROUP BY name", nil),
    ("SELECT id FROM users FULL JOIN orders USING (id) GROUP BY id", nil),
    ("SELECT count(*) FROM users FOR UPDATE", "0A000"),
    ("SELECT lag(age) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM users", nil),
    ("SELECT name, rank() OVER (ORDER BY sum(age)) FROM users GROUP BY name", nil),
    (
      """
      SELECT count(DISTINCT u.age), u.ok FROM users u GROUP BY u.ok HAVING max(u.age) > 1 ORDER BY \
      count(*), u.ok, max(u.age)
      """, nil
    ),
    ("SELECT u.ok FROM users u GROUP BY u.ok ORDER BY u.age", "42803"),
    ("SELECT extract(epoch FROM created)::int AS e FROM users GROUP BY e", nil),
    ("SELECT created::date, count(*) FROM users GROUP BY date(created)", nil),
    ("SELECT name FROM users GROUP BY users.name", nil),
    ("SELECT u.name FROM users u GROUP BY name", nil),
    (
      """
      SELECT CASE WHEN age > 1 THEN 'a' ELSE name END, count(*) FROM users GROUP BY CASE WHEN age > 1 THEN \
      'a' ELSE name END
      """, nil
    ),
    ("SELECT max(id) + 1 FROM users", nil),
    ("SELECT setval('seq', (SELECT max(id) FROM users))", nil),
    ("SELECT setval(pg_get_serial_sequence('users', 'id'), coalesce(max(id), 1)) FROM users", nil),
    (
      """
      WITH d AS (SELECT id, row_number() OVER (PARTITION BY name ORDER BY id) AS rn FROM users) DELETE \
      FROM users WHERE id IN (SELECT id FROM d WHERE rn > 1) AND false
      """, nil
    ),
    ("SELECT count(*) AS c FROM users GROUP BY ok HAVING c > 1", "42703"),
    (
      """
      SELECT extract(year FROM created) AS y, count(*) FROM users GROUP BY y ORDER BY y DESC NULLS LAST \
      LIMIT 5 OFFSET 1
      """, nil
    ),
    ("SELECT a.id, count(*) FROM users a JOIN orders USING (id) GROUP BY id", nil),
    ("SELECT id, count(*) FROM users a JOIN orders USING (id) GROUP BY a.id", nil),
    ("SELECT name || ' ' || email AS full, count(*) FROM users GROUP BY name, email", nil),
    ("SELECT v.n + 1 FROM v_agg v GROUP BY v.n", nil),
    ("SELECT id, name FROM mv GROUP BY id", "42803"),
    ("SELECT (SELECT count(*) FROM orders o WHERE o.user_id = u.id), u.name FROM users u GROUP BY u.id, u.name", nil),
    ("SELECT u.ok, array_agg(DISTINCT u.name ORDER BY u.name) FILTER (WHERE u.age > 1) FROM users u GROUP BY 1", nil),
    ("SELECT avg(total)::numeric(10,2), sum(CASE WHEN note IS NULL THEN 1 ELSE 0 END) FROM orders", nil),
    ("SELECT sum(total) / count(*) AS avg, min(note) FROM orders HAVING sum(total) > 0", nil),
    ("SELECT unnest(tags) AS tag, count(*) FROM users GROUP BY tag", nil),
  ]
}
