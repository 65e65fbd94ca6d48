/// Statements about the schema of ``QueryRefusalTests``: bodies, rules and policies are looked at when they are made.
enum CodeCases {
  static let all: [RefusalCase] = [
    ("CREATE FUNCTION g1(uid int) RETURNS text LANGUAGE sql AS 'SELECT name FROM users WHERE id = uid'", nil),
    ("CREATE FUNCTION g2(uid int) RETURNS text LANGUAGE sql AS 'SELECT nope FROM users WHERE id = uid'", "42703"),
    ("CREATE FUNCTION g3(id int) RETURNS text LANGUAGE sql AS 'SELECT name FROM users WHERE id = g3.id'", nil),
    ("CREATE FUNCTION g4(int) RETURNS text LANGUAGE sql AS 'SELECT name FROM users WHERE id = $1'", nil),
    ("CREATE FUNCTION g5(u users) RETURNS text LANGUAGE sql AS 'SELECT u.name'", nil),
    ("CREATE FUNCTION g6(uid int) RETURNS void LANGUAGE sql AS 'INSERT INTO nope VALUES (uid)'", "42P01"),
    ("CREATE FUNCTION g7(uid int) RETURNS void LANGUAGE sql AS 'UPDATE users SET nope = uid'", "42703"),
    (
      """
      CREATE FUNCTION g8() RETURNS void LANGUAGE sql AS 'DELETE FROM orders; INSERT INTO byd (x) VALUES \
      (1, 2)'
      """, "42601"
    ),
    ("CREATE FUNCTION g9(x int) RETURNS int RETURN x + nope", "42703"),
    ("CREATE FUNCTION g10(x int) RETURNS int RETURN x + 1", nil),
    ("CREATE FUNCTION g11(x int) RETURNS text BEGIN ATOMIC SELECT name FROM users WHERE users.id = x; END", nil),
    ("CREATE FUNCTION g12(x int) RETURNS text BEGIN ATOMIC SELECT nope FROM users WHERE users.id = x; END", "42703"),
    ("CREATE FUNCTION g13(OUT a int, OUT b text) LANGUAGE sql AS 'SELECT id, name FROM users'", nil),
    ("CREATE FUNCTION g14() RETURNS SETOF users LANGUAGE sql AS 'SELECT * FROM users'", nil),
    ("CREATE FUNCTION g15() RETURNS TABLE (n text) LANGUAGE sql AS 'SELECT u.name FROM users u WHERE u.ok'", nil),
    ("CREATE FUNCTION g16() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN nope FROM users; END'", nil),
    ("CREATE RULE r1 AS ON INSERT TO users DO ALSO INSERT INTO byd (x) VALUES (NEW.age)", nil),
    ("CREATE RULE r2 AS ON INSERT TO users DO ALSO INSERT INTO byd (x) VALUES (NEW.nope)", "42703"),
    (
      """
      CREATE RULE r3 AS ON INSERT TO users WHERE NEW.age > 1 DO ALSO INSERT INTO byd (x) SELECT NEW.age \
      FROM users WHERE id = NEW.id
      """, nil
    ),
    ("CREATE RULE r4 AS ON INSERT TO users WHERE age > 1 DO ALSO NOTHING", nil),
    ("CREATE RULE r5 AS ON UPDATE TO v_users DO INSTEAD UPDATE users SET name = NEW.name WHERE id = OLD.id", nil),
    ("CREATE RULE r6 AS ON UPDATE TO v_users DO INSTEAD UPDATE users SET name = NEW.email WHERE id = OLD.id", "42703"),
    ("CREATE RULE r7 AS ON DELETE TO users DO ALSO INSERT INTO byd (x) VALUES (NEW.age)", "42P17"),
    ("CREATE RULE r8 AS ON DELETE TO users DO ALSO INSERT INTO byd (x) VALUES (OLD.age)", nil),
    ("CREATE POLICY p1 ON users USING (name = current_user)", nil),
    ("CREATE POLICY p2 ON users USING (nope = current_user)", "42703"),
    ("CREATE POLICY p3 ON users WITH CHECK (users.id IN (SELECT user_id FROM orders WHERE total > age))", nil),
    ("CREATE POLICY p4 ON users USING (age)", "42804"),
  ]
}
