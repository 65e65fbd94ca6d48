-- migration
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint);

-- migration
-- A single statement of a file is in no transaction, whatever comments stand around it.
CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);
-- the end

-- migration
-- server: 25001
-- expect: statement-refused-in-transaction "PostgreSQL refuses CREATE INDEX CONCURRENTLY in a transaction: this file's statements are sent as one query, which is one transaction"
CREATE INDEX CONCURRENTLY first_idx ON clips (user_id);
-- expect: statement-refused-in-transaction "PostgreSQL refuses DROP INDEX CONCURRENTLY"
DROP INDEX CONCURRENTLY clips_user_id_idx;

-- migration (wrapped)
-- server: 25001
-- expect: statement-refused-in-transaction "PostgreSQL refuses VACUUM in a transaction: golang-migrate runs the file in a transaction"
VACUUM (ANALYZE) clips;

-- migration (one by one)
-- server: 25001
SET lock_timeout = '1s';
BEGIN;
-- expect: statement-refused-in-transaction "PostgreSQL refuses REINDEX CONCURRENTLY in a transaction: line 4 began one"
REINDEX TABLE CONCURRENTLY clips;
COMMIT;

-- migration
-- server: 25001
BEGIN;
COMMIT;
-- The query is still one, and what stands behind COMMIT is a transaction again.
-- expect: statement-refused-in-transaction "VACUUM"
VACUUM clips;

-- migration (one by one)
BEGIN;
ALTER TABLE clips ADD COLUMN a int;
COMMIT;
CREATE INDEX CONCURRENTLY clips_a_idx ON clips (a);
VACUUM clips;

-- migration
-- server: 25001
DO $$ BEGIN
  -- expect: statement-refused-in-transaction "PostgreSQL refuses CREATE INDEX CONCURRENTLY in a block of code"
  -- expect: duplicate-index "other_idx of clips serves no query that clips_a_idx does not"
  EXECUTE 'CREATE INDEX CONCURRENTLY other_idx ON clips (a)';
END $$;
