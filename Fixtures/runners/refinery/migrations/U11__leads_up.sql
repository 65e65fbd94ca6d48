ALTER TABLE users ADD COLUMN town text;
