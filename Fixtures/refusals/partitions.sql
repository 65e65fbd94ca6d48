-- Partitions, keys that others point to, publications.
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, code varchar(10), CONSTRAINT users_name_key UNIQUE (name, code));
CREATE UNIQUE INDEX users_email_idx ON users (email) WHERE email <> '';
CREATE TABLE events (id bigint, at date NOT NULL, user_id bigint) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE logs (id bigint, level text) PARTITION BY LIST (level);
CREATE TABLE logs_error PARTITION OF logs FOR VALUES IN ('error');
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
CREATE TABLE parts (id bigint) PARTITION BY HASH (id);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE plain (id bigint, at date NOT NULL, user_id bigint);
CREATE TABLE animals (id integer NOT NULL, name text);
CREATE TABLE dogs (breed text) INHERITS (animals);

-- case: a primary key without the partition key
-- refused: 0A000
CREATE TABLE t (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);

-- case: a primary key with the partition key
-- runs
CREATE TABLE t (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);

-- case: a unique constraint without the partition key
-- refused: 0A000
ALTER TABLE events ADD UNIQUE (id);

-- case: a unique index without the partition key
-- refused: 0A000
CREATE UNIQUE INDEX ON events (id);

-- case: a primary key beside a partition key that is an expression
-- refused: 0A000
CREATE TABLE t (id bigint PRIMARY KEY) PARTITION BY RANGE ((id + 1));

-- case: a partition key that is not there
-- refused: 42703
CREATE TABLE t (id bigint) PARTITION BY RANGE (at);

-- case: a partition key that is not immutable
-- refused: 42P17
CREATE TABLE t (at timestamptz) PARTITION BY RANGE ((at::date));

-- case: lists of two columns
-- refused: 42P17
CREATE TABLE t (a text, b text) PARTITION BY LIST (a, b);

-- case: bounds that overlap
-- refused: 42P17
CREATE TABLE events_more PARTITION OF events FOR VALUES FROM ('2025-06-01') TO ('2026-06-01');

-- case: bounds that touch
-- runs
CREATE TABLE events_more PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- case: bounds that hold nothing
-- refused: 42P17
CREATE TABLE events_more PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2026-01-01');

-- case: a value that a partition has
-- refused: 42P17
CREATE TABLE logs_more PARTITION OF logs FOR VALUES IN ('debug', 'error');

-- case: a second default partition
-- refused: 42P17
CREATE TABLE logs_more PARTITION OF logs DEFAULT;

-- case: a list for ranges
-- refused: 42P16
CREATE TABLE events_more PARTITION OF events FOR VALUES IN ('2027-01-01');

-- case: a remainder that a partition has
-- refused: 42P17
CREATE TABLE parts_more PARTITION OF parts FOR VALUES WITH (MODULUS 4, REMAINDER 0);

-- case: a remainder that another modulus covers
-- refused: 42P17
CREATE TABLE parts_more PARTITION OF parts FOR VALUES WITH (MODULUS 8, REMAINDER 4);

-- case: a modulus that is no multiple
-- refused: 42P17
CREATE TABLE parts_more PARTITION OF parts FOR VALUES WITH (MODULUS 6, REMAINDER 1);

-- case: a remainder that no partition covers
-- runs
CREATE TABLE parts_more PARTITION OF parts FOR VALUES WITH (MODULUS 8, REMAINDER 1);

-- case: a default partition of hashes
-- refused: 42P16
CREATE TABLE parts_more PARTITION OF parts DEFAULT;

-- case: a partition of a table that is not partitioned
-- refused: 42P17
CREATE TABLE plain_1 PARTITION OF plain FOR VALUES IN (1);

-- case: a table attached that has a column too many
-- refused: 42804
CREATE TABLE t (id bigint, at date NOT NULL, user_id bigint, more text);
ALTER TABLE events ATTACH PARTITION t FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a table attached that lacks a column
-- refused: 42804
CREATE TABLE t (id bigint, at date NOT NULL);
ALTER TABLE events ATTACH PARTITION t FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a table attached whose column has another type
-- refused: 42804
CREATE TABLE t (id integer, at date NOT NULL, user_id bigint);
ALTER TABLE events ATTACH PARTITION t FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a table attached whose column may be null
-- refused: 42804
CREATE TABLE t (id bigint, at date, user_id bigint);
ALTER TABLE events ATTACH PARTITION t FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a table attached whose columns stand in another order
-- runs
CREATE TABLE t (user_id bigint, id bigint, at date NOT NULL);
ALTER TABLE events ATTACH PARTITION t FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a partition attached that is one
-- refused: 42809
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a table detached that is no partition
-- refused: 42P01
ALTER TABLE events DETACH PARTITION plain;

