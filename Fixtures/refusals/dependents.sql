-- What hangs on an object keeps it from being dropped or changed.
CREATE SCHEMA archive;
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE DOMAIN label AS text;
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SEQUENCE tickets;
CREATE TABLE users (
  id bigint PRIMARY KEY,
  name varchar(50),
  age integer,
  older integer GENERATED ALWAYS AS (age + 1) STORED,
  mood mood,
  label label,
  number bigint DEFAULT nextval('tickets'),
  doubled integer CHECK (twice(doubled) > 0)
);
CREATE TABLE orders (id serial PRIMARY KEY, user_id bigint REFERENCES users, state text, total integer);
CREATE TABLE archive.old (id bigint);
CREATE VIEW names AS SELECT id, name FROM users;
CREATE VIEW short_names AS SELECT name FROM names;
CREATE MATERIALIZED VIEW sums AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
CREATE POLICY open ON orders USING (state = 'open');
CREATE TRIGGER orders_note BEFORE UPDATE OF total ON orders FOR EACH ROW WHEN (NEW.total > 0) EXECUTE FUNCTION note();

-- case: a drop of a table that a view reads
-- refused: 2BP01
DROP TABLE users;

-- case: a drop of a table that a view reads, with all that hangs on it
-- runs
DROP TABLE users CASCADE;

-- case: a drop of a table that a foreign key points to
-- refused: 2BP01
DROP VIEW short_names, names;
DROP TABLE users;

-- case: a drop of a table together with the one that points to it
-- runs
DROP VIEW short_names, names;
DROP MATERIALIZED VIEW sums;
DROP TABLE users, orders;

-- case: a drop of a view that a view reads
-- refused: 2BP01
DROP VIEW names;

-- case: a drop of two views that read each other
-- runs
DROP VIEW names, short_names;

-- case: a drop of a column that a view reads
-- refused: 2BP01
ALTER TABLE users DROP COLUMN name;

-- case: a drop of a column that no view reads
-- runs
ALTER TABLE users DROP COLUMN label;

-- case: a drop of a column that a generated column reads
-- refused: 2BP01
ALTER TABLE users DROP COLUMN age;

-- case: a drop of a column that a policy reads
-- refused: 2BP01
ALTER TABLE orders DROP COLUMN state;

-- case: a drop of a column that a trigger names
-- refused: 2BP01
DROP MATERIALIZED VIEW sums;
ALTER TABLE orders DROP COLUMN total;

-- case: a drop of a column that a materialized view reads
-- refused: 2BP01
DROP TRIGGER orders_note ON orders;
ALTER TABLE orders DROP COLUMN total;

-- case: a drop of a column that a check of its own reads
-- runs
ALTER TABLE users DROP COLUMN doubled;

-- case: a drop of a primary key that a foreign key points to
-- refused: 2BP01
ALTER TABLE users DROP CONSTRAINT users_pkey;

-- case: a drop of a column that a foreign key points to
-- refused: 2BP01
DROP VIEW names CASCADE;
ALTER TABLE users DROP COLUMN id;

-- case: a drop of the column that has a foreign key
-- runs
DROP MATERIALIZED VIEW sums;
ALTER TABLE orders DROP COLUMN user_id;

-- case: a drop of the index of a primary key
-- refused: 2BP01
DROP INDEX orders_pkey;

-- case: a drop of a type that a column has
-- refused: 2BP01
DROP TYPE mood;

-- case: a drop of a type whose column was dropped
-- runs
ALTER TABLE users DROP COLUMN mood;
DROP TYPE mood;

-- case: a drop of a domain that a column has
-- refused: 2BP01
DROP DOMAIN label;

-- case: a drop of a sequence that a default reads
-- refused: 2BP01
DROP SEQUENCE tickets;

-- case: a drop of a sequence that belongs to a column
-- refused: 2BP01
DROP SEQUENCE orders_id_seq;

-- case: a drop of a function that a check calls
-- refused: 2BP01
DROP FUNCTION twice(integer);

-- case: a drop of a function that a trigger calls
-- refused: 2BP01
DROP FUNCTION note();

-- case: a drop of a function that only another body calls
-- runs
CREATE FUNCTION thrice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 3';
CREATE FUNCTION six(integer) RETURNS integer LANGUAGE sql AS 'SELECT thrice($1) * 2';
DROP FUNCTION thrice(integer);

-- case: a drop of a schema that holds a table
-- refused: 2BP01
DROP SCHEMA archive;

-- case: a drop of an empty schema
-- runs
DROP TABLE archive.old;
DROP SCHEMA archive;

-- case: the type of a column that a view reads
-- refused: 0A000
ALTER TABLE users ALTER COLUMN name TYPE varchar(80);

-- case: the same type for a column that a view reads
-- refused: 0A000
ALTER TABLE users ALTER COLUMN name TYPE varchar(50);

-- case: the type of a column that no view reads
-- runs
ALTER TABLE users ALTER COLUMN label TYPE text;

-- case: the type of a column that a generated column reads
-- refused: 0A000
ALTER TABLE users ALTER COLUMN age TYPE bigint;

-- case: the type of a column that a policy reads
-- refused: 0A000
ALTER TABLE orders ALTER COLUMN state TYPE varchar(10);

-- case: the type of a column that the condition of a trigger reads
-- refused: 0A000
DROP MATERIALIZED VIEW sums;
ALTER TABLE orders ALTER COLUMN total TYPE bigint;

-- case: a truncation of a table that a foreign key points to
-- refused: 0A000
TRUNCATE users;

-- case: a truncation together with the table that points to it
-- runs
TRUNCATE users, orders;

-- case: a truncation with what points to it
-- runs
TRUNCATE users CASCADE;

-- case: a change of an attribute of a type that a column has
-- refused: 0A000
CREATE TYPE address AS (city text);
CREATE TABLE places (address address);
ALTER TYPE address ALTER ATTRIBUTE city TYPE varchar(9);
