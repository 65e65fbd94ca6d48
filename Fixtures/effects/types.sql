-- case: a longer varchar
ALTER TABLE users ALTER COLUMN email TYPE varchar(200);
-- case: the same varchar
ALTER TABLE users ALTER COLUMN email TYPE varchar(100);
-- case: a shorter varchar
ALTER TABLE users ALTER COLUMN email TYPE varchar(50);
-- case: varchar without a length
ALTER TABLE users ALTER COLUMN email TYPE varchar;
-- case: varchar to text
ALTER TABLE users ALTER COLUMN email TYPE text;
-- case: a longer varchar of an index with a predicate
ALTER TABLE users ALTER COLUMN code TYPE varchar(50);
-- case: text to varchar
ALTER TABLE plain ALTER COLUMN b TYPE varchar;
-- case: text to varchar with a length
ALTER TABLE plain ALTER COLUMN b TYPE varchar(50);
-- case: varchar without a length to one with
ALTER TABLE users ALTER COLUMN remark TYPE varchar(50);
-- case: integer to bigint
ALTER TABLE plain ALTER COLUMN a TYPE bigint;
-- case: bigint to integer
ALTER TABLE archive.old_users ALTER COLUMN id TYPE integer;
-- case: smallint to integer
ALTER TABLE users ALTER COLUMN small TYPE integer;
-- case: integer to text
ALTER TABLE plain ALTER COLUMN a TYPE text;
-- case: text to integer
ALTER TABLE plain ALTER COLUMN b TYPE integer USING length(b);
-- case: numeric with more digits before the point
ALTER TABLE users ALTER COLUMN score TYPE numeric(12, 2);
-- case: numeric with more digits behind the point
ALTER TABLE users ALTER COLUMN score TYPE numeric(12, 3);
-- case: numeric without limits
ALTER TABLE users ALTER COLUMN score TYPE numeric;
-- case: numeric with limits that had none
ALTER TABLE users ALTER COLUMN balance TYPE numeric(10, 2);
-- case: timestamp to timestamptz
ALTER TABLE users ALTER COLUMN created TYPE timestamptz;
-- case: timestamp to timestamptz in UTC
SET LOCAL timezone TO 'UTC';
ALTER TABLE users ALTER COLUMN created TYPE timestamptz;
-- case: timestamp to timestamptz with USING in UTC
SET LOCAL timezone TO 'UTC';
ALTER TABLE users ALTER COLUMN created TYPE timestamptz USING created AT TIME ZONE 'UTC';
-- case: timestamp with less precision
ALTER TABLE users ALTER COLUMN created TYPE timestamp(3);
-- case: timestamptz with more precision
ALTER TABLE users ALTER COLUMN seen TYPE timestamptz;
-- case: timestamptz to date
ALTER TABLE users ALTER COLUMN seen TYPE date;
-- case: interval with more precision
ALTER TABLE users ALTER COLUMN waiting TYPE interval(6);
-- case: interval with less precision
ALTER TABLE users ALTER COLUMN waiting TYPE interval(0);
-- case: longer bits
ALTER TABLE users ALTER COLUMN bits TYPE bit varying(16);
-- case: cidr to inet
ALTER TABLE users ALTER COLUMN network TYPE inet;
-- case: json to jsonb
ALTER TABLE users ALTER COLUMN data TYPE jsonb;
-- case: char to a longer char
ALTER TABLE users ALTER COLUMN letters TYPE char(5);
-- case: char to text
ALTER TABLE users ALTER COLUMN letters TYPE text;
-- case: an array of text to the same
ALTER TABLE users ALTER COLUMN tags TYPE text[];
-- case: an array of longer varchars
ALTER TABLE users ALTER COLUMN short_tags TYPE varchar(10)[];
-- case: an array of varchars to one of texts
ALTER TABLE users ALTER COLUMN short_tags TYPE text[];
-- case: text to a domain without a constraint
ALTER TABLE plain ALTER COLUMN b TYPE label;
-- case: a domain without a constraint to text
ALTER TABLE orders ALTER COLUMN title TYPE text;
-- case: integer to a domain with a constraint
ALTER TABLE plain ALTER COLUMN a TYPE positive;
-- case: a domain with a constraint to integer
ALTER TABLE orders ALTER COLUMN price TYPE integer;
-- case: an enum to text
ALTER TABLE users ALTER COLUMN mood TYPE text;
-- case: another collation
ALTER TABLE users ALTER COLUMN remark TYPE varchar COLLATE "C";
-- case: another collation without an index
ALTER TABLE plain ALTER COLUMN b TYPE text COLLATE "C";
-- case: USING the column itself
ALTER TABLE users ALTER COLUMN email TYPE text USING email;
-- case: USING a cast of the column to the type
ALTER TABLE users ALTER COLUMN email TYPE text USING email::text;
-- case: USING an expression
ALTER TABLE users ALTER COLUMN email TYPE text USING lower(email);
-- case: a column of a foreign key
ALTER TABLE items ALTER COLUMN order_id TYPE bigint;
-- case: a column of a valid foreign key
ALTER TABLE notes ALTER COLUMN user_id TYPE integer;
-- case: a column of a partitioned table
ALTER TABLE events ALTER COLUMN kind TYPE varchar(50);
-- case: a column of a table with children
ALTER TABLE animals ALTER COLUMN legs TYPE bigint;
