-- Tables, their columns and their constraints: names that are taken, and names that nothing has.
CREATE SCHEMA archive;
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text CONSTRAINT users_email_key UNIQUE,
  name varchar(50) NOT NULL,
  age integer CONSTRAINT users_age_check CHECK (age >= 0)
);
CREATE TABLE orders (id bigint, user_id bigint CONSTRAINT orders_user_id_fkey REFERENCES users, total integer);
CREATE VIEW adults AS SELECT id, name FROM users WHERE age >= 18;
CREATE INDEX users_name_idx ON users (name);
CREATE SEQUENCE tickets;
CREATE TYPE address AS (street text, city text);

-- case: a table that is there
-- refused: 42P07
CREATE TABLE users (id bigint);

-- case: a table that is there, unless it is there
-- runs
CREATE TABLE IF NOT EXISTS users (id bigint);

-- case: a table of this name in another schema
-- runs
CREATE TABLE archive.users (id bigint);

-- case: a table of a view's name
-- refused: 42P07
CREATE TABLE adults (id bigint);

-- case: a table of an index's name
-- refused: 42P07
CREATE TABLE users_name_idx (id bigint);

-- case: a table of a sequence's name
-- refused: 42P07
CREATE TABLE tickets (id bigint);

-- case: a table of the name of a composite type
-- refused: 42P07
CREATE TABLE address (id bigint);

-- case: a table of the name of an enumeration
-- refused: 42710
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE mood (id bigint);

-- case: a table of a name that only differs in case
-- refused: 42P07
CREATE TABLE USERS (id bigint);

-- case: a quoted name that differs in case
-- runs
CREATE TABLE "Users" (id bigint);

-- case: a temporary table of a name that is taken
-- runs
CREATE TEMPORARY TABLE users (id bigint);

-- case: a table that was dropped before
-- runs
DROP TABLE orders;
CREATE TABLE orders (id bigint);

-- case: a table that was renamed before
-- runs
ALTER TABLE orders RENAME TO purchases;
CREATE TABLE orders (id bigint);

-- case: a table in a schema that is not there
-- refused: 3F000
CREATE TABLE nowhere.users (id bigint);

-- case: a table from a query, of a name that is taken
-- refused: 42P07
CREATE TABLE orders AS SELECT 1 AS id;

-- case: a table from a query, unless it is there
-- runs
CREATE TABLE IF NOT EXISTS orders AS SELECT 1 AS id;

-- case: a column twice in a new table
-- refused: 42701
CREATE TABLE pairs (id bigint, id text);

-- case: a column that every table has of itself
-- refused: 42701
CREATE TABLE pairs (id bigint, ctid text);

-- case: a column that every table has of itself, added
-- refused: 42701
ALTER TABLE users ADD COLUMN xmin integer;

-- case: two primary keys
-- refused: 42P16
CREATE TABLE pairs (id bigint PRIMARY KEY, other bigint PRIMARY KEY);

-- case: a second primary key
-- refused: 42P16
ALTER TABLE users ADD PRIMARY KEY (email);

-- case: a primary key of a column that is not there
-- refused: 42703
CREATE TABLE pairs (id bigint, PRIMARY KEY (key));

-- case: a column twice in a key
-- refused: 42701
CREATE TABLE pairs (id bigint, PRIMARY KEY (id, id));

-- case: a check of a column that is not there
-- refused: 42703
CREATE TABLE pairs (id bigint, CHECK (amount > 0));

-- case: a check of a column that is written below it
-- runs
CREATE TABLE pairs (id bigint CHECK (id < amount), amount bigint);

-- case: a table like one that is not there
-- refused: 42P01
CREATE TABLE pairs (LIKE nothing);

-- case: a table that inherits from one that is not there
-- refused: 42P01
CREATE TABLE pairs (id bigint) INHERITS (nothing);

-- case: a foreign key to a table that is not there
-- refused: 42P01
CREATE TABLE pairs (id bigint REFERENCES nothing);

-- case: a foreign key to the table itself
-- runs
CREATE TABLE pairs (id bigint PRIMARY KEY, parent bigint REFERENCES pairs);

-- case: a column of a type that is not there
-- refused: 42704
CREATE TABLE pairs (id bigint, total monye);

