-- without base.sql
-- What goes with tables, columns, keys, views and sequences.
CREATE TABLE roles (id integer PRIMARY KEY, name text);
CREATE TABLE docs (id integer PRIMARY KEY, owner text);
CREATE INDEX docs_owner_idx ON docs (owner);
CREATE POLICY readers ON docs USING (owner IN (SELECT name FROM roles));
CREATE POLICY everyone ON docs FOR SELECT USING (true);
INSERT INTO roles VALUES (1, 'x');
INSERT INTO docs VALUES (1, 'x');

CREATE TABLE staff (id integer PRIMARY KEY, name text, boss integer REFERENCES staff, salary numeric);
CREATE VIEW leads AS SELECT id, name FROM staff WHERE boss IS NULL;
CREATE VIEW lead_names AS SELECT name FROM leads;
CREATE MATERIALIZED VIEW name_lengths AS SELECT name, length(name) AS size FROM lead_names;
CREATE INDEX name_lengths_size_idx ON name_lengths (size);
CREATE MATERIALIZED VIEW payroll AS SELECT id, salary FROM staff;
CREATE UNIQUE INDEX payroll_id_idx ON payroll (id);
CREATE VIEW payroll_total AS SELECT sum(salary) AS total FROM payroll;
CREATE FUNCTION count_staff() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM staff; END;
CREATE FUNCTION staff_label(s staff) RETURNS text LANGUAGE sql AS $$ SELECT s.name $$;
CREATE FUNCTION leads_edit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER leads_edit INSTEAD OF UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION leads_edit();
INSERT INTO staff VALUES (1, 'x', NULL, 1);

CREATE TABLE desks (id integer PRIMARY KEY, place text);
CREATE TABLE audit (what text);
CREATE RULE desks_audit AS ON DELETE TO desks DO ALSO INSERT INTO audit VALUES ('desk');
CREATE TABLE grip (x integer, y integer);
CREATE TABLE handles (id integer PRIMARY KEY, centre grip, label text);
CREATE INDEX handles_centre_idx ON handles (centre);
CREATE VIEW handle_centres AS SELECT id, centre FROM handles;
CREATE VIEW handle_labels AS SELECT id, label FROM handles;

CREATE TABLE plants (id integer PRIMARY KEY, name text);
CREATE TABLE trees (height integer) INHERITS (plants);
CREATE INDEX trees_height_idx ON trees (height);
CREATE TABLE oaks (acorns integer) INHERITS (trees);
CREATE VIEW tall_trees AS SELECT id, height FROM trees WHERE height > 10;
CREATE VIEW oak_acorns AS SELECT acorns FROM oaks;

CREATE TABLE sensors (id integer PRIMARY KEY, code text CONSTRAINT sensors_code_key UNIQUE);
CREATE TABLE readings (id integer, at date, sensor integer CONSTRAINT readings_sensor_fkey REFERENCES sensors, PRIMARY KEY (id, at))
  PARTITION BY RANGE (at);
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_rest PARTITION OF readings DEFAULT;
CREATE TABLE remarks (reading integer, at date, text text, CONSTRAINT remarks_reading_fkey FOREIGN KEY (reading, at) REFERENCES readings);
CREATE TABLE tags (code text CONSTRAINT tags_code_fkey REFERENCES sensors (code));
CREATE VIEW readings_of_2025 AS SELECT id, sensor FROM readings_2025;
CREATE VIEW sensor_readings AS SELECT s.code, r.at FROM sensors s JOIN readings r ON r.sensor = s.id;
INSERT INTO sensors VALUES (1, 'a');
INSERT INTO readings VALUES (1, '2025-02-03', 1);

CREATE TABLE boxes (
  a integer,
  b integer GENERATED ALWAYS AS (a + 1) STORED,
  c integer GENERATED ALWAYS AS (a * 2) STORED,
  d integer CONSTRAINT boxes_d_check CHECK (d > 0),
  e integer,
  CONSTRAINT boxes_sum_check CHECK (a + d > 0)
);
CREATE INDEX boxes_b_idx ON boxes (b);
CREATE INDEX boxes_e_idx ON boxes (e) WHERE a > 0;
CREATE STATISTICS boxes_statistics ON a, d FROM boxes;
CREATE VIEW box_volumes AS SELECT b, d FROM boxes;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER boxes_note BEFORE UPDATE OF e ON boxes FOR EACH ROW EXECUTE FUNCTION note();
CREATE POLICY boxes_policy ON boxes USING (e > 0);
INSERT INTO boxes (a, d, e) VALUES (1, 2, 3);

