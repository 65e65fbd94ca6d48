-- 000004 was refused (two statements in one file are one transaction) and forced past: one index a file.

CREATE INDEX CONCURRENTLY votes_user_id_idx ON votes (user_id, created_at DESC);
