-- Edits were counted wrongly for months. All counts start again, and from now on none is missing.

UPDATE comments SET edit_count = 0;
ALTER TABLE comments ALTER COLUMN edit_count SET DEFAULT 0;
ALTER TABLE comments ALTER COLUMN edit_count SET NOT NULL;
