-- Shared links stop working.

ALTER TABLE clips
  DROP COLUMN share_token,
  DROP COLUMN is_featured,
  DROP COLUMN language;
