-- migration
CREATE TABLE users (id bigint PRIMARY KEY);

-- migration
-- expect: required-column-without-default "adding required column plan fails if users has a row"
ALTER TABLE users ADD plan text NOT NULL, ADD active boolean NOT NULL DEFAULT true;

-- migration
-- expect: required-column-without-default "required column "Kind""
ALTER TABLE users ADD COLUMN "Kind" text CONSTRAINT kind_there NOT NULL CHECK ("Kind" <> '');

-- migration
-- expect: generated-column-rewrites-table "computing column total for every row rewrites users"
ALTER TABLE users ADD COLUMN total int NOT NULL GENERATED ALWAYS AS (1) STORED;
ALTER TABLE users ADD COLUMN IF NOT EXISTS plan text NOT NULL;
ALTER TABLE users ADD COLUMN note text NULL;

-- migration
DO $$ BEGIN
  -- expect: required-column-without-default "required column region"
  ALTER TABLE users ADD COLUMN region text NOT NULL;
EXCEPTION
  WHEN duplicate_column THEN RAISE NOTICE 'it is there';
END $$;

-- migration
CREATE TABLE fresh (id int);
ALTER TABLE fresh ADD COLUMN plan text NOT NULL;
