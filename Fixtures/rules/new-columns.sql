-- migration
CREATE DOMAIN share AS integer CHECK (value BETWEEN 0 AND 100);
CREATE DOMAIN word AS text;
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE jobs (id bigint PRIMARY KEY, label text NOT NULL DEFAULT '', n integer GENERATED ALWAYS AS IDENTITY);
CREATE INDEX jobs_label_idx ON jobs (label);

-- migration
ALTER TABLE jobs
  ADD COLUMN nick word,
  -- expect: domain-column-rewrites-table "adding column part of domain share, which has a constraint, rewrites jobs"
  ADD COLUMN part share DEFAULT 0;

-- migration
ALTER TABLE jobs
  -- expect: generated-column-rewrites-table "computing column shouted for every row rewrites jobs and blocks reads and writes to jobs"
  ADD COLUMN shouted text GENERATED ALWAYS AS (upper(label)) STORED;

-- migration
ALTER TABLE jobs
  -- expect: column-check-scans-table "reading every row of jobs for check fits of new column tip"
  ADD COLUMN tip integer CONSTRAINT fits CHECK (tip > 0),
  -- expect: column-constraint-builds-index "building the unique index of new column handle blocks reads and writes to jobs"
  ADD COLUMN handle text UNIQUE,
  -- expect: column-foreign-key-scans-table "looking up the default of new column owner_id for every row blocks reads and writes to jobs, and writes to users"
  ADD COLUMN owner_id bigint DEFAULT NULL REFERENCES users,
  ADD COLUMN other_id bigint REFERENCES users;

-- migration
-- expect: column-default-rewrites-table "gen_random_uuid()"
ALTER TABLE jobs ADD COLUMN token uuid DEFAULT gen_random_uuid() UNIQUE CHECK (token IS NOT NULL);

-- migration
-- expect: required-column-default-dropped "INSERTs of running code into jobs that do not name required column label fail"
ALTER TABLE jobs ALTER COLUMN label DROP DEFAULT;

-- migration
-- expect: required-column-default-dropped "required column n"
ALTER TABLE jobs ALTER COLUMN n DROP IDENTITY;

-- migration
-- It had none, so that nothing changes.
ALTER TABLE jobs ALTER COLUMN n DROP DEFAULT, ALTER COLUMN tip DROP DEFAULT;

-- migration
-- expect: reindex-without-concurrently "rebuilding index jobs_label_idx blocks writes to jobs, and reads too"
REINDEX INDEX jobs_label_idx;
