-- The moderators' words: comments can be reported too, and "display name" was never what the API called it.

ALTER TABLE clip_reports RENAME TO moderation_reports;
ALTER TABLE users RENAME COLUMN display_name TO public_name;
