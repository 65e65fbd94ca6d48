-- migration
-- Nobody has set one before.
CREATE TABLE users (id bigint);
SET lock_timeout = '5s';

-- migration
SELECT set_config('lock_timeout', '5s', false);
ALTER TABLE users ADD COLUMN plan text;

-- migration
COMMENT ON TABLE users IS 'people';
CREATE TABLE plans (name text);
ALTER TABLE plans ADD COLUMN id bigint;
-- expect: lock-timeout-missing "this statement waits for users as long as anybody uses it"
ALTER TABLE users ADD COLUMN region text;
-- Once is enough.
ALTER TABLE plans ADD COLUMN at date;
ALTER TABLE users ADD COLUMN at date;

-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN city text;

-- migration
-- What stops nobody needs none.
SELECT count(*) FROM users;
INSERT INTO users (id) VALUES (1);
