/// Statements about the schema of ``QueryRefusalTests``: UPDATE, DELETE and MERGE name what is there.
enum ChangesCases {
  static let all: [RefusalCase] = [
    ("UPDATE users SET name = 'a' WHERE id = 1", nil),
    ("UPDATE users SET nope = 'a'", "42703"),
    ("UPDATE users SET name = nope", "42703"),
    ("UPDATE users SET name = 'a', name = 'b'", "42601"),
    ("UPDATE users SET name = 'a' WHERE nope = 1", "42703"),
    ("UPDATE users SET age = name", "42804"),
    ("UPDATE users SET age = '5' WHERE false", nil),
    ("UPDATE users SET age = id + 1", nil),
    ("UPDATE users SET age = ok", "42804"),
    ("UPDATE users SET age = count(*)", "42803"),
    ("UPDATE users SET users.name = 'a'", "42703"),
    ("UPDATE users u SET name = u.email WHERE false", nil),
    ("UPDATE users u SET name = users.email", "42P01"),
    ("UPDATE users u SET age = o.id FROM orders o WHERE o.user_id = u.id", nil),
    ("UPDATE users u SET age = x.id FROM orders o WHERE o.user_id = u.id", "42P01"),
    ("UPDATE users SET age = o.id FROM orders o, users WHERE o.user_id = users.id", "42712"),
    ("UPDATE users u SET age = x.n FROM (SELECT u.id AS n) x", "42P01"),
    ("UPDATE users SET (name, age) = ('a', 5) WHERE false", nil),
    ("UPDATE users SET (name, age) = ('a', 5, 6)", "42601"),
    ("UPDATE users SET (name, age) = (SELECT name, pos FROM items LIMIT 1) WHERE false", nil),
    ("UPDATE users SET (name, age) = (SELECT name FROM items LIMIT 1)", "42601"),
    ("UPDATE users SET a.zip = 5 WHERE false", nil),
    ("UPDATE users SET tags[1] = 'x', tags[2] = 'y' WHERE false", nil),
    ("UPDATE users SET name = DEFAULT WHERE false", nil),
    ("UPDATE orders SET id = 5", "428C9"),
    ("UPDATE orders SET id = DEFAULT WHERE false", nil),
    ("UPDATE orders SET doubled = 5", "428C9"),
    ("UPDATE orders SET total = 5 WHERE false RETURNING doubled", nil),
    ("UPDATE seq SET last_value = 1", "42809"),
    ("UPDATE mv SET name = 'a'", "42809"),
    ("UPDATE users SET m = 'sad' WHERE m = 'ok'", nil),
    ("UPDATE nope SET a = 1", "42P01"),
    ("UPDATE v_users SET name = 'x' WHERE false", nil),
    ("DELETE FROM users WHERE nope", "42703"),
    ("DELETE FROM users USING orders o WHERE o.user_id = users.id", nil),
    ("DELETE FROM users USING orders o WHERE o.nope = users.id", "42703"),
    ("DELETE FROM users u WHERE users.id = 1", "42P01"),
    ("DELETE FROM users WHERE id = 100000 RETURNING name", nil),
    ("DELETE FROM users WHERE id = 100000 RETURNING x", "42703"),
    ("DELETE FROM mv", "42809"),
    ("DELETE FROM part WHERE k = 1", nil),
    (
      """
      MERGE INTO byd t USING users u ON t.id = u.id WHEN MATCHED THEN UPDATE SET x = u.age WHEN NOT \
      MATCHED THEN INSERT (x) VALUES (u.age)
      """, nil
    ),
    ("MERGE INTO byd t USING users u ON t.id = u.id WHEN MATCHED THEN UPDATE SET nope = u.age", "42703"),
    ("MERGE INTO byd t USING users u ON t.id = u.id WHEN MATCHED THEN UPDATE SET x = u.nope", "42703"),
    ("MERGE INTO byd t USING users u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (x) VALUES (t.x)", "42P01"),
    ("MERGE INTO byd t USING users u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (x) VALUES (u.age, 1)", "42601"),
    ("MERGE INTO byd t USING users t ON true WHEN MATCHED THEN DELETE", "42712"),
    ("MERGE INTO byd t USING users u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DO NOTHING", "42601"),
    ("MERGE INTO mv t USING users u ON t.id = u.id WHEN MATCHED THEN DELETE", "0A000"),
    (
      """
      UPDATE users SET tags = array_append(tags, 'x'), j = j || '{"a": 1}', created = now(), d = created \
      WHERE false
      """, nil
    ),
    ("UPDATE users SET email = u || 'x', age = length(name), ok = (age > 1), u = gen_random_uuid() WHERE false", nil),
    ("UPDATE users SET m = CASE WHEN ok THEN 'sad'::mood ELSE 'ok' END WHERE false", nil),
    ("UPDATE users SET m = CASE WHEN ok THEN 'sad' ELSE 'ok' END WHERE false", "42804"),
    ("UPDATE users SET age = CASE WHEN ok THEN '5' ELSE '6' END WHERE false", "42804"),
    ("UPDATE users SET age = CASE name WHEN 'a' THEN 1 ELSE 2.5 END WHERE false", nil),
    ("UPDATE users SET created = d, d = created::date, p = age WHERE false", nil),
    (
      """
      UPDATE users SET name = sub.n FROM (SELECT user_id, count(*) AS n FROM orders GROUP BY user_id) sub \
      WHERE sub.user_id = users.id AND false
      """, nil
    ),
    ("DELETE FROM users WHERE (id, name) IN (SELECT id, name FROM mv) AND false", nil),
    ("DELETE FROM users WHERE (id, name, age) IN (SELECT id, name FROM mv)", "42601"),
    ("DELETE FROM items USING users AS u, orders o WHERE o.id = items.order_id AND o.user_id = u.id AND false", nil),
  ]
}
