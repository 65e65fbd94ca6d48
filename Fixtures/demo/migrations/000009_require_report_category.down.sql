-- Reports without a category again.

ALTER TABLE clip_reports DROP COLUMN category;
