-- The old names.

ALTER TABLE users RENAME COLUMN public_name TO display_name;
ALTER TABLE moderation_reports RENAME TO clip_reports;
