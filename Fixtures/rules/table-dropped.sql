-- migration
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint REFERENCES users, team_id bigint REFERENCES teams);
CREATE TABLE votes (clip_id bigint CONSTRAINT votes_clip_fk REFERENCES clips);
CREATE VIEW names AS SELECT id FROM clips;
CREATE TABLE a (id int);
CREATE TABLE b (id int);
CREATE TABLE views (at date) PARTITION BY RANGE (at);
CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE "Odd" (id int);

-- migration
-- expect: table-dropped "dropping clips loses its rows for good, takes foreign key votes_clip_fk of votes and view names with it, and breaks running code that uses it; it blocks reads and writes to users and teams too"
DROP TABLE clips CASCADE;

-- migration
-- expect: table-dropped "dropping a loses its rows for good and breaks running code that uses it"
-- expect: table-dropped "dropping b loses"
DROP TABLE IF EXISTS a, b, never_was;

-- migration
-- expect: table-dropped "dropping views_2026 loses its rows for good and breaks running code that uses it"
-- expect: partition-dropped "dropping partition views_2026 blocks reads and writes to views too, while it waits"
DROP TABLE views_2026;

-- migration
DROP TABLE IF EXISTS never_was CASCADE;
CREATE TABLE scratch (id int);
DROP TABLE scratch;
CREATE TEMPORARY TABLE work AS SELECT 1 AS a;
DROP TABLE work;

-- migration
DO $$ BEGIN
  -- expect: table-dropped "dropping "Odd" loses"
  EXECUTE 'DROP TABLE "Odd"';
END $$;
