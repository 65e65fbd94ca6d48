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
