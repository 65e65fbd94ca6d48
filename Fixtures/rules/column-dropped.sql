-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text, realm text, nick text, old text, UNIQUE (realm, email));
CREATE INDEX users_nick_idx ON users (lower(nick));
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint CONSTRAINT clips_user_fk REFERENCES users, title text);
CREATE VIEW titles AS SELECT title FROM clips;
CREATE TABLE "Odd" ("A b" int, c int);

-- migration
ALTER TABLE users ADD COLUMN mail text,
  -- expect: column-dropped "dropping column email of users loses its data for good, takes constraint users_realm_email_key with it, and breaks running code that names it"
  DROP COLUMN email,
  -- expect: column-dropped "takes index users_nick_idx with it"
  DROP nick RESTRICT,
  DROP COLUMN IF EXISTS never_was;

-- migration
-- expect: column-dropped "takes constraint clips_user_fk with it, and breaks running code that names it; it blocks reads and writes to users too"
ALTER TABLE clips DROP COLUMN user_id;
-- expect: column-dropped "takes view titles with it"
ALTER TABLE clips DROP COLUMN title CASCADE;

-- migration
COMMENT ON COLUMN users.old IS 'Deprecated: nobody reads it';

-- migration
-- expect: column-dropped "column old"
ALTER TABLE users DROP COLUMN old;

-- migration
-- expect: column-dropped "column "A b" of "Odd""
ALTER TABLE IF EXISTS "Odd" DROP COLUMN "A b";
ALTER TABLE IF EXISTS nobody DROP COLUMN a;

-- migration
CREATE TABLE fresh (id int, a int);
ALTER TABLE fresh DROP COLUMN a;
