-- The rows from before 000016 are checked, while everybody goes on reading and writing.

ALTER TABLE clips VALIDATE CONSTRAINT clips_visibility_present;
ALTER TABLE clip_embeddings VALIDATE CONSTRAINT clip_embeddings_clip_id_fkey;
