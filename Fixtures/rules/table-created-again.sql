-- migration: the tables that others name again
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100) NOT NULL, joined timestamptz DEFAULT now());
CREATE TABLE "Orders" (number integer, LIKE users INCLUDING DEFAULTS);

-- migration: the same columns, in other words and another order
CREATE TABLE IF NOT EXISTS public.users (email character varying(100), joined timestamp with time zone, id int8);

-- migration: a column more, a type other, a column less
-- expect: table-created-again "users is there already, so this does nothing: it has no phone and city; its email has another type; it also has joined"
CREATE TABLE IF NOT EXISTS users (id bigint, email text, phone text, city text);

-- migration: names keep their quotes
-- server: 42P07
-- expect: statement-refused "(42P07)"
CREATE TABLE "Orders" (id integer);

-- migration: in a schema of its own it is another table
CREATE SCHEMA audit;
CREATE TABLE IF NOT EXISTS audit.users (id bigint, at timestamptz);

-- migration: a temporary table hides the other
CREATE TEMPORARY TABLE IF NOT EXISTS users (phone text);

-- migration: made anew
-- expect: table-dropped "dropping users loses its rows for good"
DROP TABLE users;
CREATE TABLE IF NOT EXISTS users (phone text);
