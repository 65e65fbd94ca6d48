-- The constraint goes and takes its index along; 000011 expects the index.

ALTER TABLE tags DROP CONSTRAINT tags_slug_key;
CREATE UNIQUE INDEX tags_slug_key ON tags (slug);
