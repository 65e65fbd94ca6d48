-- Commands for another kind of object, and types that do not go together.
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE TYPE feeling AS ENUM ('sad', 'fine', 'glad');
CREATE TABLE users (id bigint PRIMARY KEY, age text, mood mood DEFAULT 'sad', flag boolean, born timestamp, size integer, code char(3));
CREATE VIEW names AS SELECT id, age FROM users;
CREATE MATERIALIZED VIEW ages AS SELECT id, age FROM users;
CREATE SEQUENCE tickets;
CREATE INDEX users_flag_idx ON users (flag);
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 2';
CREATE PROCEDURE tidy() LANGUAGE plpgsql AS 'BEGIN END';

-- case: DROP TABLE of a view
-- refused: 42809
DROP TABLE names;

-- case: DROP TABLE IF EXISTS of a view
-- refused: 42809
DROP TABLE IF EXISTS names;

-- case: DROP VIEW of a table
-- refused: 42809
DROP VIEW users;

-- case: DROP VIEW of a materialized view
-- refused: 42809
DROP VIEW ages;

-- case: DROP INDEX of a table
-- refused: 42809
DROP INDEX users;

-- case: DROP SEQUENCE of a table
-- refused: 42809
DROP SEQUENCE users;

-- case: DROP FUNCTION of a procedure
-- refused: 42809
DROP FUNCTION tidy();

-- case: DROP ROUTINE of a procedure
-- runs
DROP ROUTINE tidy();

-- case: DROP DOMAIN of an enumeration
-- refused: 42809
DROP DOMAIN mood;

-- case: DROP TYPE of a table's row type
-- refused: 2BP01
DROP TYPE users;

-- case: a column added to a view
-- refused: 42809
ALTER TABLE names ADD COLUMN phone text;

-- case: a column of a view renamed by ALTER TABLE
-- runs
ALTER TABLE names RENAME COLUMN age TO years;

-- case: a view renamed by ALTER TABLE
-- runs
ALTER TABLE names RENAME TO all_names;

-- case: ALTER VIEW of a table
-- refused: 42809
ALTER VIEW users ALTER COLUMN age SET DEFAULT 'x';

-- case: ALTER SEQUENCE of a table
-- refused: 42809
ALTER SEQUENCE users RESTART;

-- case: an index on a view
-- refused: 42809
CREATE INDEX ON names (age);

-- case: an index on a materialized view
-- runs
CREATE INDEX ON ages (age);

-- case: REFRESH of a view
-- refused: 42809
REFRESH MATERIALIZED VIEW names;

-- case: TRUNCATE of a view
-- refused: 42809
TRUNCATE names;

-- case: a foreign key to a view
-- refused: 42809
CREATE TABLE pairs (id bigint REFERENCES names);

-- case: a policy on a view
-- refused: 42809
CREATE POLICY own ON names USING (true);

-- case: a trigger for each row on a view, before
-- refused: 42809
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted BEFORE UPDATE ON names FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger on a view, instead
-- runs
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted INSTEAD OF UPDATE ON names FOR EACH ROW EXECUTE FUNCTION note();

-- case: a trigger on a table, instead
-- refused: 42809
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted INSTEAD OF UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note();

-- case: CALL of a function
-- refused: 42809
CALL twice(1);

-- case: SELECT of a procedure
-- refused: 42809
SELECT tidy();

-- case: a table in place of a view
-- refused: 42809
CREATE OR REPLACE VIEW users AS SELECT 1 AS id;

-- case: a value added to a composite type
-- refused: 42809
CREATE TYPE address AS (city text);
ALTER TYPE address ADD VALUE 'x';

-- case: text to a number without USING
-- refused: 42804
CREATE TABLE t (a text);
ALTER TABLE t ALTER COLUMN a TYPE integer;

-- case: text to a number with USING
-- runs
CREATE TABLE t (a text);
ALTER TABLE t ALTER COLUMN a TYPE integer USING a::integer;

-- case: a number to text without USING
-- runs
ALTER TABLE users ALTER COLUMN size TYPE text;

-- case: a big number to a small one without USING
-- runs
CREATE TABLE t (a bigint);
ALTER TABLE t ALTER COLUMN a TYPE smallint;

-- case: a boolean to a number without USING
-- refused: 42804
ALTER TABLE users ALTER COLUMN flag TYPE integer;

-- case: a boolean to a number with USING
-- runs
ALTER TABLE users ALTER COLUMN flag TYPE integer USING flag::integer;

-- case: a boolean to a big number with USING, which no cast makes
-- refused: 42846
ALTER TABLE users ALTER COLUMN flag TYPE bigint USING flag::bigint;

-- case: a number to a time with USING, which no cast makes
-- refused: 42846
ALTER TABLE users ALTER COLUMN size TYPE timestamp USING size::timestamp;

-- case: an enumeration to another one
-- refused: 42804
CREATE TABLE t (a mood);
ALTER TABLE t ALTER COLUMN a TYPE feeling;

-- case: an enumeration to another one by a cast that is not there
-- refused: 42846
CREATE TABLE t (a mood);
ALTER TABLE t ALTER COLUMN a TYPE feeling USING a::feeling;