-- case: a partition detached concurrently beside a default one
-- refused: 55000
-- alone
ALTER TABLE logs DETACH PARTITION logs_error CONCURRENTLY;

-- case: a partition detached concurrently where there is no default one
-- runs
-- alone
ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;

-- case: an index on a partitioned table, concurrently
-- refused: 0A000
-- alone
CREATE INDEX CONCURRENTLY ON events (id);

-- case: an index on a partition, concurrently
-- runs
-- alone
CREATE INDEX CONCURRENTLY ON events_2025 (id);

-- case: an index of a partitioned table dropped concurrently
-- refused: 0A000
-- alone
CREATE INDEX events_id_idx ON events (id);
DROP INDEX CONCURRENTLY events_id_idx;

-- case: the index of a partition that belongs to one of the whole
-- refused: 2BP01
CREATE INDEX events_id_idx ON events (id);
DROP INDEX events_2025_id_idx;

-- case: a column added to a partition
-- refused: 42809
ALTER TABLE events_2025 ADD COLUMN more text;

-- case: a column of a partition dropped
-- refused: 42P16
ALTER TABLE events_2025 DROP COLUMN user_id;

-- case: a column of a partition renamed
-- refused: 42P16
ALTER TABLE events_2025 RENAME COLUMN user_id TO owner;

-- case: the type of a column of a partition
-- refused: 42P16
ALTER TABLE events_2025 ALTER COLUMN user_id TYPE numeric;

-- case: the default of a column of a partition
-- runs
ALTER TABLE events_2025 ALTER COLUMN user_id SET DEFAULT 1;

-- case: the partition key dropped
-- refused: 42P16
ALTER TABLE events DROP COLUMN at;

-- case: the type of the partition key
-- refused: 42P16
ALTER TABLE events ALTER COLUMN at TYPE timestamp;

-- case: a column added to the partitioned table alone
-- refused: 42P16
ALTER TABLE ONLY events ADD COLUMN more text;

-- case: an inherited column dropped
-- refused: 42P16
ALTER TABLE dogs DROP COLUMN name;

-- case: an inherited column renamed
-- refused: 42P16
ALTER TABLE dogs RENAME COLUMN name TO called;

-- case: a child of a partitioned table
-- refused: 42809
CREATE TABLE t () INHERITS (events);

-- case: a child that is its own parent
-- refused: 42P07
ALTER TABLE animals INHERIT dogs;

-- case: a child without a column of its parent
-- refused: 42804
CREATE TABLE cats (id integer NOT NULL);
ALTER TABLE cats INHERIT animals;

-- case: a child of another type
-- refused: 42804
CREATE TABLE cats (id bigint NOT NULL, name text);
ALTER TABLE cats INHERIT animals;

-- case: no longer a child of what is no parent
-- refused: 42P01
ALTER TABLE plain NO INHERIT animals;

-- case: a foreign key to a column without a key
-- refused: 42830
ALTER TABLE plain ADD FOREIGN KEY (id) REFERENCES users (email);

-- case: a foreign key to a column with a unique index of some rows
-- refused: 42830
CREATE TABLE t (email text REFERENCES users (email));

-- case: a foreign key to one of two columns of a key
-- refused: 42830
CREATE TABLE t (name text REFERENCES users (name));

-- case: a foreign key to the columns of a key in another order
-- runs
CREATE TABLE t (name text, code text, FOREIGN KEY (code, name) REFERENCES users (code, name));

-- case: a foreign key to a table without a primary key
-- refused: 42704
CREATE TABLE t (id bigint REFERENCES plain);

-- case: a foreign key to a unique index that is no constraint
-- runs
CREATE UNIQUE INDEX ON plain (id);
CREATE TABLE t (id bigint REFERENCES plain (id));

-- case: a foreign key of one column to two
-- refused: 42830
CREATE TABLE t (name text, FOREIGN KEY (name) REFERENCES users (name, code));

-- case: a foreign key of a type that is not compared with the key's
-- refused: 42804
CREATE TABLE t (user_id text REFERENCES users);

-- case: a foreign key of a smaller number
-- runs
CREATE TABLE t (user_id smallint REFERENCES users);

-- case: a foreign key of a column that is not there
-- refused: 42703
ALTER TABLE plain ADD FOREIGN KEY (owner) REFERENCES users;

-- case: a foreign key of a table that stays to a temporary one
-- refused: 42P16
CREATE TEMPORARY TABLE t (id bigint PRIMARY KEY);
ALTER TABLE plain ADD FOREIGN KEY (id) REFERENCES t;

-- case: a foreign key of a logged table to an unlogged one
-- refused: 42P16
CREATE UNLOGGED TABLE t (id bigint PRIMARY KEY);
ALTER TABLE plain ADD FOREIGN KEY (id) REFERENCES t;