CREATE SEQUENCE sq;
CREATE TABLE numbered (id integer DEFAULT 1 + nextval('sq'), name text);
CREATE TABLE counted (id integer DEFAULT nextval('sq'));
CREATE TABLE serials (id serial PRIMARY KEY, number integer GENERATED ALWAYS AS IDENTITY);
CREATE VIEW next_numbers AS SELECT nextval('sq') AS number;
CREATE VIEW last_numbers AS SELECT last_value FROM sq;

CREATE TABLE keys (id integer NOT NULL, name text);
CREATE UNIQUE INDEX keys_id_idx ON keys (id);
CREATE TABLE locks (key_id integer CONSTRAINT locks_key_id_fkey REFERENCES keys (id));
CREATE TABLE grouped (id integer PRIMARY KEY, name text);
CREATE VIEW groups AS SELECT id, name, count(*) AS number FROM grouped GROUP BY id;
-- case: a table whose names a policy of another table reads
DROP TABLE roles CASCADE;
-- case: a column that a policy of another table reads
ALTER TABLE roles DROP COLUMN name CASCADE;
-- case: a table with its own policies
DROP TABLE docs;
-- case: a table below views, materialized views and functions
DROP TABLE staff CASCADE;
-- case: a view below a materialized view with an index
DROP VIEW leads CASCADE;
-- case: a view of a view
DROP VIEW lead_names CASCADE;
-- case: a materialized view below a view
DROP MATERIALIZED VIEW payroll CASCADE;
-- case: a column that views of views read
ALTER TABLE staff DROP COLUMN name CASCADE;
-- case: a column that a materialized view reads
ALTER TABLE staff DROP COLUMN salary CASCADE;
-- case: a column of a foreign key to the same table
ALTER TABLE staff DROP COLUMN boss CASCADE;
-- case: a table that a rule of another table writes
DROP TABLE audit CASCADE;
-- case: a table whose row type is a column's
DROP TABLE grip CASCADE;
-- case: a parent with children of children
DROP TABLE plants CASCADE;
-- case: a child that has a child
DROP TABLE trees CASCADE;
-- case: a column of a parent that a view of a child reads
ALTER TABLE trees DROP COLUMN height CASCADE;
-- case: a column that children have too
ALTER TABLE plants DROP COLUMN name CASCADE;
-- case: a partitioned table with keys both ways
DROP TABLE readings CASCADE;
-- case: a partition that a view reads
DROP TABLE readings_2025 CASCADE;
-- case: a table that a partitioned table refers to
DROP TABLE sensors CASCADE;
-- case: a column of a partitioned table that views read
ALTER TABLE readings DROP COLUMN sensor CASCADE;
-- case: a primary key that a partitioned table refers to
ALTER TABLE sensors DROP CONSTRAINT sensors_pkey CASCADE;
-- case: a unique constraint that a foreign key refers to
ALTER TABLE sensors DROP CONSTRAINT sensors_code_key CASCADE;
-- case: the key of a partitioned table that a foreign key refers to
ALTER TABLE readings DROP CONSTRAINT readings_pkey CASCADE;
-- case: a foreign key of a partitioned table
ALTER TABLE readings DROP CONSTRAINT readings_sensor_fkey CASCADE;
-- case: a column that generated columns read
ALTER TABLE boxes DROP COLUMN a CASCADE;
-- case: a generated column that a view reads
ALTER TABLE boxes DROP COLUMN b CASCADE;
-- case: a column of checks, statistics and a view
ALTER TABLE boxes DROP COLUMN d CASCADE;
-- case: a column of a trigger and a policy
ALTER TABLE boxes DROP COLUMN e CASCADE;
-- case: two columns at once
ALTER TABLE boxes DROP COLUMN a CASCADE, DROP COLUMN e CASCADE;
-- case: a sequence inside of a default
DROP SEQUENCE sq CASCADE;
-- case: the sequence of a serial column
DROP SEQUENCE serials_id_seq CASCADE;
-- case: a column with an identity
ALTER TABLE serials DROP COLUMN number CASCADE;
-- case: an identity goes and its column stays
ALTER TABLE serials ALTER COLUMN number DROP IDENTITY;
-- case: a table with a serial column and an identity
DROP TABLE serials CASCADE;
-- case: an index that a foreign key stands on
DROP INDEX keys_id_idx CASCADE;
-- case: a key that the groups of a view stand on
ALTER TABLE grouped DROP CONSTRAINT grouped_pkey CASCADE;
-- case: two tables, one refers to the other
DROP TABLE remarks, readings CASCADE;
-- case: a table and the view that reads it
DROP TABLE handles CASCADE;
-- case: a column of a type that is a table's
ALTER TABLE handles DROP COLUMN centre CASCADE;
-- case: everything of a block of code
DO $$ BEGIN DROP TABLE roles CASCADE; DROP VIEW leads CASCADE; END $$;
