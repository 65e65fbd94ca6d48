-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text, realm text NOT NULL, span tstzrange);
CREATE TABLE clips (
  id bigint NOT NULL, user_id bigint, title text CONSTRAINT title_there CHECK (title <> ''),
  CONSTRAINT clips_user FOREIGN KEY (user_id) REFERENCES users (id), CONSTRAINT clips_title_key UNIQUE (title)
);
CREATE UNIQUE INDEX users_email_idx ON users (lower(email)) WHERE realm <> '';

-- migration
ALTER TABLE clips ADD COLUMN seen date,
  -- expect: primary-key-builds-index "building the index of the primary key blocks reads and writes to clips until it is done"
  ADD CONSTRAINT clips_key PRIMARY KEY (id);

-- migration
-- expect: primary-key-dropped "ON CONFLICT (id) of running code fails"
ALTER TABLE clips DROP CONSTRAINT clips_key;

-- migration
CREATE UNIQUE INDEX CONCURRENTLY clips_new_key ON clips (user_id);

-- migration
-- expect: primary-key-builds-index "reading every row of clips to see that user_id of its primary key is never NULL"
ALTER TABLE clips ADD CONSTRAINT clips_new_key PRIMARY KEY USING INDEX clips_new_key;

-- migration
-- The new key takes the old one's place, and nothing keeps user_id unique.
CREATE UNIQUE INDEX CONCURRENTLY clips_id_idx ON clips (id);

-- migration
-- expect: unique-index-dropped "without clips_new_key, ON CONFLICT (user_id) of running code fails"
ALTER TABLE clips DROP CONSTRAINT clips_new_key, ADD CONSTRAINT clips_pkey PRIMARY KEY USING INDEX clips_id_idx;

-- migration
-- expect: unique-index-dropped "without users_email_idx, ON CONFLICT (lower(email)) WHERE realm <> '' of running code"
DROP INDEX CONCURRENTLY users_email_idx;

-- migration
-- expect: exclusion-constraint-builds-index "building the index of exclusion constraint no_overlap blocks reads and writes to users"
ALTER TABLE users ADD CONSTRAINT no_overlap EXCLUDE USING gist (span WITH &&);

-- migration
ALTER TABLE clips
  -- expect: constraint-dropped "dropping it blocks reads and writes to clips and users while it waits for the locks and holds them"
  DROP CONSTRAINT clips_user;

-- migration
-- A wider one takes its place, in one statement.
ALTER TABLE clips DROP CONSTRAINT title_there,
  ADD CONSTRAINT title_there CHECK (title <> '' OR title IS NULL) NOT VALID;

-- migration
ALTER TABLE clips VALIDATE CONSTRAINT title_there;

-- migration
-- expect: constraint-dropped "without check title_there, rows that it kept out get into clips"
ALTER TABLE clips DROP CONSTRAINT IF EXISTS title_there, DROP CONSTRAINT IF EXISTS nobody_made_it;

-- migration
-- The proof of NOT NULL may go with what it proved.
ALTER TABLE clips ADD CONSTRAINT title_known CHECK (title IS NOT NULL) NOT VALID;

-- migration
ALTER TABLE clips VALIDATE CONSTRAINT title_known;

-- migration
ALTER TABLE clips ALTER COLUMN title SET NOT NULL;
ALTER TABLE clips DROP CONSTRAINT title_known;

-- migration
-- A new table that points to an old one is nothing that anybody notices.
CREATE TABLE likes (user_id bigint);
ALTER TABLE likes ADD CONSTRAINT likes_user FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE likes ADD PRIMARY KEY (user_id);
