-- Functions and their bodies, and what hangs on the transaction.
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE TABLE users (id bigint PRIMARY KEY, name text, mood mood);
CREATE TABLE orders (id bigint, user_id bigint REFERENCES users DEFERRABLE INITIALLY DEFERRED);
INSERT INTO users VALUES (1, 'x', 'sad');
CREATE FUNCTION half(a integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 / 2';
CREATE PROCEDURE ending() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';

-- case: a body in SQL that does not parse
-- refused: 42601
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELEC 1 $$;

-- case: a body in SQL that does not parse and is not checked
-- runs
SET check_function_bodies = off;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELEC 1 $$;

-- case: a body in SQL that names a table that is not there
-- refused: 42P01
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS $$ SELECT id FROM members $$;

-- case: a body in SQL that names a column that is not there
-- refused: 42703
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT phone FROM users $$;

-- case: a body in PL/pgSQL that names a table that is not there
-- runs
CREATE FUNCTION f() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT id FROM members); END $$;

-- case: a body in PL/pgSQL that does not parse
-- refused: 42601
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETRUN 1; END $$;

-- case: a query in PL/pgSQL that does not parse
-- refused: 42601
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT FORM users); PERFORM 1 1 1; END $$;

-- case: a body in PL/pgSQL without END
-- refused: 42601
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; $$;

-- case: a value given to a variable that is not there
-- refused: 42601
-- unknown to sqllint: says nothing
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN total := 1; END $$;

-- case: a block that does not parse
-- refused: 42601
-- unknown to sqllint: says nothing
DO $$ BEGIN SELEC 1; END $$;

-- case: a block that names a table that is not there
-- refused: 42P01
DO $$ BEGIN PERFORM id FROM members; END $$;

-- case: a block that names it where nothing runs
-- runs
DO $$ BEGIN IF false THEN PERFORM id FROM members; END IF; END $$;

-- case: a block that catches the error
-- runs
DO $$ BEGIN PERFORM id FROM members; EXCEPTION WHEN undefined_table THEN NULL; END $$;

-- case: a body that gives another type
-- refused: 42P13
-- unknown to sqllint: says nothing
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 'x'::text $$;

-- case: a body that gives nothing
-- refused: 42P13
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ CREATE TEMPORARY TABLE t (a integer) $$;

