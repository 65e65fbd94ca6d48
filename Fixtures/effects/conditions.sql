-- Code whose conditions the catalog answers.
-- case: a block asks for a column that is there
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'plain' AND column_name = 'a') THEN
    ALTER TABLE plain ADD COLUMN d integer;
  ELSE
    ALTER TABLE notes ADD COLUMN d integer;
  END IF;
END $$;
-- case: a block asks for a column that is not there
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = 'plain' AND column_name = 'z') THEN
    ALTER TABLE plain ADD COLUMN z integer;
  ELSE
    ALTER TABLE notes ADD COLUMN z integer;
  END IF;
END $$;
-- case: a block asks for a constraint
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'nickname_there' AND conrelid = 'users'::regclass) THEN
    ALTER TABLE plain ADD COLUMN d integer;
  ELSE
    ALTER TABLE notes ADD COLUMN d integer;
  END IF;
END $$;
-- case: a block asks for a column that is not dropped
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'plain'::regclass AND attname = 'z' AND NOT attisdropped) THEN
    ALTER TABLE plain ADD COLUMN d integer;
  ELSE
    ALTER TABLE notes ADD COLUMN d integer;
  END IF;
END $$;
-- case: a block asks for partitions
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'events'::regclass) THEN
    ALTER TABLE plain ADD COLUMN d integer;
  ELSE
    ALTER TABLE notes ADD COLUMN d integer;
  END IF;
END $$;
-- case: a block asks for a table that was dropped
DROP TABLE strays;
DO $$ BEGIN
  IF to_regclass('public.strays') IS NULL THEN
    ALTER TABLE plain ADD COLUMN d integer;
  ELSE
    ALTER TABLE notes ADD COLUMN d integer;
  END IF;
END $$;
-- case: a block asks for a column's type, in any of the ways that tell
DO $$ BEGIN
  IF EXISTS (SELECT FROM information_schema.columns c WHERE c.table_name = 'plain' AND c.column_name = 'a'
    AND c.data_type <> 'bytea' AND c.udt_name IN ('int4', 'int8') AND is_nullable = 'YES' AND column_default IS NULL) THEN
    ALTER TABLE plain ADD COLUMN d varchar(20) DEFAULT 'x';
  ELSE
    ALTER TABLE notes ADD COLUMN d integer;
  END IF;
  IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'plain' AND column_name = 'a'
    AND data_type = 'bytea') THEN
    ALTER TABLE notes ADD COLUMN e integer;
  END IF;
  IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'plain' AND column_name = 'd'
    AND character_maximum_length < 50 AND column_default IS NOT NULL AND is_identity = 'NO') THEN
    ALTER TABLE plain ALTER COLUMN d TYPE varchar(50);
  END IF;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'plain'::regclass AND attname = 'd' AND attnotnull) THEN
    ALTER TABLE notes ADD COLUMN f integer;
  END IF;
END $$;
-- case: a block asks for an invalid index
CREATE INDEX plain_a_idx ON plain (a);
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname = 'plain_a_idx' AND NOT i.indisvalid) THEN
    DROP INDEX plain_a_idx;
  END IF;
  IF EXISTS (SELECT FROM pg_index WHERE indexrelid = 'plain_a_idx'::regclass AND indisvalid AND NOT indisunique) THEN
    ALTER TABLE plain ADD COLUMN d integer;
  END IF;
END $$;
