-- the next one
ALTER TABLE users ADD COLUMN name text;
