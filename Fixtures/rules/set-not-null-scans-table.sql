-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, nick text, age int);
ALTER TABLE users ADD CONSTRAINT both_there CHECK (email IS NOT NULL AND name IS NOT NULL);
ALTER TABLE users ADD CONSTRAINT one_there CHECK (nick IS NOT NULL OR age IS NOT NULL);
ALTER TABLE users ADD CONSTRAINT old_enough CHECK (age > 17);

-- migration
-- The primary key and the checks prove these.
ALTER TABLE users ALTER id SET NOT NULL, ALTER email SET NOT NULL, ALTER COLUMN name SET NOT NULL;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- migration
ALTER TABLE users
  -- A check that is NULL passes, so it proves nothing.
  -- expect: set-not-null-scans-table "reading every row of users to see that age is never NULL blocks reads and writes to users"
  ALTER COLUMN age SET NOT NULL,
  -- expect: set-not-null-scans-table "that nick is never NULL"
  ALTER COLUMN nick SET NOT NULL;

-- migration
-- expect: not-null-dropped "nick of users may be NULL from now on"
ALTER TABLE users ALTER nick DROP NOT NULL;
ALTER TABLE users ADD CONSTRAINT nick_there CHECK (nick IS NOT NULL) NOT VALID;
-- expect: set-not-null-scans-table "that nick"
ALTER TABLE users ALTER nick SET NOT NULL;

-- migration
-- expect: not-null-dropped "nick of users may be NULL from now on"
ALTER TABLE users ALTER nick DROP NOT NULL;
-- expect: constraint-validated-in-same-transaction "validating nick_there reads every row of users while reads and writes "
ALTER TABLE users VALIDATE CONSTRAINT nick_there;

-- migration
ALTER TABLE users ALTER nick SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT nick_there;

-- migration
ALTER TABLE users ADD COLUMN fresh int;
-- expect: set-not-null-scans-table "that fresh"
ALTER TABLE users ALTER fresh SET NOT NULL;
