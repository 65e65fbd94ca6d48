-- A constant default is stored once: no row is written.
ALTER TABLE clips ADD COLUMN moderation_state text NOT NULL DEFAULT 'unseen';
