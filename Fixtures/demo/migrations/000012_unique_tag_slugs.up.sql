-- The finished index becomes the constraint: a moment's lock, nothing is built.

ALTER TABLE tags ADD CONSTRAINT tags_slug_key UNIQUE USING INDEX tags_slug_key;
