-- is_hidden still says all that old code needs.

ALTER TABLE clips DROP COLUMN visibility;