-- case: a column of a table's row type
-- runs
CREATE TABLE pairs (id bigint, owner users);

-- case: null and not null
-- refused: 42601
CREATE TABLE pairs (id bigint NULL NOT NULL);

-- case: two defaults
-- refused: 42601
CREATE TABLE pairs (id bigint DEFAULT 1 DEFAULT 2);

-- case: a default that names a column
-- refused: 0A000
CREATE TABLE pairs (id bigint, other bigint DEFAULT id);

-- case: an identity with a default
-- refused: 42601
CREATE TABLE pairs (id bigint DEFAULT 1 GENERATED ALWAYS AS IDENTITY);

-- case: an identity of text
-- refused: 22023
CREATE TABLE pairs (id text GENERATED ALWAYS AS IDENTITY);

-- case: a column that is there
-- refused: 42701
ALTER TABLE users ADD COLUMN email text;

-- case: a column that is there, unless it is there
-- runs
ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;

-- case: a column that the same statement drops
-- runs
ALTER TABLE orders DROP COLUMN total, ADD COLUMN total smallint;

-- case: a column that the same statement adds
-- refused: 42701
ALTER TABLE users ADD COLUMN score integer, ADD COLUMN score integer;

-- case: a column of a table that is not there
-- refused: 42P01
ALTER TABLE nothing ADD COLUMN email text;

-- case: a column of a table that need not be there
-- runs
ALTER TABLE IF EXISTS nothing ADD COLUMN email text;

-- case: a column of a table in a schema that is not there
-- refused: 3F000
-- unknown to sqllint: says nothing
ALTER TABLE nowhere.users ADD COLUMN phone text;

-- case: a new column that refers to one that is not there
-- refused: 42703
ALTER TABLE orders ADD COLUMN seller bigint REFERENCES users (number);

-- case: a drop of a column that is not there
-- refused: 42703
ALTER TABLE users DROP COLUMN phone;

-- case: a drop of a column that need not be there
-- runs
ALTER TABLE users DROP COLUMN IF EXISTS phone;

-- case: a drop of a column twice
-- refused: 42703
ALTER TABLE orders DROP COLUMN total, DROP COLUMN total;

-- case: a column renamed to one that is there
-- refused: 42701
ALTER TABLE users RENAME COLUMN name TO email;

-- case: a column renamed that is not there
-- refused: 42703
ALTER TABLE users RENAME COLUMN phone TO telephone;

-- case: a column renamed after a rename
-- refused: 42703
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: the new name after a rename
-- runs
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;

-- case: not null for a column that is not there
-- refused: 42703
ALTER TABLE users ALTER COLUMN phone SET NOT NULL;

-- case: no more not null for a column of the primary key
-- refused: 42P16
ALTER TABLE users ALTER COLUMN id DROP NOT NULL;

-- case: a default for a column that is not there
-- refused: 42703
ALTER TABLE users ALTER COLUMN phone SET DEFAULT '';

-- case: no more default for a column that has none
-- runs
ALTER TABLE users ALTER COLUMN email DROP DEFAULT;

-- case: a type for a column that is not there
-- refused: 42703
ALTER TABLE users ALTER COLUMN phone TYPE text;

-- case: a type that is not there
-- refused: 42704
ALTER TABLE users ALTER COLUMN email TYPE ctext;

-- case: statistics of a column that is not there
-- refused: 42703
ALTER TABLE users ALTER COLUMN phone SET STATISTICS 100;

-- case: an identity for a column that may be null
-- refused: 55000
ALTER TABLE orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- case: an identity for a column that may not be null
-- runs
ALTER TABLE users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- case: an identity dropped where there is none
-- refused: 55000
ALTER TABLE users ALTER COLUMN id DROP IDENTITY;

-- case: an identity dropped if there is one
-- runs
ALTER TABLE users ALTER COLUMN id DROP IDENTITY IF EXISTS;

-- case: an expression dropped where none generates the column
-- refused: 55000
ALTER TABLE users ALTER COLUMN age DROP EXPRESSION;

-- case: a table renamed to one that is there
-- refused: 42P07
ALTER TABLE users RENAME TO orders;

-- case: a table renamed that is not there
-- refused: 42P01
ALTER TABLE nothing RENAME TO something;

