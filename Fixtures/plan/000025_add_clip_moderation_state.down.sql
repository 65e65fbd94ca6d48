ALTER TABLE clips DROP COLUMN moderation_state;
