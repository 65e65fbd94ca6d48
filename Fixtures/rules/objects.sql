-- migration
CREATE TABLE users (id bigint, name text);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW short_names AS SELECT name FROM names;
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM users;
CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE place AS (x integer, y integer);
CREATE DOMAIN word AS text;
CREATE SEQUENCE tickets;
CREATE TABLE diary (id bigint, mood mood, title word, place place);
CREATE POLICY own ON users USING (name = current_user);
CREATE TABLE notes (id bigint);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_them ON notes USING (true);
CREATE STATISTICS together ON id, name FROM users;
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint);
CREATE TABLE billing.payments (id bigint);
CREATE SCHEMA empty;
CREATE SCHEMA helpers;
CREATE VIEW helpers.ids AS SELECT id FROM users;
CREATE SCHEMA archive;

-- migration
-- expect: object-dropped "dropping view names takes view short_names with it and breaks running code that reads it"
DROP VIEW names CASCADE;
-- expect: object-dropped "dropping materialized view counts breaks running code that reads it"
DROP MATERIALIZED VIEW counts;
-- expect: object-dropped "dropping function one breaks running code that calls it"
DROP FUNCTION one(integer);
-- Without row security nobody asks for the policy, and statistics are for plans.
DROP POLICY own ON users;
DROP STATISTICS together;
-- expect: object-dropped "dropping policy all_of_them of notes changes which rows running code sees and may write"
-- expect: row-level-security-without-policy "notes has row-level security and no policy"
DROP POLICY all_of_them ON notes;
-- expect: object-dropped "dropping sequence tickets loses the number that it had come to for good"
DROP SEQUENCE tickets;

-- migration
-- expect: object-dropped "dropping trigger touched of users ends what it does when running code writes"
DROP TRIGGER touched ON users;
-- Nothing but a trigger calls it.
DROP FUNCTION touch();

-- migration
-- expect: object-dropped "dropping type mood takes column mood of diary with it, for good, and breaks running code that uses it"
DROP TYPE mood CASCADE;
-- expect: object-dropped "dropping domain word takes column title of diary with it, for good,"
DROP DOMAIN word CASCADE;

-- migration
-- expect: object-renamed "renaming attribute x of place to across breaks running code"
ALTER TYPE place RENAME ATTRIBUTE x TO across;
-- expect: object-dropped "dropping attribute y of place loses what columns of the type hold in it for good"
ALTER TYPE place DROP ATTRIBUTE y;
ALTER TYPE place DROP ATTRIBUTE IF EXISTS z;

-- migration
-- expect: schema-dropped "dropping schema billing loses 2 tables with all rows for good, billing.invoices and billing.payments, and breaks"
DROP SCHEMA billing CASCADE;
-- expect: schema-dropped "dropping schema empty breaks running code that looks there for names"
DROP SCHEMA empty CASCADE;
-- expect: schema-dropped "dropping schema helpers with CASCADE loses all that is in there for good"
DROP SCHEMA helpers CASCADE;
DROP SCHEMA IF EXISTS never_was CASCADE;

-- migration
CREATE TYPE size AS ENUM ('s', 'm');
CREATE VIEW ids AS SELECT id FROM users;
CREATE SEQUENCE numbers;

-- migration
-- expect: object-renamed "renaming 's' of enum size to 'small' breaks running code that writes or compares with the old value"
ALTER TYPE size RENAME VALUE 's' TO 'small';
-- expect: object-renamed "renaming view ids to user_ids breaks running code that uses the old name"
ALTER VIEW ids RENAME TO user_ids;
-- expect: object-renamed "renaming sequence numbers to archive.numbers breaks running code"
ALTER SEQUENCE numbers SET SCHEMA archive;
-- expect: table-moved-to-schema "moving users to schema archive breaks running code that looks for it where it was"
ALTER TABLE users SET SCHEMA archive;

-- migration
-- What it makes itself hurts nobody.
CREATE TYPE shade AS ENUM ('dark', 'light');
ALTER TYPE shade RENAME VALUE 'dark' TO 'black';
DROP TYPE shade;
CREATE SEQUENCE scratch;
DROP SEQUENCE scratch;
CREATE VIEW passing AS SELECT 1 AS one;
ALTER VIEW passing RENAME TO gone;
DROP VIEW gone;

-- migration
-- server: 2BP01
-- expect: owned-objects-dropped "this drops all that role CURRENT_USER owns in the database and what uses it, tables with their rows for good"
DROP OWNED BY CURRENT_USER CASCADE;

-- migration (one by one)
-- expect: database-dropped "dropping database sqllint_never_was deletes all that is in it from the disk for good"
DROP DATABASE IF EXISTS sqllint_never_was;

-- migration
CREATE TYPE plan AS ENUM ('free');
CREATE TABLE seats (plan plan);

-- migration
-- expect: table-dropped "dropping seats loses its rows"
DROP TABLE seats;
-- What breaks with a column of the type is told where that goes.
DROP TYPE plan;
