-- The index goes, without blocking comments.

DROP INDEX CONCURRENTLY comments_author_id_idx;
