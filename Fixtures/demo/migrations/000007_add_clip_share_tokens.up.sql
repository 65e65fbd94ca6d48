-- Every clip gets a link that can be shared before it is public. Editors feature clips; clips know their language.

ALTER TABLE clips
  ADD COLUMN language varchar(8),
  ADD COLUMN is_featured boolean NOT NULL DEFAULT false,
  ADD COLUMN share_token uuid NOT NULL DEFAULT gen_random_uuid();
