-- The validated check is back in the place of NOT NULL.

ALTER TABLE clips ADD CONSTRAINT clips_visibility_present CHECK (visibility IS NOT NULL);
ALTER TABLE clips ALTER COLUMN visibility DROP NOT NULL;
