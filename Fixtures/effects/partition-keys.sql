-- Foreign keys from and to partitioned tables.
-- without base.sql
CREATE TABLE depots (id bigint PRIMARY KEY);
CREATE TABLE trips (depot_id bigint, day integer NOT NULL) PARTITION BY LIST (day);
CREATE TABLE trips_1 PARTITION OF trips FOR VALUES IN (1);
CREATE TABLE trips_2 PARTITION OF trips FOR VALUES IN (2) PARTITION BY LIST (day);
CREATE TABLE trips_2_all PARTITION OF trips_2 FOR VALUES IN (2);
CREATE TABLE rides (depot_id bigint, day integer NOT NULL) PARTITION BY LIST (day);
CREATE TABLE rides_1 PARTITION OF rides FOR VALUES IN (1);
CREATE TABLE rides_2 PARTITION OF rides FOR VALUES IN (2) PARTITION BY LIST (day);
CREATE TABLE rides_2_all PARTITION OF rides_2 FOR VALUES IN (2);
CREATE TABLE hops (depot_id bigint, day integer NOT NULL) PARTITION BY LIST (day);
CREATE TABLE hops_1 PARTITION OF hops FOR VALUES IN (1);
ALTER TABLE hops_1 ADD FOREIGN KEY (depot_id) REFERENCES depots;
INSERT INTO depots VALUES (1);
INSERT INTO hops VALUES (1, 1);
INSERT INTO trips VALUES (1, 1), (1, 2);
INSERT INTO rides VALUES (1, 1), (1, 2);
ALTER TABLE trips_1 ADD FOREIGN KEY (depot_id) REFERENCES depots;
ALTER TABLE rides_1 ADD FOREIGN KEY (depot_id) REFERENCES depots;
ALTER TABLE rides_2 ADD FOREIGN KEY (depot_id) REFERENCES depots;
CREATE TABLE halls (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE halls_1 PARTITION OF halls FOR VALUES IN (1);
CREATE TABLE halls_2 (id integer NOT NULL);
CREATE TABLE seats (hall_id integer REFERENCES halls, depot_id bigint CONSTRAINT seats_depot REFERENCES depots, n integer)
  PARTITION BY LIST (n);
CREATE TABLE seats_1 PARTITION OF seats FOR VALUES IN (1);
CREATE TABLE seats_2 (hall_id integer, depot_id bigint, n integer);
CREATE TABLE seats_3 (hall_id integer REFERENCES halls, depot_id bigint REFERENCES depots, n integer);
CREATE TABLE tours (hall_id integer REFERENCES halls);
INSERT INTO seats_2 VALUES (NULL, 1, 2);
-- case: a partitioned table takes over its partition's foreign key
ALTER TABLE trips ADD FOREIGN KEY (depot_id) REFERENCES depots;
-- case: all partitions have the foreign key
ALTER TABLE rides ADD FOREIGN KEY (depot_id) REFERENCES depots;
-- case: a partition's foreign key does something else on DELETE
ALTER TABLE hops ADD FOREIGN KEY (depot_id) REFERENCES depots ON DELETE CASCADE;
-- case: a foreign key of a partitioned table becomes deferrable
ALTER TABLE seats ALTER CONSTRAINT seats_depot DEFERRABLE;
-- case: a partition is made of a table that points to a partitioned one
CREATE TABLE seats_4 PARTITION OF seats FOR VALUES IN (4);
-- case: a partition is attached to a table that points to a partitioned one
ALTER TABLE seats ATTACH PARTITION seats_2 FOR VALUES IN (2);
-- case: a partition with the same foreign keys is attached
ALTER TABLE seats ATTACH PARTITION seats_3 FOR VALUES IN (3);
-- case: a partition is detached from a table that points to a partitioned one
ALTER TABLE seats DETACH PARTITION seats_1;
-- case: a partition is attached to a table that others point to
ALTER TABLE halls ATTACH PARTITION halls_2 FOR VALUES IN (2);
-- case: a partition is made of a table that others point to
CREATE TABLE halls_3 PARTITION OF halls FOR VALUES IN (3);
-- case: a partition is detached from a table whose rows others point to
INSERT INTO halls VALUES (1);
ALTER TABLE halls DETACH PARTITION halls_1;
-- case: a partition that others point to is emptied
TRUNCATE halls_1 CASCADE;
