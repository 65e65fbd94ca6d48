-- migration
CREATE SCHEMA app;
CREATE TABLE notes (id bigint);
CREATE TABLE app.tasks (id bigint);
CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
GRANT SELECT, INSERT ON notes TO pg_monitor;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO pg_monitor;

-- migration
-- What was never given is not missed, and a trigger needs no privilege to call its function.
REVOKE UPDATE ON notes FROM pg_monitor;
REVOKE ALL ON notes FROM PUBLIC;
REVOKE ALL ON FUNCTION touch() FROM PUBLIC;
-- expect: privileges-revoked "taking privileges on table notes from pg_monitor breaks running code that works as that role"
REVOKE INSERT ON notes FROM pg_monitor;
-- expect: privileges-revoked "taking privileges on table app.tasks from pg_monitor breaks"
REVOKE ALL ON app.tasks FROM pg_monitor;
-- expect: privileges-revoked "taking privileges on function one from PUBLIC breaks running code that works as any role without privileges of its own"
REVOKE EXECUTE ON FUNCTION one() FROM PUBLIC;

-- migration
-- They are gone already.
REVOKE INSERT ON notes FROM pg_monitor;
REVOKE EXECUTE ON FUNCTION one() FROM PUBLIC;
CREATE TABLE fresh (id bigint);
GRANT SELECT ON fresh TO pg_monitor;
REVOKE SELECT ON fresh FROM pg_monitor;

-- migration
-- expect: privileges-revoked "taking privileges on all tables of schema app from pg_monitor"
REVOKE SELECT ON ALL TABLES IN SCHEMA app FROM pg_monitor;
