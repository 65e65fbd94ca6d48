-- migration
CREATE TABLE sessions (id bigint PRIMARY KEY);
CREATE TABLE events (id bigint, at date);
CREATE TABLE users (id bigint);
CREATE MATERIALIZED VIEW days AS SELECT at FROM events;
CREATE UNIQUE INDEX days_key ON days (at);
CREATE MATERIALIZED VIEW years AS SELECT at FROM events WITH NO DATA;

-- migration (one by one)
-- expect: table-rewritten "writing all of sessions anew, which VACUUM FULL does, blocks reads and writes until that is done"
VACUUM FULL sessions;
VACUUM (ANALYZE) sessions;
-- expect: table-rewritten "writing all of sessions anew, which CLUSTER does"
CLUSTER sessions USING sessions_pkey;

-- migration
-- expect: table-rewritten "which SET UNLOGGED does"
ALTER TABLE events SET UNLOGGED;
ALTER TABLE events SET UNLOGGED;

-- migration
-- expect: table-locked-explicitly "this blocks reads and writes to events and users from here until the transaction ends"
LOCK TABLE events, users;
SELECT 1;

-- migration
-- expect: table-locked-explicitly "this blocks writes to users"
LOCK TABLE users IN SHARE MODE;
LOCK TABLE users IN ROW EXCLUSIVE MODE;

-- migration
CREATE TABLE copied AS SELECT id FROM events;
ALTER TABLE users ADD COLUMN name text;
-- expect: table-copied "while rows of events are copied to copied_again, reads and writes to users stay blocked, since line"
CREATE TABLE copied_again AS SELECT id FROM events;
CREATE TABLE not_copied AS SELECT id FROM events WITH NO DATA;
CREATE TABLE numbers AS SELECT generate_series(1, 3) AS n;

-- migration
-- expect: autovacuum-disabled "without autovacuum sessions grows with every change and keeps old statistics"
ALTER TABLE sessions SET (autovacuum_enabled = false, toast.autovacuum_enabled = false);

-- migration
ALTER TABLE events SET (autovacuum_enabled = off);
ALTER TABLE events SET (autovacuum_enabled = on, autovacuum_vacuum_threshold = 100);

-- migration
-- expect: materialized-view-refreshed-without-concurrently "refreshing days keeps its readers waiting until its query has run and the transaction ends"
REFRESH MATERIALIZED VIEW days;
-- Nobody can read it yet.
-- expect: work-under-exclusive-lock "works on every row of years while reads and writes to days wait: line 3 locked it"
REFRESH MATERIALIZED VIEW years;

-- migration
REFRESH MATERIALIZED VIEW CONCURRENTLY days;
CREATE MATERIALIZED VIEW fresh AS SELECT 1 AS one;
REFRESH MATERIALIZED VIEW fresh;
CREATE TABLE scratch (id bigint);
ALTER TABLE scratch SET UNLOGGED;
LOCK TABLE scratch;
