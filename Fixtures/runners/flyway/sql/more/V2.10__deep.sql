ALTER TABLE users ADD COLUMN street text;
