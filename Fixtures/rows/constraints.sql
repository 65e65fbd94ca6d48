-- case: CHECK
CREATE TABLE users (id bigint PRIMARY KEY, age int);
-- statement
ALTER TABLE users ADD CONSTRAINT grown CHECK (age >= 18 AND age < 200);
-- good
INSERT INTO users VALUES (1, 18), (2, NULL);
-- bad 23514
INSERT INTO users VALUES (1, 18), (2, 17);

-- case: CHECK with OR, strings and quotes
CREATE TABLE users (id bigint PRIMARY KEY, kind text, "Age" int);
-- statement
ALTER TABLE users ADD CHECK (users.kind IN ('it''s', 'a\b') OR "Age" > 3 AND kind IS NOT NULL);
-- good
INSERT INTO users VALUES (1, 'it''s', 1), (2, 'x', 4), (3, 'a\b', 0), (4, NULL, NULL), (5, NULL, 4);
-- bad 23514
INSERT INTO users VALUES (1, 'its', 1);

-- case: CHECK reaches partitions
CREATE TABLE ev (id bigint, n int) PARTITION BY LIST (n);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES IN (1);
-- statement
ALTER TABLE ev ADD CHECK (id > 0);
-- good
INSERT INTO ev VALUES (1, 1);
-- bad 23514
INSERT INTO ev VALUES (0, 1);

-- case: CHECK NO INHERIT leaves children out
CREATE TABLE parents (id bigint);
CREATE TABLE children () INHERITS (parents);
-- statement
ALTER TABLE parents ADD CHECK (id > 0) NO INHERIT;
-- good
INSERT INTO children VALUES (0);
-- bad 23514
INSERT INTO parents VALUES (0);

-- case: VALIDATE of a check
CREATE TABLE users (id bigint PRIMARY KEY, age int);
-- before
ALTER TABLE users ADD CONSTRAINT grown CHECK (age >= 18) NOT VALID;
-- statement
ALTER TABLE users VALIDATE CONSTRAINT grown;
-- good
INSERT INTO users VALUES (1, 18);
-- bad 23514
INSERT INTO users VALUES (1, 17);

-- case: VALIDATE of a foreign key
CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY, plan int);
-- before
ALTER TABLE users ADD CONSTRAINT fk FOREIGN KEY (plan) REFERENCES plans NOT VALID;
-- statement
ALTER TABLE users VALIDATE CONSTRAINT fk;
-- good
INSERT INTO plans VALUES (1); INSERT INTO users VALUES (1, 1), (2, NULL);
-- bad 23503
INSERT INTO plans VALUES (1); INSERT INTO users VALUES (1, 2);

-- case: UNIQUE
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- statement
ALTER TABLE users ADD UNIQUE (email);
-- good
INSERT INTO users VALUES (1, 'a'), (2, 'A'), (3, NULL), (4, NULL);
-- bad 23505
INSERT INTO users VALUES (1, 'a'), (2, 'a');

-- case: UNIQUE of several columns
CREATE TABLE users (id bigint PRIMARY KEY, a int, b text);
-- statement
ALTER TABLE users ADD CONSTRAINT u UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED;
-- good
INSERT INTO users VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 1, NULL), (4, 1, NULL);
-- bad 23505
INSERT INTO users VALUES (1, 1, 'a'), (2, 1, 'a');

-- case: UNIQUE NULLS NOT DISTINCT
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int);
-- statement
ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (a, b);
-- good
INSERT INTO users VALUES (1, 1, NULL), (2, NULL, NULL), (3, NULL, 1);
-- bad 23505
INSERT INTO users VALUES (1, 1, NULL), (2, 1, NULL);

-- case: unique index
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- statement
CREATE UNIQUE INDEX users_email ON users (email DESC NULLS LAST) INCLUDE (id);
-- good
INSERT INTO users VALUES (1, 'a'), (2, 'b');
-- bad 23505
INSERT INTO users VALUES (1, 'a'), (2, 'a');

