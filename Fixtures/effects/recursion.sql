-- What reaches relations below and beside the one that is named.
CREATE TABLE counters (id serial, number integer GENERATED ALWAYS AS IDENTITY);
CREATE UNLOGGED TABLE counts (id serial, number integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE shelves (id integer, level integer) PARTITION BY LIST (level);
CREATE TABLE shelves_low PARTITION OF shelves FOR VALUES IN (1) PARTITION BY LIST (id);
CREATE TABLE shelves_low_1 PARTITION OF shelves_low FOR VALUES IN (1);
CREATE TRIGGER shelves_note BEFORE UPDATE ON shelves FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE INDEX shelves_idx ON ONLY shelves (id);
CREATE INDEX shelves_low_idx ON ONLY shelves_low (id);
CREATE INDEX shelves_low_1_idx ON shelves_low_1 (id);
ALTER INDEX shelves_idx ATTACH PARTITION shelves_low_idx;
-- case: a table with a serial column and an identity becomes unlogged
ALTER TABLE counters SET UNLOGGED;
-- case: a table with a serial column and an identity becomes logged
ALTER TABLE counts SET LOGGED;
-- case: a trigger of a partitioned table is disabled
ALTER TABLE shelves DISABLE TRIGGER shelves_note;
-- case: all triggers of a partitioned table are disabled
ALTER TABLE shelves DISABLE TRIGGER ALL;
-- case: a trigger of a partitioned table gets a new name
ALTER TRIGGER shelves_note ON shelves RENAME TO x;
-- case: a trigger of a partitioned table is dropped
DROP TRIGGER shelves_note ON shelves;
-- case: the last part of an index of indexes
ALTER INDEX shelves_low_idx ATTACH PARTITION shelves_low_1_idx;
-- case: a table by the name of an index
ALTER INDEX plain RENAME TO x;
-- case: a view by the name of an index
ALTER INDEX adults RENAME TO x;
