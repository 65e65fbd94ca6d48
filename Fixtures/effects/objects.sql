-- case: a view
CREATE VIEW v AS SELECT * FROM users;
-- case: a view takes the place of another one
CREATE OR REPLACE VIEW adults AS SELECT id, name FROM users WHERE age >= 21;
-- case: a view is dropped
DROP VIEW adult_names;
-- case: a view is dropped with those that read it
DROP VIEW adults CASCADE;
-- case: a view gets a new name
ALTER VIEW adults RENAME TO grown_ups;
-- case: a column of a view gets a new name
ALTER VIEW adults RENAME COLUMN name TO title;
-- case: a view's option
ALTER VIEW adults SET (security_barrier = true);
-- case: a default of a view
ALTER VIEW adults ALTER COLUMN name SET DEFAULT 'x';
-- case: a materialized view
CREATE MATERIALIZED VIEW v AS SELECT * FROM users;
-- case: a materialized view is refreshed
REFRESH MATERIALIZED VIEW totals;
-- case: a materialized view is refreshed concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
-- case: a materialized view is dropped
DROP MATERIALIZED VIEW totals;
-- case: a trigger
CREATE TRIGGER x BEFORE INSERT ON plain FOR EACH ROW EXECUTE FUNCTION note_change();
-- case: a constraint trigger
CREATE CONSTRAINT TRIGGER x AFTER INSERT ON plain FROM users FOR EACH ROW EXECUTE FUNCTION note_change();
-- case: a trigger is dropped
DROP TRIGGER orders_note ON orders;
-- case: a trigger that is not there is dropped
DROP TRIGGER IF EXISTS nothing ON orders;
-- case: a trigger gets a new name
ALTER TRIGGER orders_note ON orders RENAME TO x;
-- case: a policy
CREATE POLICY p ON plain USING (true);
-- case: a policy changes
ALTER POLICY own_orders ON orders USING (true);
-- case: a policy is dropped
DROP POLICY own_orders ON orders;
-- case: a policy that is not there is dropped
DROP POLICY IF EXISTS nothing ON orders;
-- case: a rule
CREATE RULE r AS ON INSERT TO plain DO ALSO NOTHING;
-- case: a rule is dropped
DROP RULE plain_rule ON plain;
-- case: a rule that is not there is dropped
DROP RULE IF EXISTS nothing ON plain;
-- case: statistics
CREATE STATISTICS s ON a, b FROM plain;
-- case: a statistics object's target
ALTER STATISTICS orders_statistics SET STATISTICS 100;
-- case: a sequence
CREATE SEQUENCE s OWNED BY plain.a;
-- case: a sequence changes
ALTER SEQUENCE tickets INCREMENT 5;
-- case: a sequence is restarted
ALTER SEQUENCE tickets RESTART;
-- case: a sequence gets an owner
ALTER SEQUENCE tickets OWNED BY plain.a;
-- case: a sequence is dropped
DROP SEQUENCE tickets;
-- case: a sequence with a default is dropped
DROP SEQUENCE orders_id_seq CASCADE;
-- case: a sequence gets a new name
ALTER SEQUENCE tickets RENAME TO numbers;
-- case: a type
CREATE TYPE t AS ENUM ('a');
-- case: a value of an enum
ALTER TYPE mood ADD VALUE 'happy';
-- case: a value of an enum gets a new name
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
-- case: a type is dropped with its columns
DROP TYPE mood CASCADE;
-- case: a domain is dropped with its columns
DROP DOMAIN positive CASCADE;
-- case: a function
CREATE OR REPLACE FUNCTION settled_code() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'y'::text $$;
-- case: a function is dropped with its triggers
DROP FUNCTION note_change() CASCADE;
-- case: a schema
CREATE SCHEMA s CREATE TABLE t (user_id bigint REFERENCES public.users);
-- case: a schema is dropped with its tables
DROP SCHEMA archive CASCADE;
-- case: a schema gets a new name
ALTER SCHEMA archive RENAME TO attic;
-- case: a publication
CREATE PUBLICATION p FOR TABLE plain, users;
-- case: a block of code
DO $$ BEGIN ALTER TABLE plain ADD COLUMN d integer; EXECUTE 'CREATE INDEX i ON plain (d)'; END $$;
-- case: a block of code whose condition is false
DO $$ BEGIN IF false THEN NULL; END IF; END $$;
-- case: statistics are dropped
DROP STATISTICS orders_statistics;
-- case: statistics that are not there are dropped
DROP STATISTICS IF EXISTS nothing;
-- case: statistics get a new name
ALTER STATISTICS orders_statistics RENAME TO s;
-- case: a domain loses a default
ALTER DOMAIN label DROP DEFAULT;
-- case: a domain loses a check
ALTER DOMAIN positive DROP CONSTRAINT positive_check;
-- case: a type gets a new name
ALTER TYPE mood RENAME TO temper;
-- case: an attribute of a composite type
ALTER TYPE address ADD ATTRIBUTE country text CASCADE;
-- case: a type moves to another schema
ALTER TYPE mood SET SCHEMA archive;
-- case: a constraint gets a new name
ALTER TABLE users RENAME CONSTRAINT users_age_check TO c;
-- case: a table's key gets a new name
ALTER TABLE users RENAME CONSTRAINT users_email_key TO c;
-- case: a table of a type's columns
CREATE TABLE t OF address;
-- case: a copy of a table's definition
CREATE TABLE t (LIKE users INCLUDING ALL);
-- case: a child of a table
CREATE TABLE t (extra text) INHERITS (animals);
-- case: a table from a query
CREATE TABLE t AS SELECT * FROM users;
-- case: a table that is there already
CREATE TABLE IF NOT EXISTS users (id bigint);
-- case: a table that refers to two others
CREATE TABLE t (user_id bigint REFERENCES users, order_id integer REFERENCES orders);
-- case: a partition of a table with a default partition
CREATE TABLE t PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- case: a default partition
CREATE TABLE t PARTITION OF logs DEFAULT;
-- case: an owner of a sequence
ALTER SEQUENCE orders_id_seq OWNED BY NONE;
-- case: a foreign key can be deferred
ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey DEFERRABLE;
-- case: a column's options
ALTER TABLE users ALTER COLUMN name SET (n_distinct = 100);
-- case: a stored expression becomes another one
-- from: 17
ALTER TABLE orders ALTER COLUMN doubled SET EXPRESSION AS (total * 3);
-- case: the access method that the server prefers
-- from: 17
ALTER TABLE plain SET ACCESS METHOD DEFAULT;
-- case: a MERGE that deletes what has no source
-- from: 17
MERGE INTO strays USING users ON strays.id = users.id WHEN NOT MATCHED BY SOURCE THEN DELETE;
-- case: a loop over an array of names
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['plain', 'notes'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;
-- case: a loop over numbers
DO $$
BEGIN
  FOR number IN 2025..2026 LOOP
    EXECUTE format('ALTER TABLE events_%s SET (fillfactor = 70)', number);
  END LOOP;
END $$;
-- case: a loop over the rows of constants
DO $$
DECLARE
  row record;
BEGIN
  FOR row IN SELECT * FROM (VALUES ('plain')) AS t (name) LOOP NULL; END LOOP;
  FOR row IN VALUES ('plain', 'b'), ('notes', 'text') LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 10', row.column1, row.column2);
  END LOOP;
END $$;
-- case: branches of which one is taken
DO $$
DECLARE
  version integer := 3;
BEGIN
  IF version > 5 THEN
    DROP TABLE plain;
  ELSIF version = 3 AND NOT false THEN
    ALTER TABLE plain DISABLE RULE plain_rule;
    RETURN;
  ELSE
    DROP TABLE notes;
  END IF;
  DROP TABLE users CASCADE;
END $$;
-- case: CASE and EXIT
DO $$
BEGIN
  FOR number IN REVERSE 3..1 LOOP
    CASE number
      WHEN 3 THEN ALTER TABLE plain SET (fillfactor = 70);
      WHEN 2 THEN ALTER TABLE notes SET (fillfactor = 70);
      ELSE DROP TABLE users CASCADE;
    END CASE;
    EXIT WHEN number = 2;
  END LOOP;
END $$;
-- case: a function with defaults and names of arguments calls another one
CREATE FUNCTION add_index(target text, target_column text DEFAULT 'id') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE concat('CREATE INDEX ON ', target, ' (', target_column, ')');
END $$;
CREATE FUNCTION add_both(VARIADIC parts text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_index(target_column => 'b', target => 'plain');
  PERFORM add_index(lower('NOTES'));
END $$;
SELECT add_both('x');
