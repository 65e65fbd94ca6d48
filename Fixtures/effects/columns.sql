-- case: a nullable column
ALTER TABLE users ADD COLUMN a text;
-- case: a constant default
ALTER TABLE users ADD COLUMN a integer DEFAULT 5;
-- case: a required column with a constant default
ALTER TABLE users ADD COLUMN a integer NOT NULL DEFAULT 5;
-- case: now() is the same for all rows
ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now();
-- case: a cast constant and an array
ALTER TABLE users ADD COLUMN a integer[] DEFAULT '{}'::integer[] NOT NULL;
-- case: a stable expression
ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now() + interval '1 day';
-- case: random()
ALTER TABLE users ADD COLUMN a float8 DEFAULT random();
-- case: gen_random_uuid()
ALTER TABLE users ADD COLUMN a uuid DEFAULT gen_random_uuid();
-- case: clock_timestamp() inside an expression
ALTER TABLE users ADD COLUMN a date DEFAULT (clock_timestamp() + interval '1 day')::date;
-- case: an immutable function of the history's own
ALTER TABLE users ADD COLUMN a text DEFAULT settled_code();
-- case: a volatile function of the history's own
ALTER TABLE users ADD COLUMN a text DEFAULT upper(volatile_code());
-- case: serial
ALTER TABLE plain ADD COLUMN d serial;
-- case: identity
ALTER TABLE plain ADD COLUMN d bigint GENERATED ALWAYS AS IDENTITY;
-- case: a stored generated column
ALTER TABLE users ADD COLUMN a integer GENERATED ALWAYS AS (age + 1) STORED;
-- case: a domain with a constraint
ALTER TABLE users ADD COLUMN a positive;
-- case: a domain with a constraint and a default
ALTER TABLE users ADD COLUMN a positive DEFAULT 5;
-- case: a domain without a constraint
ALTER TABLE users ADD COLUMN a label DEFAULT 'x';
-- case: a check with the column
ALTER TABLE users ADD COLUMN a integer CHECK (a > 0);
-- case: a check with a column that has a default
ALTER TABLE users ADD COLUMN a integer DEFAULT 1 CHECK (a > 0);
-- case: a check with a column that rewrites
ALTER TABLE users ADD COLUMN a float8 DEFAULT random() CHECK (a >= 0);
-- case: a unique column
ALTER TABLE users ADD COLUMN a integer UNIQUE;
-- case: a column with a reference
ALTER TABLE plain ADD COLUMN user_id bigint REFERENCES users;
-- case: a column with a reference and a default
ALTER TABLE plain ADD COLUMN user_id bigint DEFAULT 1 REFERENCES users;
-- case: a column with a default, and another one with a reference
ALTER TABLE plain ADD COLUMN d integer DEFAULT 1, ADD COLUMN user_id bigint REFERENCES users;
-- case: a column that is there already
ALTER TABLE users ADD COLUMN IF NOT EXISTS name text DEFAULT gen_random_uuid()::text;
-- case: a column of a partitioned table
ALTER TABLE events ADD COLUMN a integer DEFAULT 5;
-- case: a volatile column of a partitioned table
ALTER TABLE events ADD COLUMN a uuid DEFAULT gen_random_uuid();
-- case: a column of a table with children
ALTER TABLE animals ADD COLUMN a integer;
-- case: a column is dropped
ALTER TABLE users DROP COLUMN tags;
-- case: a column with indexes is dropped
ALTER TABLE users DROP COLUMN code;
-- case: a column with a check is dropped
ALTER TABLE users DROP COLUMN nickname;
-- case: a column with a foreign key is dropped
ALTER TABLE orders DROP COLUMN user_id CASCADE;
-- case: a column that others refer to is dropped
ALTER TABLE users DROP COLUMN id CASCADE;
-- case: a column that views read is dropped
ALTER TABLE users DROP COLUMN age CASCADE;
-- case: a serial column is dropped
ALTER TABLE orders DROP COLUMN id CASCADE;
-- case: an identity column is dropped
ALTER TABLE orders DROP COLUMN number;
-- case: a column that is not there is dropped
ALTER TABLE users DROP COLUMN IF EXISTS nothing;
-- case: a column of a partitioned table is dropped
ALTER TABLE events DROP COLUMN kind;
-- case: a column of a table with children is dropped
ALTER TABLE animals DROP COLUMN legs;
-- case: a default is set
ALTER TABLE users ALTER COLUMN name SET DEFAULT 'x';
-- case: a default of a partitioned table is set
ALTER TABLE events ALTER COLUMN kind SET DEFAULT 'x';
-- case: a default is dropped
ALTER TABLE users ALTER COLUMN flag DROP DEFAULT;
-- case: SET NOT NULL without a proof
ALTER TABLE plain ALTER COLUMN a SET NOT NULL;
-- case: SET NOT NULL with a check that proves it
ALTER TABLE users ALTER COLUMN nickname SET NOT NULL;
-- case: SET NOT NULL with a check that proves nothing
ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;
-- case: SET NOT NULL of a column that is NOT NULL already
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
-- case: SET NOT NULL with its proof dropped in the same statement
ALTER TABLE users ALTER COLUMN nickname SET NOT NULL, DROP CONSTRAINT nickname_there;
-- case: SET NOT NULL with a check that is added in the same statement
ALTER TABLE plain ADD CHECK (a IS NOT NULL), ALTER COLUMN a SET NOT NULL;
-- case: SET NOT NULL of a partitioned table
ALTER TABLE events ALTER COLUMN kind SET NOT NULL;
-- case: SET NOT NULL of a table with children
ALTER TABLE animals ALTER COLUMN name SET NOT NULL;
-- case: SET NOT NULL of a parent alone
ALTER TABLE ONLY animals ALTER COLUMN id SET NOT NULL;
-- case: DROP NOT NULL
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
-- case: DROP NOT NULL of a table with children
ALTER TABLE animals ALTER COLUMN name DROP NOT NULL;
-- case: identity is added
ALTER TABLE orders ALTER COLUMN total ADD GENERATED ALWAYS AS IDENTITY;
-- case: identity is changed
ALTER TABLE orders ALTER COLUMN number SET GENERATED ALWAYS;
-- case: identity is dropped
ALTER TABLE orders ALTER COLUMN number DROP IDENTITY;
-- case: an expression is dropped
ALTER TABLE orders ALTER COLUMN doubled DROP EXPRESSION;
-- case: a statistics target
ALTER TABLE users ALTER COLUMN name SET STATISTICS 500;
-- case: a statistics target of a partitioned table
ALTER TABLE events ALTER COLUMN kind SET STATISTICS 500;
-- case: attribute options
ALTER TABLE users ALTER COLUMN name SET (n_distinct = 5);
-- case: storage
ALTER TABLE users ALTER COLUMN name SET STORAGE EXTERNAL;
-- case: compression
ALTER TABLE users ALTER COLUMN name SET COMPRESSION pglz;
-- case: options of a column are reset
ALTER TABLE users ALTER COLUMN name RESET (n_distinct);
-- case: an identity that is not there is dropped
ALTER TABLE users ALTER COLUMN id DROP IDENTITY IF EXISTS;
-- case: an expression that is not there is dropped
ALTER TABLE users ALTER COLUMN age DROP EXPRESSION IF EXISTS;
-- case: SET NOT NULL of a partition
ALTER TABLE events_2025 ALTER COLUMN kind SET NOT NULL;
-- case: SET NOT NULL of two columns
ALTER TABLE users ALTER COLUMN name SET NOT NULL, ALTER COLUMN score SET NOT NULL;
-- case: SET NOT NULL and another type
ALTER TABLE plain ALTER COLUMN a SET NOT NULL, ALTER COLUMN a TYPE bigint;
-- case: a required domain
ALTER TABLE users ADD COLUMN a positive NOT NULL DEFAULT 3;
-- case: a primary key column
ALTER TABLE plain ADD COLUMN id bigserial PRIMARY KEY;
-- case: a key is dropped and a column is added
ALTER TABLE cache DROP CONSTRAINT cache_pkey, ADD COLUMN id integer;
-- case: a default of a parent alone
ALTER TABLE ONLY animals ALTER COLUMN name SET DEFAULT 'x';
