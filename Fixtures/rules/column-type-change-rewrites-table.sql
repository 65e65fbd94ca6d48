-- migration
CREATE TABLE orders (
  id integer PRIMARY KEY, code varchar(20), price numeric(10, 2), note text, at timestamp, due timestamp, tags text[],
  data json, ip cidr, flag boolean
);

-- migration
-- Only the catalog changes.
ALTER TABLE orders ALTER code SET DATA TYPE varchar(40),
  ALTER COLUMN price TYPE numeric(12, 2);
ALTER TABLE orders ALTER COLUMN code TYPE text USING code::text;
ALTER TABLE orders ALTER COLUMN note TYPE varchar, ALTER COLUMN ip TYPE inet, ALTER COLUMN tags TYPE text[];

-- migration
ALTER TABLE orders
  -- expect: column-type-change-rewrites-table "changing id from integer to bigint rewrites orders and blocks reads and writes to orders"
  ALTER COLUMN id TYPE bigint,
  ALTER COLUMN id SET DEFAULT 0,
  -- expect: column-type-change-rewrites-table "changing data from json to jsonb"
  ALTER COLUMN data SET DATA TYPE jsonb USING data::jsonb;

-- migration
-- expect: column-type-change-rewrites-table "from text to varchar(10)"
-- expect: column-type-narrowed "changing code of orders from text to varchar(10) fails if a value does not fit"
ALTER TABLE orders ALTER COLUMN code TYPE character varying(10);
-- expect: column-type-change-rewrites-table "from numeric(12, 2) to numeric(12, 3)"
-- expect: table-rewritten-twice "orders is rewritten again, after line 4: one ALTER TABLE would do both"
-- expect: column-type-narrowed "changing price of orders from numeric(12"
ALTER TABLE orders ALTER COLUMN price TYPE decimal(12, 3);
-- expect: column-type-change-rewrites-table "from boolean to text"
ALTER TABLE orders ALTER COLUMN flag TYPE text USING CASE WHEN flag THEN 'yes' END;

-- migration
-- expect: column-type-change-rewrites-table "from timestamp to timestamptz"
ALTER TABLE orders ALTER COLUMN at TYPE timestamp with time zone;

-- migration
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN due TYPE timestamptz;

-- migration
-- server: 42P01
-- expect: column-type-change-rewrites-table "unless its present type, which these migrations do not tell, stores the same"
-- expect: relation-not-in-history "no migration before this creates relation "legacy""
ALTER TABLE legacy ALTER COLUMN code TYPE text;

-- migration
CREATE TABLE fresh (id int);
ALTER TABLE fresh ALTER COLUMN id TYPE bigint;
