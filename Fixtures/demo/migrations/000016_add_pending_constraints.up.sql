-- From now on every clip has a visibility and every embedding a clip. What is there already is checked in 000017.

ALTER TABLE clips
  ADD CONSTRAINT clips_visibility_present CHECK (visibility IS NOT NULL) NOT VALID;

ALTER TABLE clip_embeddings
  ADD CONSTRAINT clip_embeddings_clip_id_fkey FOREIGN KEY (clip_id) REFERENCES clips (id) ON DELETE CASCADE NOT VALID;
