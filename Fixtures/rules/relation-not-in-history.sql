-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text);

-- migration
-- server: 42P01
-- expect: relation-not-in-history "no migration creates relation "usres""
ALTER TABLE usres ADD COLUMN phone text;

-- migration: told once
-- server: 42P01
ALTER TABLE usres ADD COLUMN fax text;

-- migration: what runners create, and what belongs to others
-- server: 42P01
ALTER TABLE schema_migrations ADD COLUMN note text;
ALTER TABLE auth.accounts ADD COLUMN note text;
