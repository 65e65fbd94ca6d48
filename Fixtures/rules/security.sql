-- migration
CREATE SCHEMA app;
CREATE TABLE notes (id bigint, owner text);
CREATE POLICY notes_owner ON notes USING (owner = current_user);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER archive FOREIGN DATA WRAPPER files;

-- migration
-- expect: grant-to-public "granting SELECT and INSERT on table notes to PUBLIC lets every role"
GRANT SELECT, INSERT ON notes TO pg_monitor, PUBLIC;
-- expect: grant-to-public "granting CREATE on schema app to PUBLIC"
GRANT USAGE, CREATE ON SCHEMA app TO PUBLIC;
-- expect: grant-to-public "on tables that are made later in app to PUBLIC"
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
-- expect: privileges-granted-widely "granting ALL on all tables of schema app to pg_monitor also lets it empty them"
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA app TO pg_monitor;
-- expect: privileges-granted-widely "as a member of pg_read_all_data, CURRENT_USER may read every table"
GRANT pg_read_all_data TO CURRENT_USER;
-- Nothing that anybody could not do before, and nothing that is much.
GRANT USAGE ON SCHEMA app TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO pg_monitor;
GRANT ALL ON notes TO pg_monitor;
GRANT pg_monitor TO CURRENT_USER;

-- migration
-- expect: superuser-granted "as a superuser, CURRENT_USER may read and change everything on the server"
ALTER ROLE CURRENT_USER SUPERUSER;
-- expect: superuser-granted "as a member of pg_write_server_files, CURRENT_USER reaches the server's files"
GRANT pg_write_server_files TO CURRENT_USER;
ALTER ROLE CURRENT_USER LOGIN;

-- migration (one by one)
-- expect: server-setting-changed "changing work_mem with ALTER SYSTEM holds for every database of the server"
ALTER SYSTEM SET work_mem = '64MB';
-- expect: server-setting-changed "with default_transaction_read_only, each new session of role CURRENT_USER can write nothing"
ALTER ROLE CURRENT_USER IN DATABASE template1 SET default_transaction_read_only = on;
ALTER ROLE CURRENT_USER IN DATABASE template1 SET default_transaction_read_only = off;
ALTER ROLE CURRENT_USER IN DATABASE template1 SET statement_timeout = '1min';

-- migration
-- expect: program-executed "the server's shell runs cat on the server's machine"
COPY notes TO PROGRAM 'cat > /dev/null';
-- expect: session-terminated "pg_terminate_backend ends sessions of running code"
SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'no such') AS ended;
-- expect: session-terminated "pg_cancel_backend cancels statements of running code"
DO $$
BEGIN
  PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = 'no such';
END $$;

-- migration
-- expect: secret-in-migration "the password for server archive is written in the migration"
CREATE USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (user 'web', password 'correct horse');
-- expect: secret-in-migration "the password for server archive is written in the migration"
ALTER USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (SET password 'battery staple');
-- What a program fills in, and what is none.
ALTER USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (SET password '${secret}');
ALTER USER MAPPING FOR CURRENT_USER SERVER archive OPTIONS (DROP password);
BEGIN;
-- expect: secret-in-migration "the password of role sqllint_web is written in the migration"
CREATE ROLE sqllint_web LOGIN PASSWORD 'correct horse';
ALTER ROLE sqllint_web PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy';
ALTER ROLE sqllint_web PASSWORD NULL;
ROLLBACK;

-- migration
-- expect: row-level-security-disabled "sees all of its rows from now on, and 1 policy no longer holds"
ALTER TABLE notes DISABLE ROW LEVEL SECURITY;
CREATE TABLE fresh (id bigint);
ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;
ALTER TABLE fresh DISABLE ROW LEVEL SECURITY;

-- migration
-- expect: definer-function-without-search-path "app.count_notes runs with its owner's rights and the caller's search_path"
CREATE FUNCTION app.count_notes() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.notes';
CREATE FUNCTION app.own_path() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
  AS 'SELECT count(*) FROM public.notes';
CREATE FUNCTION app.gone() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.notes';
DROP FUNCTION app.gone();
CREATE FUNCTION app.careful() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.notes';
ALTER FUNCTION app.careful() SECURITY INVOKER;

-- migration
-- expect: dynamic-sql-unquoted "app.empty puts tab into the SQL that it executes as it is"
CREATE FUNCTION app.empty(tab text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ', tab); END $$;
-- expect: dynamic-sql-unquoted "app.sweep puts t.relname into the SQL that it executes as it is"
CREATE FUNCTION app.sweep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t record;
BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE false LOOP
    EXECUTE format('ANALYZE %1$s', t.relname);
  END LOOP;
END $$;
CREATE FUNCTION app.quoted(tab text, n integer, at regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE command text := format('DELETE FROM %I WHERE %%s = %L', tab, tab);
BEGIN
  EXECUTE command;
  EXECUTE 'DELETE FROM part_' || n;
  EXECUTE 'DELETE FROM ' || at;
  EXECUTE 'DELETE FROM notes WHERE owner = $1' USING tab;
  EXECUTE 'DELETE FROM ' || quote_ident(lower(tab));
END $$;
