ALTER TABLE users ADD COLUMN town text;
-- Down Migration
ALTER TABLE users DROP COLUMN town;
