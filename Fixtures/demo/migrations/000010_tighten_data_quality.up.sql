-- After the support week: no clips of negative length, no votes of nobody, no two accounts with one address.

ALTER TABLE clips
  ADD CONSTRAINT clips_duration_check CHECK (duration_seconds > 0 AND duration_seconds <= 600);

ALTER TABLE votes
  ADD CONSTRAINT votes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

ALTER TABLE users
  ADD CONSTRAINT users_email_key UNIQUE (email);
