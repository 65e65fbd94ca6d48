SELECT 'what stands here is not run';
-- Up Migration: names
ALTER TABLE users ADD COLUMN name text;
-- - down   MIGRATIONS
ALTER TABLE users DROP COLUMN name;
-- Up Migration
ALTER TABLE users DROP COLUMN id;
