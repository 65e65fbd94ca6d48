-- case: ATTACH of a range
CREATE TABLE ev (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE ev_24 (id bigint, at date NOT NULL);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_24 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- good
INSERT INTO ev_24 VALUES (1, '2024-01-01'), (1, '2024-12-31');
-- bad 23514
INSERT INTO ev_24 VALUES (1, '2025-01-01');
-- bad 23514
INSERT INTO ev_24 VALUES (1, '2023-12-31');

-- case: ATTACH of a range that may hold NULL
CREATE TABLE ev (id bigint, n int) PARTITION BY RANGE (n);
CREATE TABLE ev_1 (id bigint, n int);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES FROM (MINVALUE) TO (10);
-- good
INSERT INTO ev_1 VALUES (1, -5), (1, 9);
-- bad 23514
INSERT INTO ev_1 VALUES (1, NULL);
-- bad 23514
INSERT INTO ev_1 VALUES (1, 10);

-- case: ATTACH of a range of two columns
CREATE TABLE ev (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE ev_1 (a int, b int);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES FROM (1, 5) TO (2, 3);
-- good
INSERT INTO ev_1 VALUES (1, 5), (1, 90), (2, 2);
-- bad 23514
INSERT INTO ev_1 VALUES (1, 4);
-- bad 23514
INSERT INTO ev_1 VALUES (2, 3);
-- bad 23514
INSERT INTO ev_1 VALUES (1, NULL);

-- case: ATTACH of a range with MINVALUE and MAXVALUE behind a value
CREATE TABLE ev (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE ev_1 (a int, b int);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES FROM (1, MINVALUE) TO (2, MAXVALUE);
-- good
INSERT INTO ev_1 VALUES (1, -5), (2, 90);
-- bad 23514
INSERT INTO ev_1 VALUES (0, 4);
-- bad 23514
INSERT INTO ev_1 VALUES (3, 3);

-- case: ATTACH of a list
CREATE TABLE ev (id bigint, kind text) PARTITION BY LIST (kind);
CREATE TABLE ev_1 (id bigint, kind text);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES IN ('a', 'b');
-- good
INSERT INTO ev_1 VALUES (1, 'a'), (1, 'b');
-- bad 23514
INSERT INTO ev_1 VALUES (1, 'c');
-- bad 23514
INSERT INTO ev_1 VALUES (1, NULL);

-- case: ATTACH of a list with NULL
CREATE TABLE ev (id bigint, kind text) PARTITION BY LIST (kind);
CREATE TABLE ev_1 (id bigint, kind text);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES IN ('a', NULL);
-- good
INSERT INTO ev_1 VALUES (1, 'a'), (1, NULL);
-- bad 23514
INSERT INTO ev_1 VALUES (1, 'c');

-- case: ATTACH of a hash partition
CREATE TABLE ev (id bigint) PARTITION BY HASH (id);
CREATE TABLE ev_0 (id bigint);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_0 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
-- good
INSERT INTO ev_0 SELECT n FROM generate_series(1, 20) AS n WHERE satisfies_hash_partition('ev'::regclass, 2, 0, n::bigint);
-- bad 23514
INSERT INTO ev_0 SELECT n FROM generate_series(1, 20) AS n;

-- case: ATTACH of a default partition
CREATE TABLE ev (id bigint, n int) PARTITION BY LIST (n);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES IN (1);
CREATE TABLE ev_2 PARTITION OF ev FOR VALUES IN (2);
CREATE TABLE ev_rest (id bigint, n int);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_rest DEFAULT;
-- good
INSERT INTO ev_rest VALUES (1, 3), (1, NULL);
-- bad 23514
INSERT INTO ev_rest VALUES (1, 2);

-- case: ATTACH to a table that is a partition itself
CREATE TABLE ev (id bigint, n int) PARTITION BY LIST (n);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES IN (1) PARTITION BY RANGE (id);
CREATE TABLE ev_1_1 (id bigint, n int);
-- statement
ALTER TABLE ev_1 ATTACH PARTITION ev_1_1 FOR VALUES FROM (0) TO (10);
-- good
INSERT INTO ev_1_1 VALUES (1, 1);
-- bad 23514
INSERT INTO ev_1_1 VALUES (1, 2);
-- bad 23514
INSERT INTO ev_1_1 VALUES (10, 1);

-- case: ATTACH of a table that lacks its unique index
CREATE TABLE ev (id bigint, n int NOT NULL, UNIQUE (id, n)) PARTITION BY LIST (n);
CREATE TABLE ev_1 (id bigint, n int NOT NULL);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES IN (1);
-- good
INSERT INTO ev_1 VALUES (1, 1), (2, 1);
-- bad 23505
INSERT INTO ev_1 VALUES (1, 1), (1, 1);

-- case: ATTACH of a table that lacks its foreign key
CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE ev (id bigint, plan int REFERENCES plans, n int) PARTITION BY LIST (n);
CREATE TABLE ev_1 (id bigint, plan int, n int);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES IN (1);
-- good
INSERT INTO plans VALUES (1); INSERT INTO ev_1 VALUES (1, 1, 1), (2, NULL, 1);
-- bad 23503
INSERT INTO ev_1 VALUES (1, 1, 1);

-- case: rows of the default partition that belong in an attached one
CREATE TABLE ev (id bigint, n int) PARTITION BY RANGE (n);
CREATE TABLE ev_rest PARTITION OF ev DEFAULT;
CREATE TABLE ev_1 (id bigint, n int);
-- statement
ALTER TABLE ev ATTACH PARTITION ev_1 FOR VALUES FROM (1) TO (10);
-- good
INSERT INTO ev VALUES (1, 10), (1, 0), (1, NULL);
-- bad 23514
INSERT INTO ev VALUES (1, 9);

-- case: rows of the default partition that belong in a new one
CREATE TABLE ev (id bigint, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE ev_rest PARTITION OF ev DEFAULT;
-- statement
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- good
INSERT INTO ev VALUES (1, '2025-01-01'), (1, NULL);
-- bad 23514
INSERT INTO ev VALUES (1, '2024-05-05');

-- case: rows of the default partition that belong in a new list
CREATE TABLE ev (id bigint, kind text) PARTITION BY LIST (lower(kind));
CREATE TABLE ev_rest PARTITION OF ev DEFAULT;
-- statement
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES IN ('a', 'b');
-- good
INSERT INTO ev VALUES (1, 'C'), (1, NULL);
-- bad 23514
INSERT INTO ev VALUES (1, 'A');
