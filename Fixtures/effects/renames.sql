-- New names and other schemas for what others use.
CREATE SCHEMA attic;
CREATE TABLE roles (id serial PRIMARY KEY, name text CONSTRAINT roles_name_key UNIQUE, number integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE docs (id integer PRIMARY KEY, role integer REFERENCES roles, owner text CONSTRAINT docs_owner_check CHECK (owner <> ''));
CREATE POLICY readers ON docs USING (owner IN (SELECT name FROM roles));
CREATE VIEW role_names AS SELECT name FROM roles;
CREATE VIEW role_initials AS SELECT left(name, 1) AS initial FROM role_names;
CREATE MATERIALIZED VIEW role_numbers AS SELECT id, number FROM roles;
CREATE UNIQUE INDEX role_numbers_idx ON role_numbers (id);
CREATE FUNCTION pick(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE FUNCTION pick_twice(a integer) RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT pick(pick(a)); END;
CREATE FUNCTION role_label(r roles) RETURNS text LANGUAGE sql AS $$ SELECT r.name $$;
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TYPE extent AS (width integer, height integer);
CREATE DOMAIN weight AS integer CONSTRAINT weight_check CHECK (VALUE > 0);
CREATE SEQUENCE sq;
CREATE TABLE parcels (
  id integer DEFAULT 1 + nextval('sq'),
  size size DEFAULT 'small',
  extent extent,
  weight weight,
  picked integer GENERATED ALWAYS AS (pick(id)) STORED,
  CONSTRAINT parcels_pick_check CHECK (pick(id) > 0)
);
CREATE INDEX parcels_pick_idx ON parcels (pick(id));
CREATE STATISTICS parcels_statistics ON id, weight FROM parcels;
CREATE TRIGGER parcels_note BEFORE UPDATE ON parcels FOR EACH ROW WHEN (NEW.weight > 1) EXECUTE FUNCTION note_change();
CREATE RULE parcels_rule AS ON DELETE TO parcels DO ALSO NOTHING;
CREATE VIEW parcel_sizes AS SELECT size, weight FROM parcels;
CREATE SCHEMA depot;
CREATE TYPE depot.state AS ENUM ('on', 'off');
CREATE TABLE depot.bays (id serial PRIMARY KEY, state depot.state);
CREATE INDEX bays_state_idx ON depot.bays (state);
CREATE TABLE trucks (bay integer REFERENCES depot.bays, state depot.state);
CREATE VIEW bay_states AS SELECT state FROM depot.bays;
-- case: a table that a policy, a foreign key, views and a function use
ALTER TABLE roles RENAME TO groups;
-- case: a column that a policy and views read
ALTER TABLE roles RENAME COLUMN name TO title;
-- case: a column of a check, an index, a default and a generated column
ALTER TABLE parcels RENAME COLUMN id TO number;
-- case: a column of a trigger's condition
ALTER TABLE parcels RENAME COLUMN weight TO mass;
-- case: a column of a partitioned table
ALTER TABLE events RENAME COLUMN kind TO sort;
-- case: a column that children have too
ALTER TABLE animals RENAME COLUMN legs TO feet;
-- case: a key that a foreign key refers to
ALTER TABLE roles RENAME CONSTRAINT roles_pkey TO groups_pkey;
-- case: the index of a key
ALTER INDEX roles_name_key RENAME TO groups_name_key;
-- case: an index of an expression
ALTER INDEX parcels_pick_idx RENAME TO parcels_choice_idx;
-- case: an index by the name of a table
ALTER TABLE parcels_pick_idx RENAME TO parcels_choice_idx;
-- case: the index of a materialized view
ALTER INDEX role_numbers_idx RENAME TO x;
-- case: the index of a partitioned table
ALTER INDEX events_kind_idx RENAME TO events_sort_idx;
-- case: a view below a view
ALTER VIEW role_names RENAME TO group_names;
-- case: a view by the name of a table
ALTER TABLE role_names RENAME TO group_names;
-- case: a column of a view below a view
ALTER VIEW role_names RENAME COLUMN name TO title;
-- case: a materialized view with an index
ALTER MATERIALIZED VIEW role_numbers RENAME TO group_numbers;
-- case: a column of a materialized view
ALTER MATERIALIZED VIEW role_numbers RENAME COLUMN number TO digits;
-- case: a sequence of a default
ALTER SEQUENCE sq RENAME TO counter;
-- case: the sequence of a serial column
ALTER SEQUENCE roles_id_seq RENAME TO groups_id_seq;
-- case: the sequence of an identity
ALTER SEQUENCE roles_number_seq RENAME TO groups_number_seq;
-- case: a function of a check, an index and a body
ALTER FUNCTION pick(integer) RENAME TO choose;
-- case: an enum of a column, a default and a view
ALTER TYPE size RENAME TO format;
-- case: a composite type of a column
ALTER TYPE extent RENAME TO area;
-- case: an attribute of a composite type
ALTER TYPE extent RENAME ATTRIBUTE width TO breadth;
-- case: a domain of a column
ALTER DOMAIN weight RENAME TO mass;
-- case: a check of a domain
ALTER DOMAIN weight RENAME CONSTRAINT weight_check TO weight_is_positive;
-- case: a trigger with a condition
ALTER TRIGGER parcels_note ON parcels RENAME TO x;
-- case: a policy that reads another table
ALTER POLICY readers ON docs RENAME TO x;
-- case: a rule
ALTER RULE parcels_rule ON parcels RENAME TO x;
-- case: statistics of two columns
ALTER STATISTICS parcels_statistics RENAME TO x;
-- case: a schema whose type is a column's elsewhere
ALTER SCHEMA depot RENAME TO yard;
-- case: a table with a serial column and an identity moves
ALTER TABLE roles SET SCHEMA attic;
-- case: a table with statistics, a trigger and a view moves
ALTER TABLE parcels SET SCHEMA attic;
-- case: a table moves home
ALTER TABLE depot.bays SET SCHEMA public;
-- case: a partitioned table moves
ALTER TABLE events SET SCHEMA attic;
-- case: a partition moves
ALTER TABLE events_2025 SET SCHEMA attic;
-- case: a parent moves
ALTER TABLE animals SET SCHEMA attic;
-- case: a view below a view moves
ALTER VIEW role_names SET SCHEMA attic;
-- case: a materialized view with an index moves
ALTER MATERIALIZED VIEW role_numbers SET SCHEMA attic;
-- case: a sequence of a default moves
ALTER SEQUENCE sq SET SCHEMA attic;
-- case: a function of a check, an index and a body moves
ALTER FUNCTION pick(integer) SET SCHEMA attic;
-- case: an enum of a column moves
ALTER TYPE size SET SCHEMA attic;
-- case: a composite type of a column moves
ALTER TYPE extent SET SCHEMA attic;
-- case: a domain of a column moves
ALTER DOMAIN weight SET SCHEMA attic;
-- case: statistics move
ALTER STATISTICS parcels_statistics SET SCHEMA attic;
-- case: two names are swapped
ALTER TABLE roles RENAME TO roles_old;
ALTER TABLE docs RENAME TO roles;
