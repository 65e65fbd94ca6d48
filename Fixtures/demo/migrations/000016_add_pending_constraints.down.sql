-- Neither is demanded any more.

ALTER TABLE clip_embeddings DROP CONSTRAINT clip_embeddings_clip_id_fkey;
ALTER TABLE clips DROP CONSTRAINT clips_visibility_present;
