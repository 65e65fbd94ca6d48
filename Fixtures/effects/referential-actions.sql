-- What foreign keys do when rows go or their keys change.
-- without base.sql
CREATE TABLE homes (id bigint PRIMARY KEY, number integer UNIQUE);
CREATE TABLE rooms (id bigint PRIMARY KEY, home_id bigint REFERENCES homes ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE beds (room_id bigint REFERENCES rooms ON DELETE SET NULL, size integer);
CREATE TABLE doors (home integer REFERENCES homes (number) ON UPDATE CASCADE);
CREATE TABLE keys (id bigint, home_id bigint REFERENCES homes ON DELETE CASCADE);
CREATE INDEX keys_home_id_idx ON keys (home_id);
CREATE TABLE bills (id bigint, home_id bigint REFERENCES homes ON DELETE CASCADE) PARTITION BY LIST (id);
CREATE TABLE bills_1 PARTITION OF bills FOR VALUES IN (1);
CREATE TABLE parcels (id bigint PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE parcels_1 PARTITION OF parcels FOR VALUES IN (1);
CREATE TABLE stamps (parcel_id bigint REFERENCES parcels ON DELETE CASCADE);
INSERT INTO homes SELECT g, g FROM generate_series(1, 5000) AS g;
INSERT INTO rooms VALUES (1, 1);
INSERT INTO beds VALUES (1, 1);
INSERT INTO keys SELECT g, g FROM generate_series(1, 5000) AS g;
INSERT INTO bills VALUES (1, 1);
INSERT INTO parcels VALUES (1);
INSERT INTO stamps VALUES (1);
ANALYZE keys;
-- case: a DELETE goes on to all tables that point to its own, and from there
DELETE FROM homes WHERE id = 1;
-- case: a DELETE of rows to which others point that are kept
DELETE FROM rooms WHERE id = 1;
-- case: an UPDATE of a key
UPDATE homes SET number = 6000 WHERE id = 2;
-- case: an UPDATE of a column that is no key
UPDATE rooms SET home_id = 2;
-- case: a DELETE from a partition
DELETE FROM parcels_1;
