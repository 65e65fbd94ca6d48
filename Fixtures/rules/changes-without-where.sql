-- migration
CREATE TABLE users (id bigint PRIMARY KEY, plan text NOT NULL, nick text, n int);
CREATE TABLE teams (id bigint PRIMARY KEY, plan text);

-- migration
-- expect: update-without-where "this UPDATE writes every row of users anew and keeps them all locked until its transaction ends"
UPDATE users SET plan = 'free';
-- expect: update-without-where "every row of users"
update users u set n = u.n + 1 where 1=1;
-- expect: update-without-where "every row of users"
UPDATE users SET plan = t.plan FROM teams t;
-- expect: update-without-where "every row of users"
UPDATE users SET nick = plan WHERE plan IS NOT NULL;
-- expect: update-without-where "every row of users"
UPDATE users SET nick = plan WHERE nick IS NULL OR nick IS NOT NULL;
-- expect: update-without-where "every row of teams"
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
WITH done AS (UPDATE teams SET plan = 'free' RETURNING id) UPDATE users SET n = 1 WHERE id IN (SELECT id FROM done);
-- expect: update-without-where "every row of teams"
WITH done AS (UPDATE teams SET plan = 'x' RETURNING id) INSERT INTO users (id, plan) SELECT id, 'a' FROM done;

-- migration
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
UPDATE users SET plan = t.plan FROM teams t WHERE t.id = users.id;
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
UPDATE users SET nick = plan WHERE nick IS NOT NULL;
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
UPDATE users SET nick = plan WHERE nick = plan AND NOT false;
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
UPDATE users SET nick = plan WHERE false OR n = 2;
-- expect: unbatched-backfill "this DELETE picks rows of users by no key, and keeps all that it finds"
DELETE FROM users WHERE n <> n;
-- expect: unbatched-backfill "this DELETE picks rows of users by no key, and keeps all that it finds"
DELETE FROM users USING teams WHERE teams.id = users.id;
INSERT INTO users (id, plan) VALUES (1, 'free') ON CONFLICT (id) DO UPDATE SET plan = 'free';

-- migration
-- expect: delete-without-where "this DELETE removes every row of users, for good"
DELETE FROM ONLY users;
-- expect: delete-without-where "every row of teams"
DELETE FROM teams WHERE id = id;
-- expect: delete-without-where "every row of teams"
DELETE FROM teams WHERE true AND 'a' = 'a' AND 't'::boolean AND NOT (1 = 2);
-- expect: delete-without-where "every row of users"
DELETE FROM users USING teams;

-- migration
DO $$
BEGIN
  -- expect: delete-without-where "every row of teams"
  DELETE FROM teams;
-- expect: unbatched-backfill "this UPDATE picks rows of users by no key, and keeps all that it finds"
  UPDATE users SET n = 2 WHERE n = 1;
END
$$;

-- migration
CREATE TEMP TABLE work AS SELECT id FROM users;
UPDATE work SET id = 1;
DELETE FROM work;
CREATE TABLE fresh (id int);
INSERT INTO fresh VALUES (1);
UPDATE fresh SET id = 2;
DELETE FROM fresh;
