-- case: an index
CREATE INDEX i ON users (small);
-- case: a unique index
CREATE UNIQUE INDEX i ON users (email, id);
-- case: an index that is there already
CREATE INDEX IF NOT EXISTS users_name_idx ON users (small);
-- case: an index of a materialized view
CREATE INDEX i ON totals (total);
-- case: an index is dropped
DROP INDEX users_name_idx;
-- case: an index that is not there is dropped
DROP INDEX IF EXISTS nothing;
-- case: an index gets a new name
ALTER INDEX users_name_idx RENAME TO i;
-- case: a fill factor of an index
ALTER INDEX users_name_idx SET (fillfactor = 70);
-- case: a statistics target of an index
ALTER INDEX users_lower_name_idx ALTER COLUMN 1 SET STATISTICS 100;
-- case: an index is built anew
REINDEX INDEX users_name_idx;
-- case: all indexes of a table are built anew
REINDEX TABLE users;
-- case: all indexes of a parent are built anew
REINDEX TABLE animals;
-- case: all indexes of a table without any are built anew
REINDEX TABLE plain;
-- case: an index with NULLS NOT DISTINCT
CREATE UNIQUE INDEX i ON users (small) NULLS NOT DISTINCT;
-- case: an index of an expression with a predicate
CREATE INDEX i ON users (upper(name)) INCLUDE (age) WHERE flag IS NOT NULL;
-- case: a hash index
CREATE INDEX i ON users USING hash (small);
