-- case: shorter varchar
CREATE TABLE users (id bigint PRIMARY KEY, code varchar(50));
-- statement
ALTER TABLE users ALTER COLUMN code TYPE varchar(5);
-- good
INSERT INTO users VALUES (1, 'äöüßé'), (2, 'abcde    '), (3, NULL);
-- bad 22001
INSERT INTO users VALUES (1, 'abcdef');

-- case: text to char
CREATE TABLE users (id bigint PRIMARY KEY, code text);
-- statement
ALTER TABLE users ALTER COLUMN code TYPE char(3);
-- good
INSERT INTO users VALUES (1, 'abc'), (2, 'a   '), (3, NULL);
-- bad 22001
INSERT INTO users VALUES (1, 'abcd');

-- case: number to varchar
CREATE TABLE users (id bigint PRIMARY KEY, code int);
-- statement
ALTER TABLE users ALTER COLUMN code TYPE varchar(3);
-- good
INSERT INTO users VALUES (1, 999), (2, -99);
-- bad 22001
INSERT INTO users VALUES (1, -999);

-- case: bigint to integer
CREATE TABLE users (id bigint PRIMARY KEY, n bigint);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE integer;
-- good
INSERT INTO users VALUES (1, 2147483647), (2, -2147483648), (3, NULL);
-- bad 22003
INSERT INTO users VALUES (1, 2147483648);

-- case: integer to smallint by a cast
CREATE TABLE users (id bigint PRIMARY KEY, n integer);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE smallint USING n::smallint;
-- good
INSERT INTO users VALUES (1, 32767), (2, -32768);
-- bad 22003
INSERT INTO users VALUES (1, -32769);

-- case: numeric to integer
CREATE TABLE users (id bigint PRIMARY KEY, n numeric);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE integer;
-- good
INSERT INTO users VALUES (1, 2147483647.4), (2, -2147483648.4);
-- bad 22003
INSERT INTO users VALUES (1, 2147483647.5);
-- bad 0A000
INSERT INTO users VALUES (1, 'NaN');
-- bad 0A000
INSERT INTO users VALUES (1, 'Infinity');

-- case: double precision to bigint
CREATE TABLE users (id bigint PRIMARY KEY, n double precision);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE bigint;
-- good
INSERT INTO users VALUES (1, 9223372036854774784), (2, -9223372036854775808);
-- bad 22003
INSERT INTO users VALUES (1, 9223372036854775808);
-- bad 22003
INSERT INTO users VALUES (1, 'NaN');

-- case: narrower numeric
CREATE TABLE users (id bigint PRIMARY KEY, n numeric(12, 4));
-- statement
ALTER TABLE users ALTER COLUMN n TYPE numeric(5, 2);
-- good
INSERT INTO users VALUES (1, 999.994), (2, -999.99), (3, 'NaN');
-- bad 22003
INSERT INTO users VALUES (1, 999.995);

-- case: integer to numeric
CREATE TABLE users (id bigint PRIMARY KEY, n integer);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE numeric(6, 2);
-- good
INSERT INTO users VALUES (1, 9999);
-- bad 22003
INSERT INTO users VALUES (1, -10000);

-- case: double precision to real
CREATE TABLE users (id bigint PRIMARY KEY, n double precision);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE real;
-- good
INSERT INTO users VALUES (1, 3.4028234e38), (2, 'Infinity'), (3, 'NaN'), (4, 0), (5, 1e-45);
-- bad 22003
INSERT INTO users VALUES (1, 3.5e38);
-- bad 22003
INSERT INTO users VALUES (1, 1e-46);

-- case: bit strings
CREATE TABLE users (id bigint PRIMARY KEY, n varbit);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE varbit(3);
-- good
INSERT INTO users VALUES (1, B'101'), (2, B'');
-- bad 22001
INSERT INTO users VALUES (1, B'1010');

-- case: bit of another length
CREATE TABLE users (id bigint PRIMARY KEY, n bit(4));
-- statement
ALTER TABLE users ALTER COLUMN n TYPE bit(3);
-- good
-- bad 22026
INSERT INTO users VALUES (1, B'1010');