-- case: a table moved into a schema that is not there
-- refused: 3F000
ALTER TABLE users SET SCHEMA nowhere;

-- case: a table moved to where one has its name
-- refused: 42P07
CREATE TABLE archive.users (id bigint);
ALTER TABLE users SET SCHEMA archive;

-- case: a constraint that is there
-- refused: 42710
ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age < 200);

-- case: a constraint of this name on another table
-- runs
ALTER TABLE orders ADD CONSTRAINT users_age_check CHECK (total > 0);

-- case: a unique constraint of an index's name
-- refused: 42P07
ALTER TABLE orders ADD CONSTRAINT users_name_idx UNIQUE (total);

-- case: a constraint that is dropped and added at once
-- runs
ALTER TABLE users DROP CONSTRAINT users_age_check, ADD CONSTRAINT users_age_check CHECK (age < 200);

-- case: a drop of a constraint that is not there
-- refused: 42704
ALTER TABLE users DROP CONSTRAINT users_name_check;

-- case: a drop of a constraint that need not be there
-- runs
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_name_check;

-- case: a validation of a constraint that is not there
-- refused: 42704
ALTER TABLE users VALIDATE CONSTRAINT users_name_check;

-- case: a validation of a unique constraint
-- refused: 42809
ALTER TABLE users VALIDATE CONSTRAINT users_email_key;

-- case: a validation of what is valid
-- runs
ALTER TABLE users VALIDATE CONSTRAINT users_age_check;

-- case: a constraint renamed that is not there
-- refused: 42704
ALTER TABLE users RENAME CONSTRAINT users_name_check TO checked;

-- case: a constraint renamed to one that is there
-- refused: 42710
ALTER TABLE users ADD CONSTRAINT checked CHECK (age > 1);
ALTER TABLE users RENAME CONSTRAINT checked TO users_age_check;

-- case: a constraint deferred that is not there
-- refused: 42704
ALTER TABLE orders ALTER CONSTRAINT nothing DEFERRABLE;

-- case: a check deferred
-- refused: 42809
ALTER TABLE users ALTER CONSTRAINT users_age_check DEFERRABLE;

-- case: a unique constraint with a column that is not there
-- refused: 42703
ALTER TABLE users ADD CONSTRAINT users_phone_key UNIQUE (phone);

-- case: a primary key of an index that is not there
-- refused: 42704
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_id_idx;

-- case: a primary key of an index that is not unique
-- refused: 42809
CREATE INDEX orders_id_idx ON orders (id);
ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_id_idx;

-- case: a unique constraint of a partial index
-- refused: 42809
CREATE UNIQUE INDEX orders_id_idx ON orders (id) WHERE total > 0;
ALTER TABLE orders ADD UNIQUE USING INDEX orders_id_idx;

-- case: a unique constraint of another table's index
-- refused: 55000
CREATE UNIQUE INDEX users_name_key ON users (name);
ALTER TABLE orders ADD UNIQUE USING INDEX users_name_key;

-- case: a drop of a table that is not there
-- refused: 42P01
DROP TABLE nothing;

-- case: a drop of a table that need not be there
-- runs
DROP TABLE IF EXISTS nothing;

-- case: a drop of a table in a schema that need not be there
-- runs
DROP TABLE IF EXISTS nowhere.users;

-- case: two tables in one drop, one of which is not there
-- refused: 42P01
DROP TABLE orders, nothing;

-- case: a truncation of a table that is not there
-- refused: 42P01
TRUNCATE nothing;

-- case: a lock on a table that is not there
-- refused: 42P01
LOCK TABLE nothing;

-- case: a comment on a table that is not there
-- refused: 42P01
COMMENT ON TABLE nothing IS 'nothing';

-- case: a comment on a column that is not there
-- refused: 42703
COMMENT ON COLUMN users.phone IS 'nothing';

-- case: a comment on a constraint that is not there
-- refused: 42704
COMMENT ON CONSTRAINT nothing ON users IS 'nothing';

-- case: rights to a table that is not there
-- refused: 42P01
GRANT SELECT ON nothing TO PUBLIC;

-- case: rights to a column that is not there
-- refused: 42703
GRANT SELECT (phone) ON users TO PUBLIC;

-- case: an analysis of a column that is not there
-- refused: 42703
-- alone
ANALYZE users (phone);
