-- Slugs need not be unique.

DROP INDEX CONCURRENTLY tags_slug_key;
