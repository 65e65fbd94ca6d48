-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text);

-- migration
-- server: 42P01
-- expect: relation-not-in-history "no migration before this creates relation "usres""
ALTER TABLE usres ADD COLUMN phone text;

-- migration: told once
-- server: 42P01
ALTER TABLE usres ADD COLUMN fax text;

-- migration: what belongs to others
-- server: 3F000
ALTER TABLE auth.accounts ADD COLUMN note text;
