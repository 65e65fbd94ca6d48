-- What hangs on a table or stands beside it: triggers, policies, rules, statistics, comments, extensions, publications.
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, age integer);
CREATE TABLE orders (id bigint, user_id bigint, total integer);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TRIGGER users_note BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note();
CREATE POLICY own ON users USING (id = 1);
CREATE RULE quiet AS ON DELETE TO orders DO INSTEAD NOTHING;
CREATE STATISTICS orders_statistics ON user_id, total FROM orders;
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE PUBLICATION news FOR TABLE users;
CREATE TEXT SEARCH CONFIGURATION short (COPY = simple);
CREATE FOREIGN DATA WRAPPER wires;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wires;
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);

-- case: a trigger that the table has
-- refused: 42710
CREATE TRIGGER users_note AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger of this name on another table
-- runs
CREATE TRIGGER users_note AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger in place of the one that the table has
-- runs
CREATE OR REPLACE TRIGGER users_note AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger on a table that is not there
-- refused: 42P01
CREATE TRIGGER noted BEFORE UPDATE ON nothing FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger that calls a function that is not there
-- refused: 42883
CREATE TRIGGER noted BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION notice();

-- case: a trigger that calls a function that is none for triggers
-- refused: 42P17
CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TRIGGER noted BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION one();

-- case: a trigger on updates of a column that is not there
-- refused: 42703
CREATE TRIGGER noted BEFORE UPDATE OF phone ON users FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger whose condition names a column that is not there
-- refused: 42703
CREATE TRIGGER noted BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.phone = '') EXECUTE FUNCTION note();

-- case: a trigger before inserts whose condition looks at the old row
-- refused: 42P17
CREATE TRIGGER noted BEFORE INSERT ON users FOR EACH ROW WHEN (OLD.name = '') EXECUTE FUNCTION note();

-- case: a drop of a trigger that the table has not
-- refused: 42704
DROP TRIGGER noted ON users;

-- case: a drop of a trigger that need not be there
-- runs
DROP TRIGGER IF EXISTS noted ON users;

-- case: a drop of a trigger on a table that need not be there
-- runs
DROP TRIGGER IF EXISTS noted ON nothing;

-- case: a drop of a trigger on a table that is not there
-- refused: 42P01
DROP TRIGGER noted ON nothing;

-- case: a trigger disabled that the table has not
-- refused: 42704
ALTER TABLE users DISABLE TRIGGER noted;

-- case: all triggers disabled of a table that has none
-- runs
ALTER TABLE orders DISABLE TRIGGER ALL;

-- case: a trigger renamed that the table has not
-- refused: 42704
ALTER TRIGGER noted ON users RENAME TO users_noted;

-- case: a policy that the table has
-- refused: 42710
CREATE POLICY own ON users USING (id = 2);

-- case: a policy of this name on another table
-- runs
CREATE POLICY own ON orders USING (id = 2);

-- case: a policy that names a column that is not there
-- refused: 42703
CREATE POLICY open ON users USING (state = 'open');

-- case: a policy on a table that is not there
-- refused: 42P01
CREATE POLICY open ON nothing USING (true);

-- case: a policy that names a table that is not there
-- refused: 42P01
CREATE POLICY open ON users USING (id IN (SELECT id FROM members));

-- case: a change of a policy that the table has not
-- refused: 42704
ALTER POLICY open ON users USING (true);

-- case: a drop of a policy that the table has not
-- refused: 42704
DROP POLICY open ON users;

-- case: a drop of a policy that need not be there
-- runs
DROP POLICY IF EXISTS open ON users;

-- case: a rule that the table has
-- refused: 42710
CREATE RULE quiet AS ON DELETE TO orders DO INSTEAD NOTHING;

-- case: a rule in place of the one that the table has
-- runs
CREATE OR REPLACE RULE quiet AS ON DELETE TO orders DO ALSO NOTHING;

-- case: a drop of a rule that the table has not
-- refused: 42704
DROP RULE loud ON orders;

-- case: a rule on a table that is not there
-- refused: 42P01
CREATE RULE quiet AS ON DELETE TO nothing DO INSTEAD NOTHING;

