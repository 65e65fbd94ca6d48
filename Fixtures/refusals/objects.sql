-- Indexes, sequences, types, functions, triggers and all else that has a name: taken, and not there.
CREATE SCHEMA archive;
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, age integer);
CREATE TABLE orders (id bigint, user_id bigint, total integer);
CREATE INDEX users_name_idx ON users (name);
CREATE VIEW adults AS SELECT id, name FROM users WHERE age >= 18;
CREATE MATERIALIZED VIEW ages AS SELECT age, count(*) AS users FROM users GROUP BY age;
CREATE SEQUENCE tickets;
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE TYPE address AS (street text, city text);
CREATE DOMAIN positive AS integer CONSTRAINT positive_check CHECK (VALUE > 0);
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE PROCEDURE tidy() LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE TRIGGER users_note BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note();
CREATE POLICY own ON users USING (id = 1);
CREATE RULE quiet AS ON DELETE TO orders DO INSTEAD NOTHING;
CREATE STATISTICS orders_statistics ON user_id, total FROM orders;
CREATE COLLATION plain (provider = libc, locale = 'C');

-- case: an index of a name that is taken
-- refused: 42P07
CREATE INDEX users_name_idx ON orders (id);

-- case: an index of a name that is taken, unless it is there
-- runs
CREATE INDEX IF NOT EXISTS users_name_idx ON orders (id);

-- case: an index of a table's name
-- refused: 42P07
CREATE INDEX orders ON users (email);

-- case: an index of this name in another schema
-- runs
CREATE TABLE archive.users (name text);
CREATE INDEX users_name_idx ON archive.users (name);

-- case: an index without a name beside one of the name that it would get
-- runs
CREATE INDEX ON users (name);

-- case: an index on a table that is not there
-- refused: 42P01
CREATE INDEX ON nothing (id);

-- case: an index on a column that is not there
-- refused: 42703
CREATE INDEX ON users (phone);

-- case: an index on an expression of a column that is not there
-- refused: 42703
CREATE INDEX ON users (lower(phone));

-- case: an index whose condition names a column that is not there
-- refused: 42703
CREATE INDEX ON users (name) WHERE deleted IS NULL;

-- case: an index that includes a column that is not there
-- refused: 42703
CREATE INDEX ON users (name) INCLUDE (phone);

-- case: an index of a function that is not there
-- refused: 42883
-- unknown to sqllint: says nothing
CREATE INDEX ON users (normal(name));

-- case: an index with an access method that is not there
-- refused: 42704
CREATE INDEX ON users USING tree (name);

-- case: an index with an operator class that is not there
-- refused: 42704
CREATE INDEX ON users (name text_ops_of_nobody);

-- case: an index with an operator class of another type
-- refused: 42804
-- unknown to sqllint: says nothing
CREATE INDEX ON users (age text_pattern_ops);

-- case: an index of a type that the access method has no class for
-- refused: 42704
CREATE INDEX ON users USING gin (name);

-- case: a unique index that is no tree
-- refused: 0A000
CREATE UNIQUE INDEX ON users USING hash (name);

-- case: a concurrent index on a column that is not there
-- refused: 42703
-- alone
CREATE INDEX CONCURRENTLY ON users (phone);

-- case: a drop of an index that is not there
-- refused: 42704
DROP INDEX users_email_idx;

-- case: a drop of an index that need not be there
-- runs
DROP INDEX IF EXISTS users_email_idx;

-- case: an index renamed that is not there
-- refused: 42P01
ALTER INDEX users_email_idx RENAME TO users_mail_idx;

-- case: an index renamed to one that is there
-- refused: 42P07
ALTER INDEX users_name_idx RENAME TO users_pkey;

-- case: an index built again that is not there
-- refused: 42P01
REINDEX INDEX users_email_idx;

-- case: a cluster by an index that is not there
-- refused: 42704
ALTER TABLE users CLUSTER ON users_email_idx;

-- case: a replica identity by an index that is not there
-- refused: 42704
ALTER TABLE users REPLICA IDENTITY USING INDEX users_email_key;

-- case: a replica identity by an index that is not unique
-- refused: 42809
ALTER TABLE users REPLICA IDENTITY USING INDEX users_name_idx;

-- case: a view that is there
-- refused: 42P07
CREATE VIEW adults AS SELECT 1 AS id;

-- case: a drop of a view that is not there
-- refused: 42P01
DROP VIEW children;

-- case: a materialized view that is there
-- refused: 42P07
CREATE MATERIALIZED VIEW ages AS SELECT 1 AS age;

-- case: a materialized view, unless it is there
-- runs
CREATE MATERIALIZED VIEW IF NOT EXISTS ages AS SELECT 1 AS age;

-- case: a refresh of a materialized view that is not there
-- refused: 42P01
REFRESH MATERIALIZED VIEW names;

-- case: a drop of a materialized view that is not there
-- refused: 42P01
DROP MATERIALIZED VIEW names;

-- case: a sequence that is there
-- refused: 42P07
CREATE SEQUENCE tickets;

-- case: a sequence unless it is there
-- runs
CREATE SEQUENCE IF NOT EXISTS tickets;

-- case: a change of a sequence that is not there
-- refused: 42P01
ALTER SEQUENCE numbers RESTART;

-- case: a drop of a sequence that is not there
-- refused: 42P01
DROP SEQUENCE numbers;

-- case: a sequence owned by a column that is not there
-- refused: 42703
CREATE SEQUENCE numbers OWNED BY users.number;

