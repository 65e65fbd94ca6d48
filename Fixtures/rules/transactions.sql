-- What only the whole transaction shows.

-- migration
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint, length integer);
CREATE TABLE users (id bigint PRIMARY KEY, plan text);

-- migration
ALTER TABLE clips ADD COLUMN title text;
-- The lock that is held counts.
-- expect: index-built-without-concurrently "blocks reads and writes to clips"
CREATE INDEX clips_user_id_idx ON clips (user_id);

-- migration
ALTER TABLE users ADD COLUMN region text;
-- expect: index-built-without-concurrently "blocks writes to clips"
-- expect: work-under-exclusive-lock "works on every row of clips while reads and writes to users wait"
CREATE INDEX clips_length_idx ON clips (length);

-- migration
ALTER TABLE users ADD COLUMN kind text;
-- One finding about the lock, whatever else is wrong with it.
-- expect: backfill-while-table-locked "reads and writes to users wait"
UPDATE users SET kind = 'person' WHERE plan = 'free';

-- migration
-- expect: unbatched-backfill "picks rows of users by no key"
UPDATE users SET kind = 'person' WHERE plan = 'free';

-- migration
-- Batches, by a range of the key, in a list and of a limited query; and a row by its key.
UPDATE users SET kind = 'person' WHERE id >= 1 AND id < 1000;
UPDATE users SET kind = 'person' WHERE id BETWEEN 1 AND 1000 AND plan = 'free';
UPDATE users SET kind = 'person' WHERE ctid IN (SELECT ctid FROM users WHERE kind IS NULL LIMIT 1000);
UPDATE users SET kind = 'person' WHERE id = ANY(ARRAY(SELECT id FROM users WHERE kind IS NULL LIMIT 1000));
UPDATE users SET kind = v.kind FROM (VALUES (1, 'person'), (2, 'firm')) AS v (id, kind) WHERE users.id = v.id;
DELETE FROM clips WHERE id = 7;

-- migration
-- A column of each name at the end breaks nobody.
ALTER TABLE users RENAME COLUMN kind TO kind_old;
ALTER TABLE users RENAME COLUMN plan TO kind;
-- expect: column-renamed "renaming column region of users to area"
ALTER TABLE users RENAME COLUMN region TO area;

-- migration
ALTER TABLE clips ADD CONSTRAINT clips_length_check CHECK (length > 0) NOT VALID;
-- expect: constraint-validated-in-same-transaction "reads every row of clips while reads and writes wait, as line 2"
ALTER TABLE clips VALIDATE CONSTRAINT clips_length_check;

-- migration
CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint);

-- migration
ALTER TABLE users ADD COLUMN place text;
ALTER TABLE teams ADD COLUMN place text;
-- A foreign key locks the table that it points to.
-- expect: tables-locked-together "locks users, teams, notes and clips one after the other"
ALTER TABLE notes ADD COLUMN clip_id bigint REFERENCES clips;

-- migration
ALTER TABLE notes ADD COLUMN number integer, ADD COLUMN size integer;

-- migration
-- expect: column-type-change-rewrites-table "changing number from integer to bigint"
ALTER TABLE notes ALTER COLUMN number TYPE bigint;
-- expect: column-type-change-rewrites-table "changing size from integer to bigint"
-- expect: table-rewritten-twice "notes is rewritten again, after line 3"
ALTER TABLE notes ALTER COLUMN size TYPE bigint;

-- migration
-- expect: lock-timeout-ineffective "a lock_timeout of 0 is none"
SET lock_timeout = '0s';
-- expect: replication-role-changed "switches off triggers and foreign keys"
SET session_replication_role = replica;

-- migration
-- expect: transaction-left-open "no COMMIT ends the transaction that begins here"
BEGIN;
ALTER TABLE teams ADD COLUMN name text;

-- migration (wrapped)
-- expect: transaction-nested "this BEGIN is inside the runner's transaction"
BEGIN;
ALTER TABLE teams ADD COLUMN title text;
COMMIT;

-- migration
-- expect: row-level-security-without-policy "notes has row-level security and no policy"
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;

-- migration
CREATE TABLE spots (id bigint, name text);
CREATE INDEX spots_name_idx ON spots (name);

-- migration
-- Who waits for the old index is told with the table.
-- expect: index-dropped-without-concurrently "dropping index spots_name_idx blocks reads and writes to spots"
DROP INDEX spots_name_idx;
-- expect: index-built-without-concurrently "blocks reads and writes to spots"
CREATE INDEX spots_lower_idx ON spots (lower(name));
