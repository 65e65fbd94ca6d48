-- What queries and changes of data name: columns, tables and functions, as PostgreSQL's analyser looks for them.
CREATE SCHEMA archive;
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, age integer, mood mood, created timestamptz);
CREATE TABLE orders (id bigint, user_id bigint, total integer, state text DEFAULT 'new');
CREATE TABLE archive.old_users (id bigint, name text);
CREATE TABLE counted (id bigint GENERATED ALWAYS AS IDENTITY, name text, length integer GENERATED ALWAYS AS (3) STORED);
CREATE VIEW adults AS SELECT id, name FROM users WHERE age >= 18;
CREATE UNIQUE INDEX orders_state_idx ON orders (id) WHERE state = 'new';
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE FUNCTION pairs(OUT a integer, OUT b text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''x''';
CREATE SEQUENCE tickets;

-- case: a column that is not there
-- refused: 42703
SELECT phone FROM users;

-- case: a table that is not there
-- refused: 42P01
SELECT id FROM members;

-- case: a table in a schema that is not there
-- refused: 42P01
-- unknown to sqllint: says nothing
SELECT id FROM nowhere.users;

-- case: a table that is only in another schema
-- refused: 42P01
SELECT id FROM old_users;

-- case: a table that the search path finds
-- runs
SET search_path = archive, public;
SELECT id FROM old_users;

-- case: a column of an alias that is not there
-- refused: 42P01
SELECT u.id FROM users;

-- case: a column by the table's name where it has an alias
-- refused: 42P01
SELECT users.id FROM users u;

-- case: a column by its alias
-- runs
SELECT u.id FROM users u;

-- case: a whole row
-- runs
SELECT users FROM users;

-- case: a column written as a function
-- runs
SELECT name(users) FROM users;

-- case: a column of a catalog
-- runs
SELECT oid, relname FROM pg_class WHERE relname = 'users';

-- case: columns that every table has of itself
-- runs
SELECT ctid, xmin, tableoid FROM users;

-- case: such a column of a view
-- refused: 42703
SELECT ctid FROM adults;

-- case: a column that two tables have
-- refused: 42702
SELECT id FROM users JOIN orders ON user_id = users.id;

-- case: a column that two tables have and that joins them
-- runs
SELECT id FROM users JOIN orders USING (id);

-- case: a join by a column that one table has not
-- refused: 42703
SELECT 1 FROM users JOIN orders USING (email);

-- case: a join of all equal columns, of which there is none
-- runs
SELECT 1 FROM counted NATURAL JOIN adults;

-- case: a table twice without an alias
-- refused: 42712
SELECT 1 FROM users, users;

-- case: a table twice, once with an alias
-- runs
SELECT 1 FROM users, users u;

-- case: a table of a FROM that stands beside it
-- refused: 42P01
SELECT 1 FROM users, (SELECT 1 FROM orders WHERE user_id = users.id) o;

-- case: a table of a FROM that stands beside it, laterally
-- runs
SELECT 1 FROM users, LATERAL (SELECT 1 FROM orders WHERE user_id = users.id) o;

-- case: a column of the query around
-- runs
SELECT 1 FROM users WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = email::bigint);

-- case: a column of a subquery that it does not give
-- refused: 42703
SELECT s.email FROM (SELECT id FROM users) s;

-- case: a column of a WITH that it does not give
-- refused: 42703
WITH w AS (SELECT id FROM users) SELECT email FROM w;

-- case: a WITH that calls itself without RECURSIVE
-- refused: 42P01
WITH w AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM w WHERE a < 3) SELECT a FROM w;

-- case: a WITH that calls itself
-- runs
WITH RECURSIVE w AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM w WHERE a < 3) SELECT a FROM w;

-- case: a WITH of a table's name
-- runs
WITH users AS (SELECT 1 AS phone) SELECT phone FROM users;

-- case: two WITH of one name
-- refused: 42712
WITH w AS (SELECT 1), w AS (SELECT 2) SELECT * FROM w;

-- case: an alias of a column in WHERE
-- refused: 42703
SELECT age * 2 AS doubled FROM users WHERE doubled > 3;

-- case: an alias of a column in ORDER BY
-- runs
SELECT age * 2 AS doubled FROM users ORDER BY doubled;

-- case: an alias of a column in GROUP BY
-- runs
SELECT age * 2 AS doubled FROM users GROUP BY doubled;

-- case: a place in ORDER BY that is not there
-- refused: 42P10
SELECT id FROM users ORDER BY 2;

-- case: a column that is not grouped
-- refused: 42803
SELECT name, count(*) FROM users GROUP BY age;

-- case: a column that the grouped primary key decides
-- runs
SELECT name, count(*) FROM users GROUP BY id;

-- case: an aggregate in WHERE
-- refused: 42803
SELECT 1 FROM users WHERE count(*) > 1;

-- case: a window function in WHERE
-- refused: 42P20
SELECT 1 FROM users WHERE row_number() OVER () > 1;

-- case: a window that is not there
-- refused: 42704
SELECT row_number() OVER w FROM users;

-- case: a function that is not there
-- refused: 42883
SELECT thrice(age) FROM users;

-- case: a function with a number of arguments that it has not
-- refused: 42883
SELECT twice(age, 1) FROM users;

-- case: a function with an argument of another type
-- refused: 42883
SELECT twice(name) FROM users;

-- case: a function with an argument that is cast by itself
-- runs
SELECT twice(1::smallint), twice('3') FROM users;

-- case: an operator that is not there
-- refused: 42883
SELECT name + age FROM users;

-- case: a comparison of text with a number
-- refused: 42883
SELECT 1 FROM users WHERE email = 1;

-- case: a comparison of a number with a literal
-- runs
SELECT 1 FROM users WHERE age = '1';

-- case: a literal that is no number
-- refused: 22P02
-- unknown to sqllint: says nothing
SELECT 1 FROM users WHERE age = 'one';

-- case: a value that the enumeration has not
-- refused: 22P02
-- unknown to sqllint: says nothing
SELECT 1 FROM users WHERE mood = 'glad';

-- case: a condition that is none
-- refused: 42804
SELECT 1 FROM users WHERE age;

-- case: a UNION of different numbers of columns
-- refused: 42601
SELECT id, name FROM users UNION SELECT id FROM users;

-- case: a UNION of types that do not match
-- refused: 42804
SELECT age FROM users UNION SELECT name FROM users;

-- case: a UNION of numbers of two types
-- runs
SELECT age FROM users UNION SELECT id FROM users;

-- case: a CASE of types that do not match
-- refused: 42804
-- unknown to sqllint: says nothing
SELECT CASE WHEN age > 1 THEN name ELSE age END FROM users;

-- case: a subquery as a value that gives two columns
-- refused: 42601
SELECT (SELECT id, name FROM users) FROM users;

-- case: columns of a function
-- runs
SELECT a, b FROM pairs();

-- case: a column that a function does not give
-- refused: 42703
SELECT c FROM pairs();

-- case: a cast that is not there
-- refused: 42846
SELECT created::integer FROM users;

-- case: a type that is not there
-- refused: 42704
SELECT id::monye FROM users;

-- case: an insert into a table that is not there
-- refused: 42P01
INSERT INTO members VALUES (1);

-- case: an insert into a column that is not there
-- refused: 42703
INSERT INTO users (id, emial) VALUES (1, 'x');

-- case: an insert into a column twice
-- refused: 42701
INSERT INTO users (id, email, email) VALUES (1, 'x', 'y');

-- case: an insert of too many values
-- refused: 42601
INSERT INTO orders VALUES (1, 1, 1, 'new', 5);

-- case: an insert of too few values for the columns that it names
-- refused: 42601
INSERT INTO users (id, email) VALUES (1);

-- case: an insert of too few values without columns
-- runs
INSERT INTO users VALUES (1);

-- case: an insert of rows of different lengths
-- refused: 42601
INSERT INTO orders VALUES (1, 1), (2);

-- case: an insert of too many columns of a query
-- refused: 42601
INSERT INTO archive.old_users SELECT id, name, email FROM users;

-- case: an insert of a type that is not cast
-- refused: 42804
INSERT INTO users (id, age) SELECT id, name FROM users;

-- case: an insert of a text literal into a number
-- runs
INSERT INTO users (id, age) VALUES ('1', '2');

-- case: an insert of a value that the enumeration has not
-- refused: 22P02
-- unknown to sqllint: says nothing
INSERT INTO users (id, mood) VALUES (1, 'glad');

-- case: an insert into an identity that is always generated
-- refused: 428C9
INSERT INTO counted (id, name) VALUES (1, 'x');

-- case: an insert into an identity that overrides it
-- runs
INSERT INTO counted (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'x');

-- case: an insert into a generated column
-- refused: 428C9
INSERT INTO counted (name, length) VALUES ('x', 1);

-- case: an insert of DEFAULT into a generated column
-- runs
INSERT INTO counted (name, length) VALUES ('x', DEFAULT);

-- case: a conflict on columns that no unique index has
-- refused: 42P10
INSERT INTO users (id, email) VALUES (1, 'x') ON CONFLICT (email) DO NOTHING;

-- case: a conflict on the primary key
-- runs
INSERT INTO users (id, email) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET email = excluded.email;

-- case: a conflict on a partial index without its condition
-- refused: 42P10
INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO NOTHING;

-- case: a conflict on a partial index with its condition
-- runs
INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) WHERE state = 'new' DO NOTHING;

-- case: a conflict without columns
-- runs
INSERT INTO orders (id) VALUES (1) ON CONFLICT DO NOTHING;

-- case: a conflict on a constraint that is not there
-- refused: 42704
INSERT INTO users (id) VALUES (1) ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING;

-- case: an update of a table that is not there
-- refused: 42P01
UPDATE members SET id = 1;

-- case: an update of a column that is not there
-- refused: 42703
UPDATE users SET emial = 'x' WHERE id = 1;

-- case: an update of a column by the table's name
-- refused: 42703
UPDATE users SET users.email = 'x';

-- case: an update of a column twice
-- refused: 42601
UPDATE users SET email = 'x', email = 'y';

-- case: an update whose condition names a column that is not there
-- refused: 42703
UPDATE users SET email = 'x' WHERE phone = 'y';

-- case: an update of a type that is not cast
-- refused: 42804
UPDATE users SET age = name;

-- case: an update from another table
-- runs
UPDATE users SET email = o.state FROM orders o WHERE o.user_id = users.id;

-- case: an update of a generated column
-- refused: 428C9
UPDATE counted SET length = 5;

-- case: a delete from a table that is not there
-- refused: 42P01
DELETE FROM members;

-- case: a delete whose condition names a column that is not there
-- refused: 42703
DELETE FROM users WHERE phone IS NULL;

-- case: a delete whose RETURNING names a column that is not there
-- refused: 42703
DELETE FROM users RETURNING phone;

-- case: a merge into a table that is not there
-- refused: 42P01
MERGE INTO members USING users ON members.id = users.id WHEN MATCHED THEN DELETE;

-- case: a merge that sets a column that is not there
-- refused: 42703
MERGE INTO users u USING orders o ON u.id = o.user_id WHEN MATCHED THEN UPDATE SET phone = o.state;

-- case: a merge that inserts too few values
-- refused: 42601
MERGE INTO users u USING orders o ON u.id = o.user_id WHEN NOT MATCHED THEN INSERT (id, email) VALUES (1);

-- case: a merge
-- runs
MERGE INTO users u USING orders o ON u.id = o.user_id WHEN MATCHED THEN UPDATE SET email = o.state;

-- case: a copy of a column that is not there
-- refused: 42703
COPY users (phone) TO STDOUT;

-- case: a copy of a view's rows
-- refused: 42809
COPY adults TO STDOUT;

-- case: a query that locks rows of an aggregate
-- refused: 0A000
SELECT count(*) FROM users FOR UPDATE;

-- case: DISTINCT with another order
-- refused: 42P10
SELECT DISTINCT name FROM users ORDER BY age;

-- case: a prepared query of a column that is not there
-- refused: 42703
PREPARE q AS SELECT phone FROM users;

-- case: an explained query of a table that is not there
-- refused: 42P01
EXPLAIN SELECT 1 FROM members;

-- case: a table from a query of a column that is not there
-- refused: 42703
CREATE TABLE copies AS SELECT phone FROM users;

-- case: a view of a table that is not there
-- refused: 42P01
CREATE VIEW v AS SELECT 1 FROM members;

-- case: a view of a column that is not there
-- refused: 42703
CREATE VIEW v AS SELECT phone FROM users;

-- case: a view of a column that was dropped
-- refused: 42703
ALTER TABLE orders DROP COLUMN total;
CREATE VIEW v AS SELECT total FROM orders;