-- case: the next value of a sequence that is not there
-- refused: 42P01
-- unknown to sqllint: says nothing
ALTER TABLE users ADD COLUMN number bigint DEFAULT nextval('numbers');

-- case: a type that is there
-- refused: 42710
CREATE TYPE mood AS ENUM ('sad');

-- case: a type of a table's name
-- refused: 42710
CREATE TYPE users AS ENUM ('sad');

-- case: a composite type of a table's name
-- refused: 42710
CREATE TYPE users AS (id bigint);

-- case: a composite type of an index's name
-- refused: 42P07
CREATE TYPE users_name_idx AS (id bigint);

-- case: a domain of a type's name
-- refused: 42710
CREATE DOMAIN mood AS text;

-- case: a domain of a type that is not there
-- refused: 42704
CREATE DOMAIN amount AS monye;

-- case: an enumeration with a value twice
-- refused: 23505
CREATE TYPE colour AS ENUM ('red', 'red');

-- case: a value that the enumeration has
-- refused: 42710
ALTER TYPE mood ADD VALUE 'sad';

-- case: a value, unless the enumeration has it
-- runs
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad';

-- case: a value before one that is not there
-- refused: 22023
ALTER TYPE mood ADD VALUE 'glad' BEFORE 'happy';

-- case: a value for a type that is not there
-- refused: 42704
ALTER TYPE moods ADD VALUE 'glad';

-- case: a value renamed that is not there
-- refused: 22023
ALTER TYPE mood RENAME VALUE 'happy' TO 'glad';

-- case: a value renamed to one that is there
-- refused: 42710
ALTER TYPE mood RENAME VALUE 'sad' TO 'fine';

-- case: a drop of a type that is not there
-- refused: 42704
DROP TYPE moods;

-- case: an attribute that the type has
-- refused: 42701
ALTER TYPE address ADD ATTRIBUTE city text;

-- case: a drop of an attribute that is not there
-- refused: 42703
ALTER TYPE address DROP ATTRIBUTE country;

-- case: a type with an attribute twice
-- refused: 42701
CREATE TYPE line AS (a text, a text);

-- case: a drop of a domain that is not there
-- refused: 42704
DROP DOMAIN negative;

-- case: a check that the domain has
-- refused: 42710
ALTER DOMAIN positive ADD CONSTRAINT positive_check CHECK (VALUE < 10);

-- case: a drop of a check that the domain has not
-- refused: 42704
ALTER DOMAIN positive DROP CONSTRAINT positive_limit;

-- case: a function that is there
-- refused: 42723
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + $1';

-- case: a function of this name with other parameters
-- runs
CREATE FUNCTION twice(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $1';

-- case: a function that differs only in the modifier of a type
-- refused: 42723
CREATE FUNCTION cut(varchar(10)) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION cut(varchar(20)) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a function that differs only in what it gives
-- refused: 42723
CREATE FUNCTION twice(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

-- case: a procedure of a function's name and parameters
-- refused: 42723
CREATE PROCEDURE twice(integer) LANGUAGE sql AS 'SELECT 1';

-- case: a function of a type that is not there
-- refused: 42704
CREATE FUNCTION pay(monye) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a function in a language that is not there
-- refused: 42704
CREATE FUNCTION pay() RETURNS integer LANGUAGE cobol AS 'SELECT 1';

-- case: a function in a schema that is not there
-- refused: 3F000
CREATE FUNCTION nowhere.pay() RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a drop of a function that is not there
-- refused: 42883
DROP FUNCTION thrice(integer);

-- case: a drop of a function with other parameters
-- refused: 42883
DROP FUNCTION twice(text);

-- case: a drop of a function whose name alone tells which
-- runs
DROP FUNCTION twice;

-- case: a drop of a function whose name does not tell which
-- refused: 42725
CREATE FUNCTION twice(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $1';
DROP FUNCTION twice;

-- case: a drop of a procedure that is not there
-- refused: 42883
DROP PROCEDURE clear();

-- case: a change of a function that is not there
-- refused: 42883
ALTER FUNCTION thrice(integer) STABLE;

-- case: a function renamed to one that is there
-- refused: 42723
CREATE FUNCTION thrice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 3';
ALTER FUNCTION thrice(integer) RENAME TO twice;

-- case: a call of a procedure that is not there
-- refused: 42883
CALL clear();

-- case: rights to a function that is not there
-- refused: 42883
GRANT EXECUTE ON FUNCTION thrice(integer) TO PUBLIC;

-- case: an aggregate that is there
-- refused: 42723
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);

-- case: a drop of an aggregate that is not there
-- refused: 42883
DROP AGGREGATE product(integer);

-- case: a schema that is there
-- refused: 42P06
CREATE SCHEMA archive;

-- case: a schema unless it is there
-- runs
CREATE SCHEMA IF NOT EXISTS archive;

-- case: a schema of a name that PostgreSQL keeps
-- refused: 42939
CREATE SCHEMA pg_archive;

-- case: a drop of a schema that is not there
-- refused: 3F000
DROP SCHEMA nowhere;

-- case: a schema renamed to one that is there
-- refused: 42P06
ALTER SCHEMA archive RENAME TO public;

-- case: a schema renamed that is not there
-- refused: 3F000
ALTER SCHEMA nowhere RENAME TO somewhere;

-- case: rights to a schema that is not there
-- refused: 3F000
GRANT USAGE ON SCHEMA nowhere TO PUBLIC;
