ALTER TABLE clips ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}';
