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
-- expect: down-empty "has no statement"
ALTER TABLE users ADD COLUMN age integer;
-- down
-- nothing

-- migration: a down migration that does half of it
-- expect: down-does-not-restore "it leaves table tags; it misses view names; it changes column name of users"
CREATE TABLE tags (id bigint PRIMARY KEY);
ALTER TABLE users ALTER COLUMN name SET DEFAULT '';
-- down
DROP VIEW names;

-- migration: the words with which something was made do not count
CREATE INDEX CONCURRENTLY users_id_idx ON users (id, name);
-- down
DROP INDEX CONCURRENTLY IF EXISTS users_id_idx;

-- migration: nor does the order of columns
-- expect: column-dropped "dropping column body of notes"
-- expect: down-cannot-restore-data "cannot bring back the data"
ALTER TABLE notes DROP COLUMN body;
-- down
ALTER TABLE notes ADD COLUMN body text;

-- migration: lost for good
-- expect: table-dropped "dropping notes"
-- expect: irreversible "loses data and has no down migration"
DROP TABLE notes;