-- case: a foreign key on a partitioned table that is not valid
-- refused: 42809
-- until: 17
ALTER TABLE events ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;

-- case: a foreign key on a partitioned table that is not valid, from 18
-- runs
-- from: 18
ALTER TABLE events ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;

-- case: an update of a published table without an identity
-- refused: 55000
CREATE PUBLICATION news FOR TABLE plain;
UPDATE plain SET user_id = 1;

-- case: a delete from a published table without an identity
-- refused: 55000
CREATE PUBLICATION news FOR TABLE plain;
DELETE FROM plain;

-- case: an insert into a published table without an identity
-- runs
CREATE PUBLICATION news FOR TABLE plain;
INSERT INTO plain VALUES (1, '2025-01-01', 1);

-- case: an update where inserts alone are published
-- runs
CREATE PUBLICATION news FOR TABLE plain WITH (publish = 'insert');
UPDATE plain SET user_id = 1;

-- case: an update of a published table whose rows are the identity
-- runs
ALTER TABLE plain REPLICA IDENTITY FULL;
CREATE PUBLICATION news FOR TABLE plain;
UPDATE plain SET user_id = 1;

-- case: an update of a published table with a primary key
-- runs
CREATE PUBLICATION news FOR TABLE users;
UPDATE users SET email = 'x';

-- case: an update where all tables are published
-- refused: 55000
CREATE PUBLICATION news FOR ALL TABLES;
UPDATE plain SET user_id = 1;

-- case: a view in a publication
-- refused: 22023
CREATE VIEW v AS SELECT 1 AS a;
CREATE PUBLICATION news FOR TABLE v;

-- case: an update of a table in a published schema
-- refused: 55000
CREATE PUBLICATION news FOR TABLES IN SCHEMA public;
UPDATE plain SET user_id = 1;

-- case: an update of a table that the publication does not list any more
-- runs
CREATE PUBLICATION news FOR TABLE plain;
ALTER PUBLICATION news SET TABLE users;
UPDATE plain SET user_id = 1;

-- case: an update of a published table under its new name
-- refused: 55000
CREATE PUBLICATION news FOR TABLE plain;
ALTER TABLE plain RENAME TO simple;
UPDATE simple SET user_id = 1;

-- case: a published column that is not there
-- refused: 42703
CREATE PUBLICATION news FOR TABLE plain (nothing);

-- case: a published column twice
-- refused: 42710
CREATE PUBLICATION news FOR TABLE plain (id, id);

-- case: a published column of the system
-- refused: 42P10
CREATE PUBLICATION news FOR TABLE plain (ctid);

-- case: a condition on a column that is not there
-- refused: 42703
CREATE PUBLICATION news FOR TABLE plain WHERE (nothing > 1);

-- case: a condition that is none
-- refused: 42804
CREATE PUBLICATION news FOR TABLE plain WHERE (id);

-- case: a table twice, once by columns
-- refused: 42710
CREATE PUBLICATION news FOR TABLE plain (id), plain;

-- case: a table twice
-- runs
CREATE PUBLICATION news FOR TABLE plain, plain;

-- case: columns beside a schema
-- refused: 22023
CREATE PUBLICATION news FOR TABLE plain (id), TABLES IN SCHEMA public;

-- case: columns of a partitioned table
-- refused: 22023
CREATE PUBLICATION news FOR TABLE events (id);

-- case: columns of a partitioned table, sent as its own
-- runs
CREATE PUBLICATION news FOR TABLE events (id) WITH (publish_via_partition_root = true);

-- case: a schema of the system
-- refused: 22023
CREATE PUBLICATION news FOR TABLES IN SCHEMA pg_catalog;

-- case: an option that publications have not
-- refused: 42601
CREATE PUBLICATION news WITH (colour = 'red');

-- case: an action that publications have not
-- refused: 42601
CREATE PUBLICATION news WITH (publish = 'merge');

-- case: a table added to a publication of all tables
-- refused: 55000
CREATE PUBLICATION news FOR ALL TABLES;
ALTER PUBLICATION news ADD TABLE plain;

-- case: a schema added twice
-- refused: 42710
CREATE PUBLICATION news FOR TABLES IN SCHEMA public;
ALTER PUBLICATION news ADD TABLES IN SCHEMA public;

-- case: a schema dropped that is not published
-- refused: 42704
CREATE PUBLICATION news FOR TABLE plain;
ALTER PUBLICATION news DROP TABLES IN SCHEMA public;

-- case: columns named where a table is dropped
-- refused: 42601
CREATE PUBLICATION news FOR TABLE plain;
ALTER PUBLICATION news DROP TABLE plain (id);
