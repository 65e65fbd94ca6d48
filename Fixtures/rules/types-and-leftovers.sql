-- migration
CREATE DOMAIN email AS text;
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50) NOT NULL CONSTRAINT name_there CHECK (name <> ''), contact email);
CREATE TABLE jobs (id bigint PRIMARY KEY, label text, cost numeric(12, 2), seen timestamptz(6), n bigint, ends_on date);
CREATE INDEX jobs_label_idx ON jobs (label);

-- migration
-- expect: column-type-change-rebuilds-indexes "changing the type of label builds jobs_label_idx anew and blocks reads and writes to jobs"
ALTER TABLE jobs ALTER COLUMN label TYPE text COLLATE "C";

-- migration
-- expect: column-type-change-scans-table "reads every row of users to see that it passes name_there, and blocks reads and writes to users"
ALTER TABLE users ALTER COLUMN name TYPE text;

-- migration
ALTER TABLE jobs
  -- expect: column-type-narrowed "changing n of jobs from bigint to integer fails if a value does not fit"
  -- expect: column-type-change-rewrites-table "changing n from bigint to integer"
  ALTER COLUMN n TYPE integer,
  -- expect: column-type-narrowed "from numeric(12, 2) to numeric(12, 1) rounds its values"
  -- expect: column-type-change-rewrites-table "changing cost"
  ALTER COLUMN cost TYPE numeric(12, 1),
  -- expect: column-type-narrowed "loses the time of day of every value"
  -- expect: column-type-change-rewrites-table "changing seen"
  ALTER COLUMN seen TYPE date;

-- migration
-- expect: column-type-narrowed "changing label of jobs from text to varchar(5) cuts values that are longer, without a word"
-- expect: column-type-change-rewrites-table "changing label"
ALTER TABLE jobs ALTER COLUMN label TYPE varchar(5) USING label::varchar(5);

-- migration
-- expect: not-null-dropped "name of users may be NULL from now on"
ALTER TABLE users ALTER COLUMN name DROP NOT NULL;

-- migration
-- expect: constraint-lost-to-if-not-exists "name of users is there already without NOT NULL and UNIQUE, and this adds nothing to it"
ALTER TABLE users ADD COLUMN IF NOT EXISTS name text NOT NULL UNIQUE CHECK (name <> 'x'),
  ADD COLUMN IF NOT EXISTS id bigint PRIMARY KEY;

-- migration
-- expect: domain-constraint-scans-tables "reading every row of users for a constraint of domain email blocks writes to it"
ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (value LIKE '%@%');

-- migration
-- expect: volatile-function-in-check "check ends_later of jobs hangs on CURRENT_DATE"
ALTER TABLE jobs ADD CONSTRAINT ends_later CHECK (ends_on > CURRENT_DATE) NOT VALID;

-- migration (one by one)
SET statement_timeout = '1min';
-- expect: statement-timeout-cuts-concurrent-build "statement_timeout = 1min ends the validation of ends_later on a large jobs"
ALTER TABLE jobs VALIDATE CONSTRAINT ends_later;
RESET ALL;
-- expect: concurrent-index-if-not-exists "where an earlier build of jobs_ends_on_idx failed"
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_ends_on_idx ON jobs (ends_on);
DROP INDEX CONCURRENTLY IF EXISTS jobs_n_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_n_idx ON jobs (n, ends_on);
-- expect: duplicate-index "serves no query that jobs_n_idx does not, which begins with the same columns"
CREATE INDEX CONCURRENTLY jobs_n_short_idx ON jobs (n);

-- migration
-- What a later migration validates, indexes or drops is nothing to speak of.
CREATE TABLE likes (user_id bigint CONSTRAINT likes_user REFERENCES users, job_id bigint, boss_id bigint);
ALTER TABLE likes ADD CONSTRAINT likes_job FOREIGN KEY (job_id) REFERENCES jobs NOT VALID;
-- expect: constraint-left-not-valid "no migration validates likes_boss"
ALTER TABLE likes ADD CONSTRAINT likes_boss FOREIGN KEY (boss_id) REFERENCES users NOT VALID;

-- migration
CREATE TABLE short (user_id integer PRIMARY KEY,
  a bigint REFERENCES users, b bigint REFERENCES users);
CREATE INDEX short_a_idx ON short (a);
CREATE INDEX short_b_idx ON short (b);
-- expect: foreign-key-type-mismatch "user_id of short is integer, and id of users, which it points to, is bigint"
ALTER TABLE short ADD CONSTRAINT short_user FOREIGN KEY (user_id) REFERENCES users;

-- migration (one by one)
ALTER TABLE likes VALIDATE CONSTRAINT likes_job;
CREATE INDEX CONCURRENTLY likes_job_idx ON likes (job_id);
CREATE INDEX CONCURRENTLY likes_user_idx ON likes (user_id);
