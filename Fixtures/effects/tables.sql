-- case: a new table
CREATE TABLE t (id bigint PRIMARY KEY, name text UNIQUE);
-- case: a new table with a foreign key
CREATE TABLE t (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- case: a new table with two foreign keys
CREATE TABLE t (user_id bigint REFERENCES users, order_id integer, FOREIGN KEY (order_id) REFERENCES orders);
-- case: a new table with a foreign key to a partitioned table
CREATE TABLE t (id bigint, at date, FOREIGN KEY (id, at) REFERENCES events);
-- case: a table that is there already
CREATE TABLE IF NOT EXISTS users (id bigint REFERENCES orders);
-- case: a table like another one
CREATE TABLE t (LIKE users INCLUDING ALL);
-- case: a child
CREATE TABLE t (color text) INHERITS (animals);
-- case: a partition of a table with a default partition
CREATE TABLE t PARTITION OF events FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');
-- case: a partition of a table without one
CREATE TABLE t PARTITION OF logs FOR VALUES IN ('info');
-- case: a default partition
CREATE TABLE t PARTITION OF logs DEFAULT;
-- case: a table from a query
CREATE TABLE t AS SELECT * FROM users;
-- case: SELECT INTO
SELECT * INTO t FROM plain;
-- case: a table is dropped
DROP TABLE plain;
-- case: a table with a foreign key is dropped
DROP TABLE items;
-- case: a table that others refer to is dropped
DROP TABLE orders CASCADE;
-- case: a table with views is dropped
DROP TABLE users CASCADE;
-- case: a partitioned table is dropped
DROP TABLE events;
-- case: a partition is dropped
DROP TABLE events_2025;
-- case: a parent is dropped
DROP TABLE animals CASCADE;
-- case: a child is dropped
DROP TABLE dogs;
-- case: a table that is not there is dropped
DROP TABLE IF EXISTS nothing;
-- case: two tables are dropped
DROP TABLE items, plain;
-- case: a table is truncated
TRUNCATE plain;
-- case: a table is truncated with those that refer to it
TRUNCATE orders CASCADE;
-- case: a partitioned table is truncated
TRUNCATE events;
-- case: a parent is truncated
TRUNCATE animals;
-- case: a parent alone is truncated
TRUNCATE ONLY animals;
-- case: a table and its identity are truncated
TRUNCATE orders, items RESTART IDENTITY;
-- case: a table gets a new name
ALTER TABLE plain RENAME TO simple;
-- case: a table that is not there gets a new name
ALTER TABLE IF EXISTS nothing RENAME TO simple;
-- case: a partitioned table gets a new name
ALTER TABLE events RENAME TO happenings;
-- case: a column gets a new name
ALTER TABLE plain RENAME COLUMN a TO d;
-- case: a column of a partitioned table gets a new name
ALTER TABLE events RENAME COLUMN kind TO sort;
-- case: a column of a parent gets a new name
ALTER TABLE animals RENAME COLUMN legs TO feet;
-- case: a table moves to another schema
ALTER TABLE orders SET SCHEMA archive;
-- case: a table becomes unlogged
ALTER TABLE plain SET UNLOGGED;
-- case: a table becomes logged
ALTER TABLE cache SET LOGGED;
-- case: a logged table becomes logged
ALTER TABLE plain SET LOGGED;
-- case: a fill factor
ALTER TABLE plain SET (fillfactor = 70);
-- case: autovacuum is switched off
ALTER TABLE plain SET (autovacuum_enabled = false);
-- case: autovacuum of the TOAST table
ALTER TABLE users SET (toast.autovacuum_enabled = false);
-- case: options are reset
ALTER TABLE plain RESET (fillfactor);
-- case: a user catalog table
ALTER TABLE plain SET (user_catalog_table = true);
-- case: the replica identity
ALTER TABLE plain REPLICA IDENTITY FULL;
-- case: the replica identity is an index
ALTER TABLE users REPLICA IDENTITY USING INDEX users_pkey;
-- case: row security
ALTER TABLE plain ENABLE ROW LEVEL SECURITY;
-- case: forced row security
ALTER TABLE plain FORCE ROW LEVEL SECURITY;
-- case: the index to cluster on
ALTER TABLE users CLUSTER ON users_pkey;
-- case: no index to cluster on
ALTER TABLE users SET WITHOUT CLUSTER;
-- case: a trigger is switched off
ALTER TABLE orders DISABLE TRIGGER orders_note;
-- case: all triggers are switched off
ALTER TABLE orders DISABLE TRIGGER ALL;
-- case: a rule is switched off
ALTER TABLE plain DISABLE RULE plain_rule;
-- case: another owner
ALTER TABLE orders OWNER TO pg_monitor;
-- case: a table becomes a child
ALTER TABLE strays INHERIT animals;
-- case: a child becomes a table
ALTER TABLE dogs NO INHERIT animals;
-- case: a table is locked
LOCK TABLE plain IN SHARE MODE;
-- case: a parent is locked
LOCK TABLE animals;
-- case: a parent alone is locked
LOCK TABLE ONLY animals IN EXCLUSIVE MODE;
-- case: a partitioned table is locked
LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE;
-- case: a table is clustered
CLUSTER users USING users_pkey;
-- case: a parent is clustered
CLUSTER animals USING animals_pkey;
-- case: a table is clustered on the index of the last time
ALTER TABLE users CLUSTER ON users_pkey;
CLUSTER users;
-- case: the default access method
ALTER TABLE plain SET ACCESS METHOD heap;
-- case: a comment on a table
COMMENT ON TABLE plain IS 'x';
-- case: a comment on a column
COMMENT ON COLUMN plain.a IS 'x';
-- case: a comment on a constraint
COMMENT ON CONSTRAINT users_age_check ON users IS 'x';
-- case: a comment on an index
COMMENT ON INDEX users_name_idx IS 'x';
-- case: a privilege
GRANT SELECT ON plain TO CURRENT_USER;
-- case: a table gets a type
ALTER TABLE places OF address;
-- case: a table loses its type
ALTER TABLE homes NOT OF;
-- case: a type's attribute and the tables of the type
ALTER TYPE spot ALTER ATTRIBUTE city TYPE varchar(50) CASCADE;
-- case: a new attribute of a type that tables have
ALTER TYPE spot ADD ATTRIBUTE country text CASCADE;
-- case: an attribute is dropped of a type that tables have
ALTER TYPE spot DROP ATTRIBUTE city CASCADE;
-- case: WITHOUT OIDS
ALTER TABLE plain SET WITHOUT OIDS;
-- case: row security is switched off
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
-- case: row security is not forced
ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
-- case: the default replica identity
ALTER TABLE plain REPLICA IDENTITY DEFAULT;
-- case: a trigger fires always
ALTER TABLE orders ENABLE ALWAYS TRIGGER orders_note;
-- case: a trigger fires for replication
ALTER TABLE orders ENABLE REPLICA TRIGGER orders_note;
-- case: the users' triggers are switched on
ALTER TABLE orders ENABLE TRIGGER USER;
-- case: a rule is switched on
ALTER TABLE plain ENABLE RULE plain_rule;
-- case: a rule fires always
ALTER TABLE plain ENABLE ALWAYS RULE plain_rule;
-- case: a rule fires for replication
ALTER TABLE plain ENABLE REPLICA RULE plain_rule;
-- case: all triggers of a partitioned table are switched off
ALTER TABLE events DISABLE TRIGGER ALL;
-- case: a foreign table's options
ALTER FOREIGN TABLE far OPTIONS (SET name 'near');
-- case: options of a foreign table's column
ALTER FOREIGN TABLE far ALTER COLUMN a OPTIONS (SET name 'x');
-- case: a column of a foreign table
ALTER FOREIGN TABLE far ADD COLUMN c uuid DEFAULT gen_random_uuid();
-- case: a required column of a foreign table
ALTER FOREIGN TABLE far ALTER COLUMN a SET NOT NULL;
-- case: a foreign table is dropped
DROP FOREIGN TABLE far;
-- case: several actions of different passes
ALTER TABLE users ADD COLUMN a integer, DROP COLUMN tags, ALTER COLUMN small TYPE integer, ADD CHECK (small > 0);
-- case: a partitioned table becomes another owner's
ALTER TABLE events OWNER TO pg_monitor;
-- case: a fill factor of a partition
ALTER TABLE events_2025 SET (fillfactor = 70);
-- case: a partition moves to another schema
ALTER TABLE events_2025 SET SCHEMA archive;
-- case: a partition becomes unlogged
ALTER TABLE events_rest SET UNLOGGED;
-- case: a check NOT VALID of a partition
ALTER TABLE events_2025 ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- case: a table moves to the tablespace where it is
ALTER TABLE plain SET TABLESPACE pg_default;
-- case: LOCK TABLE of a view
LOCK TABLE adults IN EXCLUSIVE MODE;
-- case: LOCK TABLE of a view of a view
LOCK TABLE adult_names IN SHARE MODE;
