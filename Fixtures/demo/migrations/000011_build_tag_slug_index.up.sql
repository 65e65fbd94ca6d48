-- Slugs are to be unique. The index is built first, while tags stay writable.

CREATE UNIQUE INDEX CONCURRENTLY tags_slug_key ON tags (slug);
