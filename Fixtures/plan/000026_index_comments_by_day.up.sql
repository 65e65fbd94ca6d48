CREATE INDEX CONCURRENTLY comments_created_at_idx ON comments (created_at);
