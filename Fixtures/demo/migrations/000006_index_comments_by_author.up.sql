-- The second index of 000004, in a file of its own.

CREATE INDEX CONCURRENTLY comments_author_id_idx ON comments (author_id, created_at DESC);