-- case: a function in place of one that gives another type
-- refused: 42P13
CREATE OR REPLACE FUNCTION half(a integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

-- case: a function in place of one whose parameter has another name
-- refused: 42P13
CREATE OR REPLACE FUNCTION half(b integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 / 2';

-- case: a function in place of one with other types, which is another one
-- runs
CREATE OR REPLACE FUNCTION half(b bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1 / 2';

-- case: a procedure in place of a function
-- refused: 42809
CREATE OR REPLACE PROCEDURE half(a integer) LANGUAGE sql AS 'SELECT 1';

-- case: a parameter's name twice
-- refused: 42P13
CREATE FUNCTION f(a integer, a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a parameter with a default before one without
-- refused: 42P13
CREATE FUNCTION f(a integer DEFAULT 1, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a function without what it gives
-- refused: 42P13
CREATE FUNCTION f() LANGUAGE sql AS 'SELECT 1';

-- case: a function without a language
-- refused: 42P13
CREATE FUNCTION f() RETURNS integer AS 'SELECT 1';

-- case: a setting that is not there
-- refused: 42704
-- unknown to sqllint: says nothing
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET serch_path = public AS 'SELECT 1';

-- case: a setting of one's own
-- runs
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET app.name = 'x' AS 'SELECT 1';

-- case: a new value of an enumeration in its own transaction
-- refused: 55P04
ALTER TYPE mood ADD VALUE 'glad';
UPDATE users SET mood = 'glad';

-- case: a new value as a default in its own transaction
-- refused: 55P04
ALTER TYPE mood ADD VALUE 'glad';
ALTER TABLE users ALTER COLUMN mood SET DEFAULT 'glad';

-- case: a new value after its transaction
-- runs
-- alone
ALTER TYPE mood ADD VALUE 'glad';
UPDATE users SET mood = 'glad';

-- case: a new value of an enumeration that is as new
-- refused: 55P04
-- unknown to sqllint: says nothing
-- until: 16
CREATE TYPE state AS ENUM ('new');
ALTER TYPE state ADD VALUE 'old';
SELECT 'old'::state;

-- case: a new value of an enumeration that is as new, from 17
-- runs
-- from: 17
CREATE TYPE state AS ENUM ('new');
ALTER TYPE state ADD VALUE 'old';
SELECT 'old'::state;

-- case: a new value that a body names
-- runs
ALTER TYPE mood ADD VALUE 'glad';
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE users SET mood = 'glad'; END $$;

-- case: a change of a table with pending events
-- refused: 55006
INSERT INTO orders VALUES (1, 1);
ALTER TABLE orders ADD COLUMN total integer;

-- case: an index on a table with pending events
-- refused: 55006
INSERT INTO orders VALUES (1, 1);
CREATE INDEX ON orders (id);

-- case: a change of a table whose events were seen to
-- runs
INSERT INTO orders VALUES (1, 1);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE orders ADD COLUMN total integer;

-- case: a change of a table after the transaction of its events
-- runs
-- alone
INSERT INTO orders VALUES (1, 1);
ALTER TABLE orders ADD COLUMN total integer;

-- case: a procedure that commits in a transaction
-- refused: 2D000
CALL ending();

-- case: a procedure that commits outside one
-- runs
-- alone
CALL ending();

-- case: a block that commits in a transaction
-- refused: 2D000
DO $$ BEGIN COMMIT; END $$;

-- case: a block that commits outside one
-- runs
-- alone
DO $$ BEGIN COMMIT; END $$;

-- case: a concurrent index in a transaction
-- refused: 25001
CREATE INDEX CONCURRENTLY ON users (name);

-- case: a VACUUM in a transaction
-- refused: 25001
VACUUM users;

-- case: a savepoint that is not there
-- refused: 3B001
ROLLBACK TO SAVEPOINT here;

-- case: a savepoint that is released
-- refused: 3B001
SAVEPOINT here;
RELEASE here;
ROLLBACK TO here;

-- case: a savepoint outside a transaction
-- refused: 25P01
-- alone
SAVEPOINT here;

-- case: a lock outside a transaction
-- refused: 25P01
-- unknown to sqllint: says nothing
-- alone
LOCK TABLE users;

-- case: a prepared statement that is not there
-- refused: 26000
EXECUTE plan;

-- case: a cursor that is not there
-- refused: 34000
-- unknown to sqllint: says nothing
FETCH rows;

-- case: a block of code that adds a column that is there
-- refused: 42701
DO $$
BEGIN
  ALTER TABLE users ADD COLUMN email text;
  ALTER TABLE users ADD COLUMN name text;
END
$$;

-- case: a block of code that adds it if a row is there
-- runs
DO $$
BEGIN
  IF EXISTS (SELECT FROM users WHERE id = 99) THEN
    ALTER TABLE users ADD COLUMN name text;
  END IF;
END
$$;

-- case: a block of code that adds it and catches the error
-- runs
DO $$
BEGIN
  ALTER TABLE users ADD COLUMN name text;
EXCEPTION WHEN duplicate_column THEN
  RAISE NOTICE 'it is there';
END
$$;

-- case: a block of code that ends before it adds it
-- runs
DO $$
BEGIN
  IF EXISTS (SELECT FROM users) THEN
    RETURN;
  END IF;
  ALTER TABLE users ADD COLUMN name text;
END
$$;

-- case: a loop that ends before it adds it
-- runs
DO $$
BEGIN
  LOOP
    EXIT WHEN (SELECT count(*) FROM users) > 0;
    ALTER TABLE users ADD COLUMN name text;
  END LOOP;
END
$$;

-- case: a block of code that adds it by a text
-- refused: 42701
DO $$
BEGIN
  EXECUTE format('ALTER TABLE users ADD COLUMN %I text', 'name');
END
$$;

-- case: a function that adds a column that is there
-- refused: 42701
CREATE FUNCTION adding() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE users ADD COLUMN name text; END $$;
SELECT adding();

-- case: a block of code whose variable is called like a column that is not there
-- runs
DO $$
DECLARE
  phone text := 'x';
BEGIN
  UPDATE users SET name = phone;
END
$$;

-- case: a savepoint outside of a block
-- alone
-- refused: 25P01
SAVEPOINT early;
