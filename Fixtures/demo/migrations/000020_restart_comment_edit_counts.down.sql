-- Counts may be missing again. The wrong ones of before are in the backup only.

ALTER TABLE comments
  ALTER COLUMN edit_count DROP NOT NULL,
  ALTER COLUMN edit_count DROP DEFAULT;