-- case: unique index on an expression
CREATE TABLE users (id bigint PRIMARY KEY, email text, tenant int);
-- statement
CREATE UNIQUE INDEX ON users (tenant, lower(email));
-- good
INSERT INTO users VALUES (1, 'a', 1), (2, 'A', 2), (3, NULL, 1), (4, NULL, 1);
-- bad 23505
INSERT INTO users VALUES (1, 'a', 1), (2, 'A', 1);

-- case: partial unique index
CREATE TABLE users (id bigint PRIMARY KEY, email text, deleted_at timestamptz);
-- statement
CREATE UNIQUE INDEX ON users (email) WHERE deleted_at IS NULL;
-- good
INSERT INTO users VALUES (1, 'a', NULL), (2, 'a', now()), (3, 'a', now());
-- bad 23505
INSERT INTO users VALUES (1, 'a', NULL), (2, 'a', NULL);

-- case: unique index on a constant
CREATE TABLE settings (id bigint PRIMARY KEY, theme text);
-- statement
CREATE UNIQUE INDEX ON settings ((true));
-- good
INSERT INTO settings VALUES (1, 'dark');
-- bad 23505
INSERT INTO settings VALUES (1, 'dark'), (2, 'light');

-- case: unique index with an operator class and a collation
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
-- statement
CREATE UNIQUE INDEX ON users (email text_pattern_ops, name COLLATE "C");
-- good
INSERT INTO users VALUES (1, 'a', 'b'), (2, 'a', 'B');
-- bad 23505
INSERT INTO users VALUES (1, 'a', 'b'), (2, 'a', 'b');

-- case: unique index leaves children out
CREATE TABLE parents (id bigint);
CREATE TABLE children () INHERITS (parents);
-- statement
CREATE UNIQUE INDEX ON parents (id);
-- good
INSERT INTO children VALUES (1), (1);
-- bad 23505
INSERT INTO parents VALUES (1), (1);

-- case: unique index of a materialized view
CREATE TABLE users (id bigint, a int);
CREATE MATERIALIZED VIEW totals AS SELECT a, id FROM users;
-- statement
CREATE UNIQUE INDEX ON totals (a);
-- good
INSERT INTO users VALUES (1, 1); REFRESH MATERIALIZED VIEW totals;
-- bad 23505
INSERT INTO users VALUES (1, 1), (2, 1); REFRESH MATERIALIZED VIEW totals;

-- case: unique index of a partitioned table
CREATE TABLE ev (id bigint, n int) PARTITION BY LIST (n);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES IN (1);
CREATE TABLE ev_2 PARTITION OF ev FOR VALUES IN (2);
-- statement
CREATE UNIQUE INDEX ON ev (id, n);
-- good
INSERT INTO ev VALUES (1, 1), (1, 2);
-- bad 23505
INSERT INTO ev VALUES (1, 1), (1, 1);

-- case: PRIMARY KEY
CREATE TABLE users (id bigint, email text);
-- statement
ALTER TABLE users ADD PRIMARY KEY (id);
-- good
INSERT INTO users VALUES (1), (2);
-- bad 23505
INSERT INTO users VALUES (1), (1);
-- bad 23502
INSERT INTO users VALUES (1), (NULL);

-- case: PRIMARY KEY of two columns
CREATE TABLE users (a bigint NOT NULL, b int);
-- statement
ALTER TABLE users ADD CONSTRAINT pk PRIMARY KEY (a, b);
-- good
INSERT INTO users VALUES (1, 1), (1, 2);
-- bad 23505
INSERT INTO users VALUES (1, 1), (1, 1);
-- bad 23502
INSERT INTO users VALUES (1, 1), (1, NULL);

-- case: PRIMARY KEY USING INDEX
CREATE TABLE users (id bigint, email text);
CREATE UNIQUE INDEX users_id ON users (id);
-- statement
ALTER TABLE users ADD CONSTRAINT pk PRIMARY KEY USING INDEX users_id;
-- good
INSERT INTO users VALUES (1);
-- bad 23502
INSERT INTO users VALUES (NULL);

