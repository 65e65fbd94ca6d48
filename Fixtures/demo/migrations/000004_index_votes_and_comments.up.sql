-- Profile pages list what somebody voted for and wrote. This time without blocking writes.

CREATE INDEX CONCURRENTLY votes_user_id_idx ON votes (user_id, created_at DESC);
CREATE INDEX CONCURRENTLY comments_author_id_idx ON comments (author_id, created_at DESC);
