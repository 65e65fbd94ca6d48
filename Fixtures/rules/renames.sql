-- migration
CREATE TABLE clips (id bigint PRIMARY KEY, title text, tag text);
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE VIEW titles AS SELECT title FROM clips;
CREATE INDEX clips_tag_idx ON clips (tag);
CREATE SEQUENCE numbers;

-- migration
-- expect: table-renamed "renaming users to people breaks running code that uses the old name"
ALTER TABLE users RENAME TO people;
-- expect: column-renamed "renaming column title of clips to "Caption" breaks running code that uses the old name"
ALTER TABLE clips RENAME title TO "Caption";

-- migration
-- No query names these.
ALTER INDEX clips_tag_idx RENAME TO clips_tags;
ALTER TABLE clips RENAME CONSTRAINT clips_pkey TO clips_key;
-- expect: object-renamed "renaming sequence numbers to counts breaks running code that uses the old name"
ALTER SEQUENCE numbers RENAME TO counts;
ALTER TABLE IF EXISTS nobody RENAME TO somebody;

-- migration
ALTER TABLE teams RENAME TO groups;
CREATE OR REPLACE VIEW public.teams AS SELECT * FROM groups;

-- migration
CREATE TABLE people_new (LIKE people INCLUDING ALL);
ALTER TABLE people RENAME TO people_old;
ALTER TABLE people_new RENAME TO people;

-- migration (wrapped)
-- The rename of a column has no such way out.
-- expect: column-renamed "renaming column name of people to full_name"
ALTER TABLE people RENAME COLUMN name TO full_name;

-- migration
BEGIN;
ALTER TABLE groups RENAME TO bands;
COMMIT;
CREATE VIEW groups AS SELECT * FROM bands;

-- migration
CREATE TABLE fresh (id int);
ALTER TABLE fresh RENAME TO stale;
ALTER TABLE stale RENAME COLUMN id TO key;
