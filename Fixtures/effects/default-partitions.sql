-- What a new partition asks of the default partition.
-- without base.sql
CREATE TABLE ranges (id integer, n integer) PARTITION BY RANGE (n);
CREATE TABLE ranges_rest PARTITION OF ranges DEFAULT;
CREATE TABLE ranges_new (id integer, n integer NOT NULL CHECK (n >= 10 AND n < 20));
CREATE TABLE days (id integer, day date) PARTITION BY RANGE (day);
CREATE TABLE days_rest PARTITION OF days DEFAULT;
CREATE TABLE words (id integer, word text) PARTITION BY LIST (word);
CREATE TABLE words_rest PARTITION OF words DEFAULT;
CREATE TABLE numbers (id integer, n integer) PARTITION BY LIST (n);
CREATE TABLE numbers_rest PARTITION OF numbers DEFAULT PARTITION BY LIST (id);
CREATE TABLE numbers_rest_1 PARTITION OF numbers_rest (CHECK (n IS NOT NULL AND n = 7)) FOR VALUES IN (1);
CREATE TABLE numbers_rest_2 PARTITION OF numbers_rest FOR VALUES IN (2);
CREATE TABLE numbers_new (id integer, n integer);
INSERT INTO ranges VALUES (1, 3);
INSERT INTO days VALUES (1, '2020-01-01');
INSERT INTO words VALUES (1, 'x');
INSERT INTO numbers VALUES (2, 9);
-- case: a check keeps the new range out of the default partition
ALTER TABLE ranges_rest ADD CHECK (n < 10 OR n >= 20);
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a check keeps more than the new range out
ALTER TABLE ranges_rest ADD CHECK (n < 5 OR n > 20 OR n IS NULL);
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a check keeps a part of the new range out
ALTER TABLE ranges_rest ADD CHECK (n < 15);
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a check that is not validated proves nothing
ALTER TABLE ranges_rest ADD CHECK (n < 10) NOT VALID;
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a list of values on both sides proves nothing
ALTER TABLE ranges_rest ADD CHECK (n IN (3, 25));
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a list of values on one side proves it
ALTER TABLE ranges_rest ADD CHECK (n IN (3, 4));
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a check with BETWEEN that is negated
ALTER TABLE ranges_rest ADD CHECK (NOT n BETWEEN 10 AND 20);
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: a check with BETWEEN
ALTER TABLE ranges_rest ADD CHECK (n BETWEEN 1 AND 9);
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (10) TO (20);
-- case: the new range has no lower end
ALTER TABLE ranges_rest ADD CHECK (n >= 2);
CREATE TABLE ranges_10 PARTITION OF ranges FOR VALUES FROM (MINVALUE) TO (2);
-- case: a partition is attached that a check keeps out of the default partition
ALTER TABLE ranges_rest ADD CHECK (20 <= n OR 10 > n);
ALTER TABLE ranges ATTACH PARTITION ranges_new FOR VALUES FROM (10) TO (20);
-- case: a partition is attached that nothing keeps out of the default partition
ALTER TABLE ranges ATTACH PARTITION ranges_new FOR VALUES FROM (10) TO (20);
-- case: a partition is attached whose checks say more than its bounds
ALTER TABLE ranges ATTACH PARTITION ranges_new FOR VALUES FROM (5) TO (30);
-- case: a negated check keeps days out of the default partition
ALTER TABLE days_rest ADD CHECK (NOT (day >= '2027-01-01' AND day < '2028-01-01'));
CREATE TABLE days_new PARTITION OF days FOR VALUES FROM ('2027-01-01') TO ('2027-06-01');
-- case: a check keeps a word out of the default partition
ALTER TABLE words_rest ADD CHECK (word <> 'a');
CREATE TABLE words_a PARTITION OF words FOR VALUES IN ('a');
-- case: a check lets NULL into the default partition
ALTER TABLE words_rest ADD CHECK (word <> 'a');
CREATE TABLE words_a PARTITION OF words FOR VALUES IN ('a', NULL);
-- case: a default partition that is partitioned, and a new partition
CREATE TABLE numbers_1 PARTITION OF numbers FOR VALUES IN (1);
-- case: a default partition that is partitioned, and a table that is attached
ALTER TABLE numbers ATTACH PARTITION numbers_new FOR VALUES IN (1);
-- case: a check of a default partition that is partitioned, and a new partition
ALTER TABLE numbers_rest ADD CHECK (n > 5);
CREATE TABLE numbers_1 PARTITION OF numbers FOR VALUES IN (1, 2);
