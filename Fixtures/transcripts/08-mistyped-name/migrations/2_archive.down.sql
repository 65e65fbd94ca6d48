ALTER TABLE messages DROP COLUMN archived_at;
