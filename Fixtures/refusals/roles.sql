-- Roles: who is a member of which, and what keeps one from being dropped.
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE SCHEMA archive;
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 2';

-- case: a role that may read a table is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
GRANT SELECT ON users TO sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role that may read it no more
-- runs
CREATE ROLE sqllint_clerk;
GRANT SELECT ON users TO sqllint_clerk;
REVOKE SELECT ON users FROM sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role that might read a table that is gone
-- runs
CREATE ROLE sqllint_clerk;
GRANT SELECT ON users TO sqllint_clerk;
DROP TABLE users;
DROP ROLE sqllint_clerk;

-- case: a role that may use a schema is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
GRANT USAGE ON SCHEMA archive TO sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role that may call a function is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
GRANT EXECUTE ON FUNCTION twice(integer) TO sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role that will read what is made in a schema is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role whose privileges are dropped first
-- runs
CREATE ROLE sqllint_clerk;
GRANT SELECT ON users TO sqllint_clerk;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO sqllint_clerk;
DROP OWNED BY sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role that a policy names is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
CREATE POLICY own ON users TO sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role whose policy is for another one
-- runs
CREATE ROLE sqllint_clerk;
CREATE ROLE sqllint_chief;
CREATE POLICY own ON users TO sqllint_clerk;
ALTER POLICY own ON users TO sqllint_chief;
DROP ROLE sqllint_clerk;

-- case: a role that owns a table is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
ALTER TABLE users OWNER TO sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role that owns a schema is dropped
-- refused: 2BP01
CREATE ROLE sqllint_clerk;
CREATE SCHEMA desk AUTHORIZATION sqllint_clerk;
DROP ROLE sqllint_clerk;

-- case: a role whose tables another one got
-- runs
CREATE ROLE sqllint_clerk;
CREATE ROLE sqllint_chief;
ALTER TABLE users OWNER TO sqllint_clerk;
REASSIGN OWNED BY sqllint_clerk TO sqllint_chief;
DROP ROLE sqllint_clerk;

-- case: a role of the system is dropped
-- refused: 2BP01
DROP ROLE pg_monitor;

-- case: a role that is a member of itself
-- refused: 0LP01
CREATE ROLE sqllint_clerk;
GRANT sqllint_clerk TO sqllint_clerk;

-- case: two roles that are members of each other
-- refused: 0LP01
CREATE ROLE sqllint_clerk;
CREATE ROLE sqllint_chief;
GRANT sqllint_clerk TO sqllint_chief;
GRANT sqllint_chief TO sqllint_clerk;

-- case: a role that was a member of the other one
-- runs
CREATE ROLE sqllint_clerk;
CREATE ROLE sqllint_chief;
GRANT sqllint_clerk TO sqllint_chief;
REVOKE sqllint_clerk FROM sqllint_chief;
GRANT sqllint_chief TO sqllint_clerk;

-- case: everyone may grant on
-- refused: 0LP01
GRANT SELECT ON users TO public WITH GRANT OPTION;

-- case: a privilege that columns have not
-- refused: 0LP01
CREATE ROLE sqllint_clerk;
GRANT DELETE (name) ON users TO sqllint_clerk;

-- case: columns of a schema
-- refused: 0LP01
CREATE ROLE sqllint_clerk;
GRANT USAGE (name) ON SCHEMA archive TO sqllint_clerk;

-- case: default privileges of columns
-- refused: 0LP01
CREATE ROLE sqllint_clerk;
ALTER DEFAULT PRIVILEGES GRANT SELECT (name) ON TABLES TO sqllint_clerk;

-- case: an option of a role and its opposite
-- refused: 42601
CREATE ROLE sqllint_clerk CREATEDB NOCREATEDB;

-- case: a role with a name of the system
-- refused: 42939
CREATE ROLE sqllint_clerk;
ALTER ROLE sqllint_clerk RENAME TO pg_clerk;
