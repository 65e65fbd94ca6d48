-- Functions and operators: which overload takes arguments of which types.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN amount AS integer;
CREATE TABLE users (
  id integer, big bigint, name text, short varchar(10), code char(3), data jsonb, plain json, key uuid, made timestamptz,
  born date, mood mood, numbers integer[], words text[], price numeric, is_old boolean, amount amount, span interval,
  share double precision, place point, period int4range
);
CREATE FUNCTION own(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: a text and a number added
-- refused: 42883
SELECT name + 1 FROM users;

-- case: a number that is like a pattern
-- refused: 42883
SELECT id LIKE '1%' FROM users;

-- case: the sum of texts
-- refused: 42883
SELECT sum(name) FROM users;

-- case: the highest of true and false
-- refused: 42883
SELECT max(is_old) FROM users;

-- case: a number in lower case
-- refused: 42883
SELECT lower(id) FROM users;

-- case: an enum compared with a text
-- refused: 42883
SELECT mood = name FROM users;

-- case: an enum compared with a constant
-- runs
SELECT mood = 'sad' FROM users;

-- case: a text compared with a number
-- refused: 42883
DELETE FROM users WHERE id = short;

-- case: a text compared with a uuid
-- refused: 42883
SELECT key = name FROM users;

-- case: two values of json compared
-- refused: 42883
SELECT plain = plain FROM users;

-- case: two values of jsonb compared
-- runs
SELECT data = data FROM users;

-- case: two points compared
-- refused: 42883
SELECT place = place FROM users;

-- case: a number taken from a time
-- refused: 42883
SELECT made - id FROM users;

-- case: days and spans added to dates and times
-- runs
SELECT born + id, born - born, made - made, made + span, id * span, span * share, span / 2 FROM users;

-- case: texts joined with values of any type
-- runs
SELECT name || id, id || name, short || code, name || made, born || name FROM users;

-- case: arrays joined
-- runs
SELECT numbers || 1, numbers || numbers, array_append(numbers, 1), words || name FROM users;

-- case: a floating number rounded to places
-- refused: 42883
SELECT round(share, 2) FROM users;

-- case: a number rounded to places
-- runs
SELECT round(price, 2), round(share), round(id) FROM users;

-- case: numbers joined by an aggregate for texts
-- refused: 42883
SELECT string_agg(id, ',') FROM users;

-- case: texts of each kind joined by an aggregate
-- runs
SELECT string_agg(short, ','), string_agg(code, ',') FROM users;

-- case: a text made negative
-- refused: 42883
SELECT - name FROM users;

-- case: a domain used as the type it is over
-- runs
SELECT amount + 1, amount = big, abs(amount) FROM users;

-- case: a value of jsonb looked up with a bigint
-- refused: 42883
SELECT data -> big FROM users;

-- case: a value of jsonb looked up with each type
-- runs
SELECT data -> 'a', data ->> short, data -> id, data @> '{}', data - 'a' FROM users;

-- case: an index on a number in lower case
-- refused: 42883
CREATE INDEX ON users (lower(id));

-- case: indexes on expressions that fit
-- runs
CREATE INDEX ON users (lower(name), (id + 1), (name || short));

-- case: a check that compares a text with a number
-- refused: 42883
ALTER TABLE users ADD CHECK (name > 1);

-- case: a check whose comparisons fit
-- runs
ALTER TABLE users ADD CHECK (name > '1' AND length(short) > 2 AND id IN (1, 2) AND name ~ '^a' AND made > born AND price > id);

-- case: a default that adds a text to a number
-- refused: 42883
ALTER TABLE users ALTER id SET DEFAULT 1 + 'a'::text;

-- case: a generated column that adds a text to a number
-- refused: 42883
ALTER TABLE users ADD COLUMN sum text GENERATED ALWAYS AS (id + name) STORED;

-- case: a type change by an expression that adds a text to a number
-- refused: 42883
ALTER TABLE users ALTER id TYPE bigint USING name + 1;

-- case: a view of a text and a number multiplied
-- refused: 42883
CREATE VIEW doubled AS SELECT name * 2 AS twice FROM users;

-- case: an update with a text and a number added
-- refused: 42883
UPDATE users SET id = name + 1;

-- case: a list with a number beside a text
-- refused: 42883
SELECT name IN ('a', id) FROM users;

-- case: a list of numbers of several types
-- runs
SELECT price IN (1, 2.5, big), id IN (1, 2) FROM users;

-- case: any of an array of texts compared with a number
-- refused: 42883
SELECT id = ANY (words) FROM users;

-- case: any of an array of numbers compared with another number
-- runs
SELECT big = ANY (numbers) FROM users;

-- case: any row of a query compared with another type
-- refused: 42883
SELECT id IN (SELECT name FROM users) FROM users;

-- case: a function of the history with arguments that are converted
-- runs
SELECT own(1, 'x'), own(1::smallint, 'x'::varchar), own(amount, name) FROM users;

-- case: a function of the history with an argument that is not converted
-- refused: 42883
SELECT own(big, name) FROM users;

-- case: a function of the history with a text in place of a number
-- refused: 42883
SELECT own('1'::text, 'x');

-- case: the result of a count added to a number
-- runs
SELECT c + 1 FROM (SELECT count(*) AS c FROM users) counted;

-- case: the result of a function for texts added to a number
-- refused: 42883
SELECT upper(name) + 1 FROM users;

-- case: a range and what is in it
-- runs
SELECT id <@ period, period && period, lower(period), upper(name), period * period FROM users;

-- case: a cast made by the history
-- runs
CREATE FUNCTION number(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT length($1)';
CREATE CAST (text AS integer) WITH FUNCTION number(text) AS IMPLICIT;
SELECT name + id FROM users;

-- case: an operator made by the history
-- runs
CREATE FUNCTION added(text, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE OPERATOR + (LEFTARG = text, RIGHTARG = integer, FUNCTION = added);
SELECT name + 1 FROM users;

-- case: a function made by the history under a name that PostgreSQL has
-- runs
CREATE FUNCTION lower(integer) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
SELECT public.lower(id), lower(id) FROM users;

-- case: a number cast to a date
-- refused: 42846
SELECT id::date FROM users;

-- case: a new type for a column by a cast that there is not
-- refused: 42846
ALTER TABLE users ALTER id TYPE date USING id::date;

-- case: a check with a cast that there is not
-- refused: 42846
ALTER TABLE users ADD CHECK (is_old::numeric > 1);

-- case: an enum cast to a number
-- refused: 42846
SELECT mood::integer FROM users;

-- case: casts that there are
-- runs
SELECT id::text, name::integer, mood::text, name::mood, data::integer, is_old::integer, id::boolean, made::date,
  born::timestamptz, numbers::text, numbers::bigint[], words::integer[], key::text, name::uuid, price::integer,
  name::jsonb, data::json, plain::jsonb, span::time, made::time, period::text, amount::bigint, id::amount, code::name
FROM users LIMIT 0;

-- case: a cast to a row made by a subquery of texts
-- runs
SELECT ARRAY[1, 2]::text[], ARRAY['a']::varchar[], '{}'::integer[], NULL::date, (SELECT name FROM users LIMIT 0)::date;

-- case: a procedure called in a query
-- refused: 42809
CREATE PROCEDURE work() LANGUAGE sql AS 'SELECT 1';
SELECT work();

-- case: a function with one argument that is not there
-- refused: 42883
SELECT nothing(1);

-- case: a cast to a type that is not there
-- refused: 42704
SELECT 'x'::nothing;

-- case: a key of a row that references a number
-- refused: 42804
CREATE TYPE address AS (street text, city text);
CREATE TABLE cities (id integer PRIMARY KEY);
CREATE TABLE homes (city address REFERENCES cities);
