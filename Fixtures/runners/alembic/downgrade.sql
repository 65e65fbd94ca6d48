BEGIN;

-- Running downgrade ae1027a6acf -> 1975ea83b712

ALTER TABLE users DROP COLUMN name;

UPDATE alembic_version SET version_num = '1975ea83b712' WHERE alembic_version.version_num = 'ae1027a6acf';

-- Running downgrade 1975ea83b712 -> 

DROP TABLE users;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1975ea83b712';

COMMIT;
