-- case: SET NOT NULL
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- statement
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
-- good
INSERT INTO users VALUES (1, ''), (2, 'a');
-- bad 23502
INSERT INTO users VALUES (1, 'a'), (2, NULL);

-- case: SET NOT NULL without a primary key, by a hostile name
CREATE TABLE "a ""b; DROP" ("x'y" text, "select" int);
-- statement
ALTER TABLE "a ""b; DROP" ALTER COLUMN "x'y" SET NOT NULL;
-- good
INSERT INTO "a ""b; DROP" VALUES ('a', NULL);
-- bad 23502
INSERT INTO "a ""b; DROP" VALUES (NULL, 1);

-- case: SET NOT NULL of a row type, which IS NULL calls null where its fields are
CREATE TYPE pair AS (a int, b int);
CREATE TABLE pairs (id bigint PRIMARY KEY, p pair);
-- statement
ALTER TABLE pairs ALTER COLUMN p SET NOT NULL;
-- good
INSERT INTO pairs VALUES (1, ROW(NULL, NULL));
-- bad 23502
INSERT INTO pairs VALUES (1, NULL);

-- case: SET NOT NULL reaches children
CREATE TABLE parents (id bigint, email text);
CREATE TABLE children (more int) INHERITS (parents);
-- statement
ALTER TABLE parents ALTER COLUMN email SET NOT NULL;
-- good
INSERT INTO children VALUES (1, 'a', 1);
-- bad 23502
INSERT INTO children VALUES (1, NULL, 1);

-- case: SET NOT NULL of two columns
CREATE TABLE users (id bigint PRIMARY KEY, a text, b text);
-- statement
ALTER TABLE users ALTER COLUMN a SET NOT NULL, ALTER COLUMN b SET NOT NULL;
-- good
INSERT INTO users VALUES (1, 'a', 'b');
-- bad 23502
INSERT INTO users VALUES (1, NULL, 'b');
-- bad 23502
INSERT INTO users VALUES (1, 'a', NULL);

-- case: required column without default
CREATE TABLE users (id bigint PRIMARY KEY);
-- statement
ALTER TABLE users ADD COLUMN name text NOT NULL;
-- good
-- bad 23502
INSERT INTO users VALUES (1);

-- case: required column whose default is NULL
CREATE TABLE users (id bigint);
-- statement
ALTER TABLE users ADD COLUMN n int NOT NULL DEFAULT NULL::int;
-- good
-- bad 23502
INSERT INTO users VALUES (1);

-- case: primary key as a new column
CREATE TABLE users (n int);
-- statement
ALTER TABLE users ADD COLUMN id bigint PRIMARY KEY;
-- good
-- bad 23502
INSERT INTO users VALUES (1);

-- case: new unique column with a default
CREATE TABLE users (id bigint PRIMARY KEY);
-- statement
ALTER TABLE users ADD COLUMN code int DEFAULT 7 UNIQUE;
-- good
INSERT INTO users VALUES (1);
-- bad 23505
INSERT INTO users VALUES (1), (2);

-- case: new column with a check that NULL does not pass
CREATE TABLE users (id bigint PRIMARY KEY);
-- statement
ALTER TABLE users ADD COLUMN code int CHECK (code IS NOT NULL);
-- good
-- bad 23514
INSERT INTO users VALUES (1);

-- case: new column with a check that also reads another one
CREATE TABLE users (id bigint PRIMARY KEY, age int);
-- statement
ALTER TABLE users ADD COLUMN least int DEFAULT 18 CHECK (age >= least);
-- good
INSERT INTO users VALUES (1, 18), (2, NULL);
-- bad 23514
INSERT INTO users VALUES (1, 17);

-- case: new column with a default that points to another table
CREATE TABLE plans (id int PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY);
-- statement
ALTER TABLE users ADD COLUMN plan int DEFAULT 3 REFERENCES plans;
-- good
INSERT INTO plans VALUES (3); INSERT INTO users VALUES (1);
-- good
INSERT INTO plans VALUES (2);
-- bad 23503
INSERT INTO plans VALUES (2); INSERT INTO users VALUES (1);

-- case: new generated column that must not be NULL
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int);
-- statement
ALTER TABLE users ADD COLUMN total int GENERATED ALWAYS AS (a + b) STORED NOT NULL;
-- good
INSERT INTO users VALUES (1, 1, 1);
-- bad 23502
INSERT INTO users VALUES (1, 1, NULL);

-- case: new unique generated column
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- statement
ALTER TABLE users ADD COLUMN lowered text GENERATED ALWAYS AS (lower(email)) STORED UNIQUE;
-- good
INSERT INTO users VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, NULL);
-- bad 23505
INSERT INTO users VALUES (1, 'a'), (2, 'A');

-- case: new column of a domain that takes no NULL
CREATE DOMAIN label AS text NOT NULL;
CREATE TABLE users (id bigint PRIMARY KEY);
-- statement
ALTER TABLE users ADD COLUMN name label;
-- good
-- bad 23502
INSERT INTO users VALUES (1);

-- case: new column of a domain whose check takes no NULL
CREATE DOMAIN label AS text CHECK (VALUE IS NOT NULL);
CREATE TABLE users (id bigint PRIMARY KEY);
-- statement
ALTER TABLE users ADD COLUMN name label;
-- good
-- bad 23514
INSERT INTO users VALUES (1);
