-- migration
CREATE TABLE clips (id bigint, title text, tag text, CONSTRAINT clips_unique UNIQUE (id, tag));
CREATE INDEX clips_title_idx ON clips (title);
CREATE INDEX clips_tag_idx ON clips (tag);
CREATE INDEX "Odd Name" ON clips (id);
CREATE TABLE views (at date) PARTITION BY RANGE (at);
CREATE TABLE views_rest PARTITION OF views DEFAULT;
CREATE INDEX views_at_idx ON views (at);

-- migration
-- expect: index-dropped-without-concurrently "dropping index clips_title_idx blocks reads and writes to clips"
-- expect: index-dropped-without-concurrently "dropping index "Odd Name" blocks"
DROP INDEX IF EXISTS clips_title_idx, "Odd Name", never_was;

-- migration
-- expect: index-dropped-without-concurrently "reads and writes to views"
DROP INDEX views_at_idx;

-- migration
DROP INDEX CONCURRENTLY IF EXISTS clips_tag_idx;

-- migration
-- server: 2BP01
ALTER TABLE clips ADD COLUMN key bigint;
-- expect: statement-refused "PostgreSQL refuses this"
DROP INDEX clips_unique;

-- migration
CREATE TABLE fresh (id int);
CREATE INDEX fresh_idx ON fresh (id);
DROP INDEX fresh_idx;
