-- The three constraints go.

ALTER TABLE users DROP CONSTRAINT users_email_key;
ALTER TABLE votes DROP CONSTRAINT votes_user_id_fkey;
ALTER TABLE clips DROP CONSTRAINT clips_duration_check;
