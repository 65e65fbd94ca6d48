-- A table of its own: nobody waits for it.
CREATE TABLE clip_collections (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id uuid NOT NULL,
  title varchar(120) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX clip_collections_owner_id_idx ON clip_collections (owner_id);