-- case: text to an enum that the migration makes
CREATE TABLE users (id bigint PRIMARY KEY, mood text);
-- before
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
-- statement
ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::mood;
-- good
INSERT INTO users VALUES (1, 'sad'), (2, 'it''s ok'), (3, NULL);
-- bad 22P02
INSERT INTO users VALUES (1, 'Sad');
-- bad 22P02
INSERT INTO users VALUES (1, 'sad ');

-- case: enum to another enum
CREATE TYPE old_mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (id bigint PRIMARY KEY, mood old_mood NOT NULL);
-- before
CREATE TYPE mood AS ENUM ('sad', 'ok');
-- statement
ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;
-- good
INSERT INTO users VALUES (1, 'sad');
-- bad 22P02
INSERT INTO users VALUES (1, 'happy');

-- case: text to integer
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE integer USING n::integer;
-- good
INSERT INTO users VALUES (1, ' 12 '), (2, '-2147483648'), (3, '+7'), (4, NULL), (5, '0007');
-- bad 22P02
INSERT INTO users VALUES (1, '');
-- bad 22P02
INSERT INTO users VALUES (1, '1.0');
-- bad 22003
INSERT INTO users VALUES (1, '2147483648');

-- case: text to boolean
CREATE TABLE users (id bigint PRIMARY KEY, n varchar(20));
-- statement
ALTER TABLE users ALTER COLUMN n TYPE boolean USING n::boolean;
-- good
INSERT INTO users VALUES (1, ' TRUE '), (2, 'of'), (3, 'y'), (4, '0'), (5, 'on');
-- bad 22P02
INSERT INTO users VALUES (1, 'o');
-- bad 22P02
INSERT INTO users VALUES (1, '2');

-- case: text to uuid
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE uuid USING n::uuid;
-- good
INSERT INTO users VALUES (1, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), (2, '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}'),
  (3, 'a0eebc999c0b4ef8bb6d6bb9bd380a11'), (4, 'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11');
-- bad 22P02
INSERT INTO users VALUES (1, ' a0eebc999c0b4ef8bb6d6bb9bd380a11');
-- bad 22P02
INSERT INTO users VALUES (1, '{a0eebc999c0b4ef8bb6d6bb9bd380a11');
-- bad 22P02
INSERT INTO users VALUES (1, 'a0eebc999c0b4ef8bb6d6bb9bd380a11-');

-- case: text to numeric
-- from: 16
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE numeric(5, 2) USING n::numeric(5, 2);
-- good
INSERT INTO users VALUES (1, '1e2'), (2, ' 12.345 '), (3, 'NaN');
-- bad 22P02
INSERT INTO users VALUES (1, '1,5');
-- bad 22003
INSERT INTO users VALUES (1, '1000');

-- case: text to date
-- from: 16
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE date USING n::date;
-- good
INSERT INTO users VALUES (1, '2024-02-29'), (2, 'infinity');
-- bad 22007
INSERT INTO users VALUES (1, 'soon');
-- bad 22008
INSERT INTO users VALUES (1, '2023-02-29');

-- case: text to timestamptz
-- from: 16
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE timestamptz USING n::timestamptz;
-- good
INSERT INTO users VALUES (1, '2024-02-29 12:00+02');
-- bad 22007
INSERT INTO users VALUES (1, '');
-- bad 22008
INSERT INTO users VALUES (1, '2023-02-29 12:00');

-- case: text to jsonb
-- from: 16
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE jsonb USING n::jsonb;
-- good
INSERT INTO users VALUES (1, '{"a": [1, null]}');
-- bad 22P02
INSERT INTO users VALUES (1, '{a: 1}');
-- bad 22P05
INSERT INTO users VALUES (1, '"\u0000"');

