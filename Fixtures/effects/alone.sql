-- case: an index CONCURRENTLY
-- held: LOCK TABLE users IN ROW EXCLUSIVE MODE
CREATE INDEX CONCURRENTLY i ON users (small);
-- case: a unique index CONCURRENTLY
-- held: LOCK TABLE orders IN ROW EXCLUSIVE MODE
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (number);
-- case: an index of a partition CONCURRENTLY
-- held: LOCK TABLE events_2025 IN ROW EXCLUSIVE MODE
CREATE INDEX CONCURRENTLY i ON events_2025 (user_id);
-- case: an index of a materialized view CONCURRENTLY
-- held: DECLARE c CURSOR FOR SELECT FROM totals
CREATE INDEX CONCURRENTLY i ON totals (total);
-- case: an index is dropped CONCURRENTLY
-- held: LOCK TABLE users IN ACCESS SHARE MODE
DROP INDEX CONCURRENTLY users_name_idx;
-- case: an index is built anew CONCURRENTLY
-- held: LOCK TABLE users IN ROW EXCLUSIVE MODE
REINDEX INDEX CONCURRENTLY users_name_idx;
-- case: all indexes of a table are built anew CONCURRENTLY
-- held: LOCK TABLE orders IN ROW EXCLUSIVE MODE
REINDEX TABLE CONCURRENTLY orders;
-- case: all indexes of a partitioned table are built anew CONCURRENTLY
-- held: LOCK TABLE sheets_all IN ROW EXCLUSIVE MODE
-- held: SELECT pg_advisory_xact_lock(1)
REINDEX TABLE CONCURRENTLY sheets;
-- case: all indexes of a partitioned table are built anew
-- held: LOCK TABLE ONLY sheets IN ROW EXCLUSIVE MODE
-- held: LOCK TABLE sheets_all IN ROW EXCLUSIVE MODE
-- held: SELECT pg_advisory_xact_lock(1)
REINDEX TABLE sheets;
-- case: an index of a partitioned table is built anew
-- held: LOCK TABLE ONLY sheets IN ROW EXCLUSIVE MODE
-- held: COMMENT ON INDEX sheets_id_idx IS 'x'
-- held: COMMENT ON INDEX sheets_all_slowly_idx IS 'x'
-- held: SELECT pg_advisory_xact_lock(1)
REINDEX INDEX sheets_id_idx;
-- case: an index of a partitioned table is built anew CONCURRENTLY
-- held: LOCK TABLE ONLY sheets IN SHARE UPDATE EXCLUSIVE MODE
-- held: COMMENT ON INDEX sheets_id_idx IS 'x'
-- held: COMMENT ON INDEX sheets_all_slowly_idx IS 'x'
-- held: SELECT pg_advisory_xact_lock(1)
REINDEX INDEX CONCURRENTLY sheets_id_idx;
-- case: the indexes of a schema are built anew
-- held: LOCK TABLE archive.old_users IN ROW EXCLUSIVE MODE
-- held: SELECT FROM archive.old_users WHERE id = 1
-- held: SELECT pg_advisory_xact_lock(1)
REINDEX SCHEMA archive;
-- case: the indexes of a schema are built anew CONCURRENTLY
-- held: LOCK TABLE archive.old_users IN ROW EXCLUSIVE MODE
-- held: SELECT pg_advisory_xact_lock(1)
REINDEX SCHEMA CONCURRENTLY archive;
-- case: a partition is detached CONCURRENTLY
-- held: LOCK TABLE logs IN ACCESS SHARE MODE
-- held: LOCK TABLE logs_error IN ACCESS SHARE MODE
ALTER TABLE logs DETACH PARTITION logs_error CONCURRENTLY;
-- case: VACUUM
-- held: LOCK TABLE plain IN SHARE UPDATE EXCLUSIVE MODE
VACUUM plain;
-- case: VACUUM and ANALYZE
-- held: LOCK TABLE plain IN SHARE UPDATE EXCLUSIVE MODE
VACUUM (ANALYZE) plain;
-- case: VACUUM of a partitioned table
-- held: LOCK TABLE ONLY sheets IN SHARE UPDATE EXCLUSIVE MODE
-- held: LOCK TABLE sheets_all IN SHARE UPDATE EXCLUSIVE MODE
VACUUM sheets;
-- case: VACUUM of a parent
-- held: LOCK TABLE ONLY animals IN SHARE UPDATE EXCLUSIVE MODE
-- held: LOCK TABLE dogs IN SHARE UPDATE EXCLUSIVE MODE
VACUUM animals;
-- case: VACUUM FULL
-- held: LOCK TABLE plain IN ACCESS SHARE MODE
VACUUM FULL plain;
-- case: VACUUM FULL of a table with an index
-- held: SELECT pg_advisory_xact_lock(1)
VACUUM FULL archive.leaves;
-- case: a partitioned table is clustered
-- held: LOCK TABLE ONLY sheets IN ACCESS SHARE MODE
-- held: SELECT pg_advisory_xact_lock(1)
CLUSTER sheets USING sheets_id_idx;
