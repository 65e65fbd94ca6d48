-- What reads columns, fields and collations, and keeps them: views, rules, domains, tables.
CREATE TABLE users (id integer PRIMARY KEY, name text, age numeric);
CREATE TABLE logins (id integer REFERENCES users, place text, note text);
CREATE TABLE log (who integer, what text, level integer);
CREATE TYPE address AS (street text, city text, number integer);
CREATE DOMAIN full_address AS address CONSTRAINT has_city CHECK ((VALUE).city IS NOT NULL);
CREATE TABLE homes (id integer, home address CHECK ((home).number > 0));
CREATE VIEW all_users AS SELECT * FROM users;
CREATE VIEW joined AS SELECT users.id FROM users JOIN logins USING (id);
CREATE VIEW inner_star AS SELECT s.id FROM (SELECT * FROM logins) s;
CREATE FUNCTION lines() RETURNS SETOF log LANGUAGE sql AS 'SELECT * FROM log';
CREATE VIEW lines_seen AS SELECT l.who FROM lines() l;
CREATE RULE noted AS ON UPDATE TO users DO ALSO INSERT INTO log (who, what) VALUES (new.id, old.name);
CREATE COLLATION dutch (locale = 'C');
CREATE TABLE words (word text COLLATE dutch);
CREATE TABLE parents (a integer, b integer);
CREATE TABLE others (b integer);
CREATE TABLE children () INHERITS (parents, others);

-- case: a column that a star stood for when the view was made
-- refused: 2BP01
ALTER TABLE users DROP COLUMN age;

-- case: a column that was added after a view took all of them
-- runs
ALTER TABLE users ADD COLUMN later integer;
ALTER TABLE users DROP COLUMN later;

-- case: a column under the name that another one had when a view took all of them
-- runs
ALTER TABLE users RENAME COLUMN age TO years;
ALTER TABLE users ADD COLUMN age integer;
ALTER TABLE users DROP COLUMN age;

-- case: a column that a view took under the name that it had
-- refused: 2BP01
ALTER TABLE users RENAME COLUMN age TO years;
ALTER TABLE users DROP COLUMN years;

-- case: a column that only a star inside a subquery takes
-- refused: 2BP01
ALTER TABLE logins DROP COLUMN place;

-- case: the type of a column that a star stands for
-- refused: 0A000
ALTER TABLE users ALTER COLUMN age TYPE integer;

-- case: a column of a table whose rows a function in a view's FROM yields
-- refused: 2BP01
ALTER TABLE log DROP COLUMN who;

-- case: a column of such a table that the view does not read
-- runs
ALTER TABLE log DROP COLUMN level;

-- case: a column that a rule fills
-- refused: 2BP01
ALTER TABLE log DROP COLUMN what;

-- case: the type of a column that a rule fills
-- refused: 0A000
ALTER TABLE log ALTER COLUMN what TYPE varchar;

-- case: a column that a rule filled until it went
-- runs
DROP RULE noted ON users;
ALTER TABLE log DROP COLUMN what;

-- case: a field that a check of a table reads
-- refused: 2BP01
ALTER TYPE address DROP ATTRIBUTE number;

-- case: a field that a check of a domain reads
-- refused: 2BP01
ALTER TYPE address DROP ATTRIBUTE city;

-- case: a field that nothing reads
-- runs
ALTER TYPE address DROP ATTRIBUTE street;

-- case: a field and the checks that read it
-- runs
ALTER TYPE address DROP ATTRIBUTE number CASCADE;

-- case: a field that a row type does not have
-- refused: 42703
SELECT (home).zip FROM homes;

-- case: a column that a function in FROM does not yield
-- refused: 42703
SELECT l.nothing FROM lines() l;

-- case: the columns that a function in FROM yields, by other names
-- runs
SELECT l.a, l.b, l.level FROM lines() AS l (a, b);

-- case: a collation that a column has
-- refused: 2BP01
DROP COLLATION dutch;

-- case: a collation that a column had
-- runs
ALTER TABLE words ALTER COLUMN word TYPE text;
DROP COLLATION dutch;

-- case: a column of a parent that its child has from another one too
-- refused: 42P16
ALTER TABLE parents RENAME COLUMN b TO c;

-- case: a column of a parent that its child has from it alone
-- runs
ALTER TABLE parents RENAME COLUMN a TO c;

-- case: a row of a table that has children, as the value of a column
-- refused: 0A000
ALTER TABLE parents ALTER COLUMN a TYPE integer USING pg_column_size(parents);

-- case: a comparison with a number, of a column that gets a type without numbers
-- refused: 42883
ALTER TABLE others ADD CHECK (b > 0) NO INHERIT;
ALTER TABLE children NO INHERIT others;
ALTER TABLE others ALTER COLUMN b TYPE boolean USING b > 0;

-- case: a table made in a transaction that only reads
-- refused: 25006
SET TRANSACTION READ ONLY;
CREATE TABLE made (id integer);

-- case: rows of a temporary table in a transaction that only reads
-- runs
CREATE TEMPORARY TABLE passing (id integer);
SET TRANSACTION READ ONLY;
INSERT INTO passing VALUES (1);

-- case: a temporary view in a schema
-- refused: 42P16
CREATE TEMPORARY VIEW public.seen AS SELECT 1 AS one;

-- case: a view of a temporary table in a schema
-- refused: 42P16
CREATE TEMPORARY TABLE passing (id integer);
CREATE VIEW public.seen AS SELECT id FROM passing;

-- case: a view of a temporary table, which is temporary itself
-- runs
CREATE TEMPORARY TABLE passing (id integer);
CREATE VIEW seen AS SELECT id FROM passing;

-- case: a table of rows that cannot be worked out
-- refused: 22012
CREATE TABLE made AS SELECT 1 / 0 AS one;

-- case: a table without those rows
-- runs
CREATE TABLE made AS SELECT 1 / 0 AS one WITH NO DATA;

-- case: statistics of a column that is not there
-- refused: 42703
ANALYZE users (nothing);

-- case: statistics of a column that is there
-- runs
ANALYZE users (name);

-- case: a trigger's condition about a column of neither row
-- refused: 42702
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted BEFORE UPDATE ON users FOR EACH ROW WHEN (age > 1) EXECUTE FUNCTION note();

-- case: a trigger's condition about both rows
-- runs
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted BEFORE UPDATE ON users FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION note();

-- case: a column of a type that is announced only
-- refused: 42704
CREATE TYPE shell;
CREATE TABLE made (a shell);

-- case: a base type read by a function of another one
-- refused: 42P17
CREATE TYPE shell;
CREATE TYPE shell (INPUT = int4in, OUTPUT = int4out);

-- case: a collation of a provider that there is not
-- refused: 42P17
CREATE COLLATION other (provider = nothing, locale = 'C');

-- case: a domain whose check names a column
-- refused: 42703
CREATE DOMAIN small AS integer CHECK (id < 9);

-- case: a union of columns with two collations
-- refused: 42P22
CREATE TABLE other_words (word text COLLATE "POSIX");
CREATE TABLE made AS SELECT word FROM words UNION ALL SELECT word FROM other_words;
