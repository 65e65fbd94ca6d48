-- A constraint cannot be made unvalidated: both are made anew, as 000016 left them.

ALTER TABLE clip_embeddings
  DROP CONSTRAINT clip_embeddings_clip_id_fkey,
  ADD CONSTRAINT clip_embeddings_clip_id_fkey FOREIGN KEY (clip_id) REFERENCES clips (id) ON DELETE CASCADE NOT VALID;

ALTER TABLE clips
  DROP CONSTRAINT clips_visibility_present,
  ADD CONSTRAINT clips_visibility_present CHECK (visibility IS NOT NULL) NOT VALID;
