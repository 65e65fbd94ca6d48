-- The index goes, without blocking votes.

DROP INDEX CONCURRENTLY votes_user_id_idx;
