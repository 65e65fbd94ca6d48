-- Migrate: fill the new column, a thousand clips at a time.

UPDATE clips
SET visibility = CASE WHEN is_hidden THEN 'hidden' ELSE 'public' END
WHERE visibility IS NULL
LIMIT 1000;
