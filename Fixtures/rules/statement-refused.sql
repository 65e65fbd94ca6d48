-- migration
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE VIEW mails AS SELECT email FROM users;

-- migration: the rest of the query does not run, and has no finding of its own
-- server: 42701
-- expect: statement-refused "PostgreSQL refuses this: column "email" of relation "users" already exists (42701): line 2 of 000001_test.up.sql creates it; its whole transaction is rolled back"
ALTER TABLE users ADD COLUMN email text;
CREATE INDEX users_email_idx ON users (email);

-- migration
-- server: 2BP01
-- expect: statement-refused "(2BP01)"
DROP TABLE users;

-- migration (one by one): each for itself
-- server: 42P07
-- expect: statement-refused "(42P07); nothing after it runs"
CREATE TABLE users (id bigint);

-- migration (one by one): a savepoint saves what is before it
-- server: 42701
BEGIN;
SAVEPOINT before;
-- expect: statement-refused "(42701)"
ALTER TABLE users ADD COLUMN email text;
ROLLBACK TO before;
-- expect: index-built-without-concurrently "users"
-- expect: duplicate-index "users_mail_idx of users serves no query that users_email_idx does not"
CREATE INDEX users_mail_idx ON users (email);
COMMIT;
