-- Behind another line the mark means nothing.
-- no-transaction
ALTER TABLE users ADD COLUMN name text;
