-- Contract: no release in use reads or writes is_hidden any more.

ALTER TABLE clips DROP COLUMN is_hidden;