-- case: an enumeration to another one by way of text
-- runs
CREATE TABLE t (a mood);
ALTER TABLE t ALTER COLUMN a TYPE feeling USING a::text::feeling;

-- case: an enumeration to another one under a default
-- refused: 42804
ALTER TABLE users ALTER COLUMN mood TYPE feeling USING mood::text::feeling;

-- case: an enumeration to another one whose default goes first
-- runs
ALTER TABLE users ALTER COLUMN mood DROP DEFAULT, ALTER COLUMN mood TYPE feeling USING mood::text::feeling;

-- case: text to an enumeration without USING
-- refused: 42804
CREATE TABLE t (a text);
ALTER TABLE t ALTER COLUMN a TYPE mood;

-- case: USING an expression that names a column that is not there
-- refused: 42703
ALTER TABLE users ALTER COLUMN size TYPE text USING sizes::text;

-- case: a default of another type
-- refused: 42804
ALTER TABLE users ALTER COLUMN size SET DEFAULT now();

-- case: a default of a literal that is no number
-- refused: 22P02
-- unknown to sqllint: says nothing
ALTER TABLE users ALTER COLUMN size SET DEFAULT 'many';

-- case: a default of a literal that is a number
-- runs
ALTER TABLE users ALTER COLUMN size SET DEFAULT '7';

-- case: a default of a smaller type
-- runs
ALTER TABLE users ALTER COLUMN born SET DEFAULT CURRENT_DATE;

-- case: a default of true for a number
-- refused: 42804
CREATE TABLE t (a integer DEFAULT true);

-- case: a default of a number for text
-- runs
CREATE TABLE t (a text DEFAULT 7);

-- case: a default that the enumeration has not
-- refused: 22P02
-- unknown to sqllint: says nothing
CREATE TABLE t (a mood DEFAULT 'glad');

-- case: a check that is no condition
-- refused: 42804
-- unknown to sqllint: says nothing
ALTER TABLE users ADD CHECK (size);

-- case: a check with an aggregate
-- refused: 42803
ALTER TABLE users ADD CHECK (sum(size) > 0);

-- case: a check with a subquery
-- refused: 0A000
ALTER TABLE users ADD CHECK (size IN (SELECT 1));

-- case: a view that loses a column
-- refused: 42P16
CREATE OR REPLACE VIEW names AS SELECT id FROM users;

-- case: a view that renames a column
-- refused: 42P16
CREATE OR REPLACE VIEW names AS SELECT id, age AS years FROM users;

-- case: a view that changes the type of a column
-- refused: 42P16
CREATE OR REPLACE VIEW names AS SELECT id, size AS age FROM users;

-- case: a view that adds a column behind the others
-- runs
CREATE OR REPLACE VIEW names AS SELECT id, age, flag FROM users;

-- case: a view that adds a column before the others
-- refused: 42P16
CREATE OR REPLACE VIEW names AS SELECT flag, id, age FROM users;

-- case: a view with more names than columns
-- refused: 42601
CREATE VIEW pairs (a, b, c) AS SELECT 1, 2;

-- case: a column of a view twice
-- refused: 42701
CREATE VIEW pairs AS SELECT 1 AS a, 2 AS a;

-- case: REFRESH CONCURRENTLY without a unique index
-- refused: 55000
REFRESH MATERIALIZED VIEW CONCURRENTLY ages;

-- case: REFRESH CONCURRENTLY with a unique index
-- runs
CREATE UNIQUE INDEX ON ages (id);
REFRESH MATERIALIZED VIEW CONCURRENTLY ages;

-- case: REFRESH CONCURRENTLY with a unique index of some rows
-- refused: 55000
CREATE UNIQUE INDEX ON ages (id) WHERE id > 1;
REFRESH MATERIALIZED VIEW CONCURRENTLY ages;

-- case: an index on an expression that hangs on the time zone
-- refused: 42P17
CREATE TABLE t (a timestamptz);
CREATE INDEX ON t ((a::date));

-- case: an index on an expression in a named time zone
-- runs
CREATE TABLE t (a timestamptz);
CREATE INDEX ON t (((a AT TIME ZONE 'UTC')::date));

-- case: an index whose condition looks at the clock
-- refused: 42P17
CREATE INDEX ON users (id) WHERE born > now();

-- case: an index on a function of one's own that is not said to be immutable
-- refused: 42P17
CREATE FUNCTION half(integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN $1 / 2; END';
CREATE INDEX ON users (half(size));

-- case: an index on such a function in SQL whose body, put in its place, is immutable
-- runs
CREATE INDEX ON users (twice(size));

-- case: a generated column that looks at the clock
-- refused: 42P17
ALTER TABLE users ADD COLUMN made timestamptz GENERATED ALWAYS AS (now()) STORED;

-- case: a generated column from text
-- runs
ALTER TABLE users ADD COLUMN low text GENERATED ALWAYS AS (lower(age)) STORED;

-- case: a generated column from a generated one
-- refused: 42P17
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a) STORED, c integer GENERATED ALWAYS AS (b) STORED);
