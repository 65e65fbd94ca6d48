-- migration
CREATE TABLE users (id bigint PRIMARY KEY, plan text);
CREATE FUNCTION fill() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET plan = 'free' WHERE plan IS NULL;
END $$;

-- migration
-- What the function holds is known.
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
SELECT fill();
SELECT count(*), max(id) FROM users;
SELECT set_config('app.seat', '1', false), setval(s::regclass, 1) FROM (SELECT NULL) AS t (s);

-- migration
-- server: 42883
-- expect: statement-unclassified "what the function rebuild does"
SELECT rebuild();

-- migration
-- expect: dynamic-sql-unread "runs SQL that is put together at run time"
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE relname LIKE 'tmp%' LOOP
    EXECUTE format('DROP TABLE %I', t);
  END LOOP;
END $$;

-- migration
-- The same is said once a file.
-- server: 3F000
-- expect: statement-unclassified "what the function jobs.schedule does"
SELECT jobs.schedule('a');
SELECT jobs.schedule('b');

-- migration
-- pg_cron keeps its jobs to itself.
-- server: 3F000
SELECT cron.schedule('nightly', '0 3 * * *', 'VACUUM');

-- migration (one by one)
-- Of which table the index is matters to nobody who does not wait.
-- server: 42704
DROP INDEX CONCURRENTLY somewhere_idx;