-- case: FOREIGN KEY
CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY, plan int);
-- statement
ALTER TABLE users ADD FOREIGN KEY (plan) REFERENCES plans ON DELETE CASCADE;
-- good
INSERT INTO plans VALUES (1); INSERT INTO users VALUES (1, 1), (2, NULL);
-- bad 23503
INSERT INTO users VALUES (1, 2);

-- case: FOREIGN KEY to its own table
CREATE TABLE nodes (id int PRIMARY KEY, parent int);
-- statement
ALTER TABLE nodes ADD FOREIGN KEY (parent) REFERENCES nodes (id);
-- good
INSERT INTO nodes VALUES (1, 1), (2, 1), (3, NULL);
-- bad 23503
INSERT INTO nodes VALUES (1, 2);

-- case: FOREIGN KEY of two columns, MATCH SIMPLE
CREATE TABLE plans (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE users (id bigint PRIMARY KEY, x int, y int);
-- statement
ALTER TABLE users ADD FOREIGN KEY (x, y) REFERENCES plans (a, b);
-- good
INSERT INTO plans VALUES (1, 2); INSERT INTO users VALUES (1, 1, 2), (2, 7, NULL), (3, NULL, NULL);
-- bad 23503
INSERT INTO plans VALUES (1, 2); INSERT INTO users VALUES (1, 2, 1);

-- case: FOREIGN KEY of two columns, MATCH FULL
CREATE TABLE plans (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE users (id bigint PRIMARY KEY, x int, y int);
-- statement
ALTER TABLE users ADD FOREIGN KEY (x, y) REFERENCES plans (a, b) MATCH FULL;
-- good
INSERT INTO plans VALUES (1, 2); INSERT INTO users VALUES (1, 1, 2), (3, NULL, NULL);
-- bad 23503
INSERT INTO plans VALUES (1, 2); INSERT INTO users VALUES (1, 1, NULL);
-- bad 23503
INSERT INTO plans VALUES (1, 2); INSERT INTO users VALUES (1, 2, 1);

-- case: FOREIGN KEY to a table with children, whose rows do not count
CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE special_plans () INHERITS (plans);
CREATE TABLE users (id bigint PRIMARY KEY, plan int);
-- statement
ALTER TABLE users ADD FOREIGN KEY (plan) REFERENCES plans;
-- good
INSERT INTO plans VALUES (1); INSERT INTO users VALUES (1, 1);
-- bad 23503
INSERT INTO special_plans VALUES (1); INSERT INTO users VALUES (1, 1);

-- case: FOREIGN KEY of a partitioned table
CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE ev (id bigint, plan int) PARTITION BY LIST (id);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES IN (1);
-- statement
ALTER TABLE ev ADD FOREIGN KEY (plan) REFERENCES plans;
-- good
INSERT INTO plans VALUES (1); INSERT INTO ev VALUES (1, 1);
-- bad 23503
INSERT INTO ev VALUES (1, 1);

-- case: EXCLUDE
CREATE TABLE bookings (id bigint PRIMARY KEY, during int4range);
-- statement
ALTER TABLE bookings ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&);
-- good
INSERT INTO bookings VALUES (1, '[1,3)'), (2, '[3,5)'), (3, NULL), (4, NULL);
-- bad 23P01
INSERT INTO bookings VALUES (1, '[1,4)'), (2, '[3,5)');

-- case: partial EXCLUDE on an expression
CREATE TABLE bookings (id bigint PRIMARY KEY, a int, b int, cancelled boolean);
-- statement
ALTER TABLE bookings ADD EXCLUDE USING gist (int4range(a, b) WITH &&) WHERE (NOT cancelled);
-- good
INSERT INTO bookings VALUES (1, 1, 4, false), (2, 2, 5, true), (3, 3, 6, NULL);
-- bad 23P01
INSERT INTO bookings VALUES (1, 1, 4, false), (2, 2, 5, false);
