ALTER TABLE clips DROP COLUMN metadata;
