-- without base.sql
-- What goes with functions, types, domains and schemas.
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE FUNCTION f(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a + b $$;
CREATE TABLE called (
  a integer DEFAULT f(1),
  b integer CONSTRAINT called_b_check CHECK (f(b) > 0),
  c integer,
  d integer DEFAULT f(1, 2)
);
CREATE INDEX called_c_idx ON called (f(c));
CREATE INDEX called_a_idx ON called (a) WHERE f(a) > 0;
CREATE VIEW called_values AS SELECT f(a) AS a FROM called;
CREATE VIEW called_above AS SELECT a FROM called_values;
INSERT INTO called VALUES (1, 1, 1, 1);

CREATE FUNCTION half(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a / 2 $$;
CREATE FUNCTION quarter(a integer) RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT half(half(a)); END;
CREATE TABLE halves (a integer, b integer GENERATED ALWAYS AS (half(a)) STORED, c integer DEFAULT quarter(8));
CREATE INDEX halves_b_idx ON halves (b);
CREATE MATERIALIZED VIEW quarters AS SELECT quarter(a) AS a FROM halves;
CREATE INDEX quarters_a_idx ON quarters (a);
INSERT INTO halves (a) VALUES (8);

CREATE FUNCTION is_mine(name text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT name = current_user $$;
CREATE TABLE secrets (owner text, text text);
CREATE POLICY own_secrets ON secrets USING (is_mine(owner));
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE noted (a integer, b text);
CREATE TRIGGER noted_note BEFORE UPDATE ON noted FOR EACH ROW WHEN (is_mine(NEW.b)) EXECUTE FUNCTION note();
CREATE TABLE noted_parts (a integer) PARTITION BY LIST (a);
CREATE TABLE noted_part PARTITION OF noted_parts FOR VALUES IN (1);
CREATE TRIGGER parts_note BEFORE UPDATE ON noted_parts FOR EACH ROW EXECUTE FUNCTION note();
CREATE RULE noted_rule AS ON INSERT TO noted WHERE is_mine(NEW.b) DO INSTEAD NOTHING;
CREATE FUNCTION split_by(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a % 2 $$;
CREATE TABLE split (a integer) PARTITION BY LIST (split_by(a));
CREATE TABLE split_even PARTITION OF split FOR VALUES IN (0);

CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE TABLE people (id integer PRIMARY KEY, mood mood DEFAULT 'fine', moods mood[], note text DEFAULT 'fine'::mood::text);
CREATE INDEX people_mood_idx ON people (mood);
CREATE VIEW happy AS SELECT id FROM people WHERE mood = 'fine';
CREATE VIEW moods AS SELECT 'sad'::mood AS mood;
CREATE FUNCTION worse(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$;
CREATE FUNCTION usual() RETURNS mood LANGUAGE sql AS $$ SELECT 'fine'::mood $$;
INSERT INTO people (id) VALUES (1);

CREATE DOMAIN amount AS integer CONSTRAINT amount_check CHECK (f(VALUE) > 0);
CREATE DOMAIN price AS amount CONSTRAINT price_check CHECK (VALUE < 1000);
CREATE TABLE offers (id integer, price price, amount amount, amounts amount[]);
CREATE INDEX offers_price_idx ON offers (price);
CREATE VIEW cheap AS SELECT id, price FROM offers WHERE price < 10;

CREATE TYPE address AS (street text, city text);
CREATE TYPE contact AS (name text, home address);
CREATE TABLE customers (id integer, home address, contact contact);
CREATE VIEW cities AS SELECT id, (home).city AS city FROM customers;
CREATE TABLE homes OF address;
CREATE TYPE span AS RANGE (subtype = integer);
CREATE TABLE stays (id integer, time span);

CREATE SCHEMA app;
CREATE TYPE app.state AS ENUM ('on', 'off');
CREATE TABLE app.owners (id integer PRIMARY KEY, name text);
CREATE FUNCTION app.code() RETURNS text LANGUAGE sql AS $$ SELECT 'x'::text $$;
CREATE SEQUENCE app.numbers;
CREATE VIEW app.names AS SELECT name FROM app.owners;
CREATE TABLE devices (
  id integer DEFAULT nextval('app.numbers'),
  state app.state,
  owner integer CONSTRAINT devices_owner_fkey REFERENCES app.owners,
  code text DEFAULT app.code()
);
CREATE INDEX devices_state_idx ON devices (state);
CREATE VIEW device_states AS SELECT id, state FROM devices;
CREATE VIEW owner_names AS SELECT name FROM app.names;
CREATE SCHEMA kinds;
CREATE DOMAIN kinds.kind AS text;
CREATE TABLE things (id integer, kind kinds.kind);
CREATE SCHEMA nothing;
INSERT INTO app.owners VALUES (1, 'x');
INSERT INTO devices VALUES (1, 'on', 1, 'x');
-- case: a function of a default, a check, an index, a domain and a view
DROP FUNCTION f(integer) CASCADE;
-- case: another overload of it
DROP FUNCTION f(integer, integer) CASCADE;
-- case: a function of a generated column and of a function's body
DROP FUNCTION half(integer) CASCADE;
-- case: a function with a body that PostgreSQL reads
DROP FUNCTION quarter(integer) CASCADE;
-- case: a function of policies, triggers' conditions and rules
DROP FUNCTION is_mine(text) CASCADE;
-- case: a function of triggers, one of a partitioned table
DROP FUNCTION note() CASCADE;
-- case: a function of a partition key
DROP FUNCTION split_by(integer) CASCADE;
-- case: a function by the name of any routine
DROP ROUTINE is_mine(text) CASCADE;
-- case: an enum of columns, views and functions
DROP TYPE mood CASCADE;
-- case: a domain below a domain
DROP DOMAIN amount CASCADE;
-- case: a domain on top of a domain
DROP DOMAIN price CASCADE;
-- case: a domain by the name of a type
DROP TYPE price CASCADE;
-- case: a composite type of columns, types and a typed table
DROP TYPE address CASCADE;
-- case: a composite type of a column
DROP TYPE contact CASCADE;
-- case: a range type of a column
DROP TYPE span CASCADE;
-- case: an attribute of a typed table's type
ALTER TYPE address DROP ATTRIBUTE street CASCADE;
-- case: a column of an enum
ALTER TABLE people DROP COLUMN mood CASCADE;
-- case: a schema whose types, tables and functions are used elsewhere
DROP SCHEMA app CASCADE;
-- case: a schema whose domain is a column's
DROP SCHEMA kinds CASCADE;
-- case: an empty schema
DROP SCHEMA nothing CASCADE;
-- case: two schemas
DROP SCHEMA kinds, app CASCADE;
-- case: a type of another schema
DROP TYPE app.state CASCADE;
-- case: a sequence of another schema
DROP SEQUENCE app.numbers CASCADE;
-- case: a view of another schema
DROP VIEW app.names CASCADE;
-- case: a table of another schema
DROP TABLE app.owners CASCADE;
-- case: all that a function's code drops
DO $$ BEGIN EXECUTE 'DROP FUNCTION note() CASCADE'; DROP TYPE mood CASCADE; END $$;
-- case: an attribute of a typed table's type gets a new name
ALTER TYPE address RENAME ATTRIBUTE street TO way CASCADE;
