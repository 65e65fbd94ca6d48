-- migration
CREATE TABLE users (id bigint PRIMARY KEY, plan text, nick text);
CREATE TABLE teams (id bigint PRIMARY KEY);

-- migration
-- sqllint:allow update-without-where forty rows
UPDATE users SET plan = 'free';
DELETE FROM users; -- sqllint:allow delete-without-where drafts only
-- expect: suppression-unused "column-dropped is allowed here but finds nothing"
-- sqllint:allow table-dropped,column-dropped nobody uses them since release 41
DROP TABLE teams;

-- migration
-- expect: suppression-without-reason "update-without-where is allowed without a reason"
-- sqllint:allow update-without-where
UPDATE users SET plan = 'paid';
-- expect: suppression-unknown "there is no rule named ban-drop-column"
-- sqllint:allow ban-drop-column we may
-- expect: column-dropped "column nick"
ALTER TABLE users DROP COLUMN nick;
-- expect: suppression-unused "table-dropped is allowed here but finds nothing"
-- sqllint:allow table-dropped not here

SELECT 1;

-- migration
-- sqllint:allow-file delete-without-where test data
DELETE FROM users;
DO $$ BEGIN DELETE FROM users; END $$;

-- migration
CREATE TABLE settings (key text);

-- migration
-- expect: suppression-expired "2026-02-30"
-- sqllint:allow table-dropped nobody uses it until 2026-02-30
DROP TABLE settings;
