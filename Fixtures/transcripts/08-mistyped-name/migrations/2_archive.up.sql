ALTER TABLE mesages ADD COLUMN archived_at timestamptz;