-- case: USING an expression that may give NULL
CREATE TABLE users (id bigint PRIMARY KEY, n text NOT NULL);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE integer USING NULLIF(trim(n), '')::integer;
-- good
INSERT INTO users VALUES (1, ' 12 ');
-- bad 22P02
INSERT INTO users VALUES (1, 'x');
-- bad 23502
INSERT INTO users VALUES (1, '  ');

-- case: a cast that makes values of a unique column the same
CREATE TABLE users (id bigint PRIMARY KEY, n text UNIQUE);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE integer USING n::integer;
-- good
INSERT INTO users VALUES (1, '1'), (2, '2'), (3, NULL), (4, NULL);
-- bad 23505
INSERT INTO users VALUES (1, '1'), (2, '01');
-- bad 22P02
INSERT INTO users VALUES (1, 'a');

-- case: a cast that cuts asks nothing
CREATE TABLE users (id bigint PRIMARY KEY, n text UNIQUE);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE varchar(2) USING n::varchar(2);
-- good
INSERT INTO users VALUES (1, 'abc'), (2, 'bbc');
-- bad 23505
INSERT INTO users VALUES (1, 'abc'), (2, 'abd');

-- case: CASE to another type
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- before
CREATE TYPE mood AS ENUM ('sad', 'ok');
-- statement
ALTER TABLE users ALTER COLUMN n TYPE mood USING (CASE lower(n) WHEN 'up' THEN 'ok' WHEN 'down' THEN 'bad' ELSE 'sad' END)::mood;
-- good
INSERT INTO users VALUES (1, 'UP'), (2, NULL);
-- bad 22P02
INSERT INTO users VALUES (1, 'Down');

-- case: a column becomes one of a domain
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE users (id bigint PRIMARY KEY, n int);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE positive;
-- good
INSERT INTO users VALUES (1, 1), (2, NULL);
-- bad 23514
INSERT INTO users VALUES (1, 0);

-- case: a column becomes one of a domain that takes no NULL
CREATE DOMAIN label AS varchar(3) NOT NULL;
CREATE TABLE users (id bigint PRIMARY KEY, n text);
-- statement
ALTER TABLE users ALTER COLUMN n TYPE label;
-- good
INSERT INTO users VALUES (1, 'abc');
-- bad 23502
INSERT INTO users VALUES (1, NULL);
-- bad 22001
INSERT INTO users VALUES (1, 'abcd');

-- case: a domain gets a check
CREATE DOMAIN positive AS int;
CREATE TABLE users (id bigint PRIMARY KEY, n positive);
CREATE TABLE others (m positive, k int);
-- statement
ALTER DOMAIN positive ADD CONSTRAINT above CHECK (VALUE > 0);
-- good
INSERT INTO users VALUES (1, 1), (2, NULL); INSERT INTO others VALUES (1, 0);
-- bad 23514
INSERT INTO users VALUES (1, 0);
-- bad 23514
INSERT INTO others VALUES (0, 1);

-- case: a check of a domain is validated
CREATE DOMAIN positive AS int;
CREATE TABLE users (id bigint PRIMARY KEY, n positive);
-- before
ALTER DOMAIN positive ADD CONSTRAINT above CHECK (VALUE > 0) NOT VALID;
-- statement
ALTER DOMAIN positive VALIDATE CONSTRAINT above;
-- good
INSERT INTO users VALUES (1, 1);
-- bad 23514
INSERT INTO users VALUES (1, 0);

-- case: a domain takes NULL no longer
CREATE DOMAIN positive AS int;
CREATE TABLE users (id bigint PRIMARY KEY, n positive);
-- statement
ALTER DOMAIN positive SET NOT NULL;
-- good
INSERT INTO users VALUES (1, 1);
-- bad 23502
INSERT INTO users VALUES (1, NULL);

-- case: a domain over the domain
CREATE DOMAIN whole AS int;
CREATE DOMAIN positive AS whole;
CREATE TABLE users (id bigint PRIMARY KEY, n positive);
-- statement
ALTER DOMAIN whole ADD CHECK (VALUE > 0);
-- good
INSERT INTO users VALUES (1, 1);
-- bad 23514
INSERT INTO users VALUES (1, 0);
