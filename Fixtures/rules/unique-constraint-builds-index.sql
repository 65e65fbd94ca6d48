-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text, realm text, nick text);
CREATE UNIQUE INDEX users_nick_idx ON users (nick);

-- migration
ALTER TABLE users ADD COLUMN seen date,
  -- expect: unique-constraint-builds-index "building the index of constraint users_email_key blocks reads and writes to users until it is done"
  ADD CONSTRAINT users_email_key UNIQUE (realm, email) INCLUDE (nick) WITH (fillfactor = 80);

-- migration
-- expect: unique-constraint-builds-index "this unique constraint"
ALTER TABLE public.users ADD UNIQUE (email) DEFERRABLE;

-- migration
ALTER TABLE users ADD CONSTRAINT users_nick_key UNIQUE USING INDEX users_nick_idx;

-- migration
CREATE TABLE fresh (id int UNIQUE);
ALTER TABLE fresh ADD UNIQUE (id);
