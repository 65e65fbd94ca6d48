-- Actions that go down from parent to child, and stop at a child that needs nothing more.
-- without base.sql
CREATE TABLE top (a integer, b integer CONSTRAINT b_check CHECK (b > 0), c integer NOT NULL);
CREATE TABLE middle (d integer CONSTRAINT d_check CHECK (d > 0), e integer NOT NULL) INHERITS (top);
CREATE TABLE bottom (f integer) INHERITS (middle);
ALTER TABLE top ADD CONSTRAINT top_only CHECK (a > 0) NO INHERIT NOT VALID;
CREATE TABLE pointed_to (id integer PRIMARY KEY);
CREATE TABLE pointing (id integer CONSTRAINT pointing_fkey REFERENCES pointed_to, EXCLUDE (id WITH =));
CREATE TABLE pointing_child () INHERITS (pointing);
ALTER TABLE pointing ADD CONSTRAINT not_valid_fkey FOREIGN KEY (id) REFERENCES pointed_to NOT VALID;
CREATE TABLE first_parent (name text);
CREATE TABLE second_parent (name text);
CREATE TABLE child () INHERITS (first_parent, second_parent);
CREATE TABLE grandchild () INHERITS (child);
ALTER TABLE ONLY first_parent DROP COLUMN name;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE parted (a integer, b integer NOT NULL) PARTITION BY LIST (b);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE TRIGGER for_statements AFTER INSERT ON parted EXECUTE FUNCTION note();
CREATE TYPE pair AS (x integer, y integer);
CREATE TABLE pairs OF pair;
CREATE TABLE pairs_child () INHERITS (pairs);
INSERT INTO top VALUES (1, 1, 1);
INSERT INTO middle VALUES (1, 1, 1, 1, 1);
INSERT INTO bottom VALUES (1, 1, 1, 1, 1, 1);
INSERT INTO parted VALUES (1, 1);
-- case: a column of the parent alone is dropped
ALTER TABLE ONLY top DROP COLUMN a;
-- case: a column is dropped at all levels
ALTER TABLE top DROP COLUMN a;
-- case: a column that a child has from another parent too
ALTER TABLE second_parent DROP COLUMN name;
-- case: a column that a child has already
ALTER TABLE top ADD COLUMN d integer;
-- case: a column that a child has already, with a value for each row
ALTER TABLE top ADD COLUMN d integer DEFAULT random();
-- case: a column that is there already
ALTER TABLE top ADD COLUMN IF NOT EXISTS a integer;
-- case: a check of the parent alone is dropped
ALTER TABLE ONLY top DROP CONSTRAINT b_check;
-- case: a check is dropped at all levels
ALTER TABLE top DROP CONSTRAINT b_check;
-- case: a check that no child has is dropped
ALTER TABLE top DROP CONSTRAINT top_only;
-- case: a check that no child has is validated
ALTER TABLE top VALIDATE CONSTRAINT top_only;
-- case: a check is validated at all levels
ALTER TABLE top ADD CONSTRAINT late CHECK (a < 5) NOT VALID;
ALTER TABLE top VALIDATE CONSTRAINT late;
-- case: a check that is valid already
ALTER TABLE top VALIDATE CONSTRAINT b_check;
-- case: a check that a child has already
ALTER TABLE middle ADD CONSTRAINT small CHECK (a < 5);
ALTER TABLE top ADD CONSTRAINT small CHECK (a < 5);
-- case: a foreign key of a parent is dropped
ALTER TABLE pointing DROP CONSTRAINT pointing_fkey;
-- case: an exclusion of a parent is dropped
ALTER TABLE pointing DROP CONSTRAINT pointing_id_excl;
-- case: a foreign key of a parent is validated
ALTER TABLE pointing VALIDATE CONSTRAINT not_valid_fkey;
-- case: NOT NULL where the parent has it
ALTER TABLE top ALTER c SET NOT NULL;
-- case: NOT NULL where a child has it
ALTER TABLE middle ALTER e SET NOT NULL;
-- case: NOT NULL where the partitioned table has it
ALTER TABLE parted ALTER b SET NOT NULL;
-- case: NOT NULL of a partitioned table
ALTER TABLE parted ALTER a SET NOT NULL;
-- case: a trigger for statements of a partitioned table is disabled
ALTER TABLE parted DISABLE TRIGGER for_statements;
-- case: triggers of a partitioned table that has none for rows are disabled
ALTER TABLE parted DISABLE TRIGGER USER;
-- case: a constraint of a partitioned table that is not there is dropped
ALTER TABLE parted DROP CONSTRAINT IF EXISTS nothing;
-- case: a deferrable key of a partitioned table
ALTER TABLE parted ADD UNIQUE (b) DEFERRABLE;
-- case: an identity of a partitioned table
ALTER TABLE parted ALTER b ADD GENERATED ALWAYS AS IDENTITY;
-- case: an attribute of a type whose tables have children is added
ALTER TYPE pair ADD ATTRIBUTE z integer CASCADE;
-- case: an attribute of a type whose tables have children changes its type
ALTER TYPE pair ALTER ATTRIBUTE y TYPE bigint CASCADE;
-- case: an attribute of a type whose tables have children is dropped
ALTER TYPE pair DROP ATTRIBUTE y CASCADE;
-- case: a comment on an attribute of a type
COMMENT ON COLUMN pair.x IS 'x';
-- case: a schema with tables that point to one another
CREATE SCHEMA shop CREATE TABLE one (id integer PRIMARY KEY) CREATE INDEX one_idx ON one (id)
  CREATE TABLE two (id integer REFERENCES one);
