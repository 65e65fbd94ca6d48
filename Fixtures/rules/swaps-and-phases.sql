-- migration
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint, at date, title text, kind text);
CREATE INDEX clips_user_id_idx ON clips (user_id);
CREATE INDEX clips_title_idx ON clips (title);

-- migration (one by one)
-- expect: index-swap-leaves-gap "clips_user_id_idx is gone before line 4 has built its successor"
DROP INDEX CONCURRENTLY clips_user_id_idx;
CREATE INDEX CONCURRENTLY clips_user_id_at_idx ON clips (user_id, at);
CREATE INDEX CONCURRENTLY clips_title_at_idx ON clips (title, at);
DROP INDEX CONCURRENTLY clips_title_idx;

-- migration
ALTER TABLE clips ADD COLUMN name text;
-- expect: backfill-while-table-locked "this UPDATE goes through the rows of clips"
UPDATE clips SET name = upper(title) WHERE title <> '';
-- expect: column-dropped "dropping column title of clips loses its data"
-- expect: phases-mixed "this migration moves title of clips to name in one go"
ALTER TABLE clips DROP COLUMN title;

-- migration
-- What takes the old name is the same to running code.
ALTER TABLE clips ADD COLUMN new_kind text;
-- expect: backfill-while-table-locked "this UPDATE goes through the rows of clips"
UPDATE clips SET new_kind = kind WHERE kind <> '';
-- expect: column-dropped "dropping column kind of clips loses its data"
ALTER TABLE clips DROP COLUMN kind;
ALTER TABLE clips RENAME COLUMN new_kind TO kind;
