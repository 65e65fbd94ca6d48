-- migration: a down migration that brings everything back
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE notes (id bigint PRIMARY KEY, body text);
CREATE VIEW names AS SELECT name FROM users;
-- down
DROP VIEW names;
DROP TABLE notes, users;

-- migration: without a down migration
-- expect: down-missing "this migration has no down migration"
ALTER TABLE users ADD COLUMN email text;

-- migration: a down migration without a statement
-- expect: down-empty "does nothing"
ALTER TABLE users ADD COLUMN age integer;
-- down
-- nothing

-- migration: a down migration that does half of it
-- expect: down-does-not-restore "it leaves table tags; it misses view names; it changes column name of users (line 4)"
CREATE TABLE tags (id bigint PRIMARY KEY);
ALTER TABLE users ALTER COLUMN name SET DEFAULT '';
-- down
DROP VIEW names;

-- migration: the words with which something was made do not count
CREATE INDEX CONCURRENTLY users_id_idx ON users (id, name);
-- down
DROP INDEX CONCURRENTLY IF EXISTS users_id_idx;

-- migration: nor does the order of columns
-- expect: column-dropped "names it; the down migration cannot bring that back"
ALTER TABLE notes DROP COLUMN body;
-- down
ALTER TABLE notes ADD COLUMN body text;

-- migration: rows that no finding tells of
-- expect: down-cannot-restore-data "cannot bring back the data"
DELETE FROM notes WHERE id = 1;
-- down
UPDATE users SET age = 1 WHERE id = 1;

-- migration: the down migration may have them
DELETE FROM notes WHERE id = 1;
-- down
INSERT INTO notes (id) VALUES (1);

-- migration: what PostgreSQL cannot undo, and what nobody wants undone
CREATE TYPE state AS ENUM ('new');
CREATE TABLE parents (id bigint PRIMARY KEY);
CREATE TABLE children (id bigint PRIMARY KEY, state state);
ALTER TABLE children ADD CONSTRAINT small CHECK (id < 100) NOT VALID;
-- down
DROP TABLE parents, children;
DROP TYPE state;

-- migration: so that an empty down migration is right
ALTER TYPE state ADD VALUE IF NOT EXISTS 'paid';
ALTER TABLE children VALIDATE CONSTRAINT small;
COMMENT ON TABLE children IS 'of parents';
-- down
SELECT 1;

-- migration: and one that drops what is not known to be there may make it
DROP INDEX CONCURRENTLY IF EXISTS children_idx;
-- down
CREATE INDEX CONCURRENTLY children_idx ON children (state);

-- migration: rows deleted, and nothing to bring them back
-- expect: irreversible "this loses rows, and the down migration does nothing"
DELETE FROM notes WHERE id = 2;
-- down
SELECT 1;

-- migration: lost for good
-- expect: table-dropped "uses it; there is no down migration"
DROP TABLE notes;
