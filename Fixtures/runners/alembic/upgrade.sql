BEGIN;

CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);

-- Running upgrade  -> 1975ea83b712

CREATE TABLE users (id bigint PRIMARY KEY);

INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712');

-- Running upgrade 1975ea83b712 -> ae1027a6acf

ALTER TABLE users ADD COLUMN name text;

UPDATE alembic_version SET version_num = 'ae1027a6acf' WHERE version_num = '1975ea83b712';

COMMIT;