-- case: statistics that are there
-- refused: 42710
CREATE STATISTICS orders_statistics ON id, total FROM orders;

-- case: statistics unless they are there
-- runs
CREATE STATISTICS IF NOT EXISTS orders_statistics ON id, total FROM orders;

-- case: statistics of a column that is not there
-- refused: 42703
CREATE STATISTICS orders_price ON id, price FROM orders;

-- case: statistics of one column
-- refused: 42P17
CREATE STATISTICS orders_total ON total FROM orders;

-- case: a drop of statistics that are not there
-- refused: 42704
DROP STATISTICS users_statistics;

-- case: a collation that is there
-- refused: 42710
CREATE COLLATION plain (provider = libc, locale = 'C');

-- case: a column with a collation that is not there
-- refused: 42704
-- unknown to sqllint: says nothing
ALTER TABLE users ADD COLUMN city text COLLATE dutch;

-- case: a column of a type that has no collation
-- refused: 42804
ALTER TABLE users ADD COLUMN size integer COLLATE plain;

-- case: a drop of a collation that is not there
-- refused: 42704
DROP COLLATION dutch;

-- case: a publication that is there
-- refused: 42710
CREATE PUBLICATION news;

-- case: a publication of a table that is not there
-- refused: 42P01
CREATE PUBLICATION olds FOR TABLE nothing;

-- case: a change of a publication that is not there
-- refused: 42704
ALTER PUBLICATION olds ADD TABLE users;

-- case: a table that the publication has
-- refused: 42710
ALTER PUBLICATION news ADD TABLE users;

-- case: a table taken out of a publication that has it not
-- refused: 42704
ALTER PUBLICATION news DROP TABLE orders;

-- case: a drop of a publication that is not there
-- refused: 42704
DROP PUBLICATION olds;

-- case: a drop of a text search configuration that is not there
-- refused: 42704
DROP TEXT SEARCH CONFIGURATION long;

-- case: a text search configuration that is there
-- refused: 23505
CREATE TEXT SEARCH CONFIGURATION short (COPY = simple);

-- case: a server that is there
-- refused: 42710
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wires;

-- case: a server of a wrapper that is not there
-- refused: 42704
CREATE SERVER nearby FOREIGN DATA WRAPPER pipes;

-- case: a foreign table on a server that is not there
-- refused: 42704
CREATE FOREIGN TABLE far (id bigint) SERVER nearby;

-- case: an operator that is there
-- refused: 42723
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);

-- case: an operator of a function that is not there
-- refused: 42883
CREATE OPERATOR ==== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4same);

-- case: a drop of an operator that is not there
-- refused: 42883
DROP OPERATOR ==== (integer, integer);

-- case: a cast that is there
-- refused: 42710
-- unknown to sqllint: says nothing
CREATE CAST (varchar AS text) WITHOUT FUNCTION;

-- case: a drop of a cast that is not there
-- refused: 42704
-- unknown to sqllint: says nothing
DROP CAST (integer AS date);

-- case: a drop of an extension that is not there
-- refused: 42704
DROP EXTENSION hstore;

-- case: an extension that is there
-- refused: 42710
CREATE EXTENSION plpgsql;

-- case: an extension unless it is there
-- runs
CREATE EXTENSION IF NOT EXISTS plpgsql;

-- case: a comment on a function that is not there
-- refused: 42883
COMMENT ON FUNCTION thrice(integer) IS 'nothing';

-- case: a comment on a trigger that the table has not
-- refused: 42704
COMMENT ON TRIGGER noted ON users IS 'nothing';

-- case: a comment on a policy that the table has not
-- refused: 42704
COMMENT ON POLICY open ON users IS 'nothing';

-- case: a comment on a type that is not there
-- refused: 42704
COMMENT ON TYPE moods IS 'nothing';

-- case: a comment on an index that is not there
-- refused: 42P01
COMMENT ON INDEX users_email_idx IS 'nothing';

-- case: rights taken that nobody has
-- runs
REVOKE SELECT ON users FROM PUBLIC;
