-- migration
CREATE SCHEMA app;
CREATE TABLE app.users (id bigint PRIMARY KEY, email text NOT NULL, "Display Name" text, deleted_at timestamptz);
CREATE TABLE "Order" (id bigint PRIMARY KEY, total numeric(10, 2));
CREATE INDEX users_email_idx ON app.users (email);
CREATE TABLE animals (id int, name text);
CREATE TABLE dogs (breed text) INHERITS (animals);
CREATE TABLE views (clip_id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE views_rest PARTITION OF views DEFAULT;
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM "Order";

-- migration
-- expect: index-built-without-concurrently "building index users_live_idx blocks writes to app.users until it is done"
CREATE UNIQUE INDEX IF NOT EXISTS users_live_idx
  ON app.users USING btree (lower(email) DESC NULLS LAST, "Display Name")
  WHERE deleted_at IS NULL; /* the
  comment goes on */
-- expect: index-built-without-concurrently "this index blocks writes to "Order""
-- expect: work-under-exclusive-lock "while writes to app.users wait: line 3 locked it"
CREATE INDEX ON "Order" (total); CREATE TEMP TABLE scratch (a int); CREATE INDEX ON scratch (a);
-- An index of a parent is none of its children's.
-- expect: index-built-without-concurrently "writes to animals"
create index animals_name_idx on only animals (name);
-- expect: index-built-without-concurrently "blocks writes to 2 partitions of views"
CREATE INDEX views_clip_id_idx ON views (clip_id);
-- expect: index-built-without-concurrently "writes to totals"
CREATE INDEX totals_idx ON totals (id);

-- migration
-- It is there already, so nothing is built.
CREATE INDEX IF NOT EXISTS users_live_idx ON app.users (email);
CREATE INDEX views_at_idx ON ONLY views (at);

-- migration (one by one)
SET lock_timeout = '2s';
-- expect: concurrent-index-if-not-exists "where an earlier build of orders_idx failed"
-- expect: statement-timeout-cuts-concurrent-build "lock_timeout = 2s ends the build on a large or busy "Order""
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_idx ON "Order" (id, total);

-- migration
SET search_path TO app;
-- expect: index-built-without-concurrently "writes to app.users"
CREATE INDEX ON users (deleted_at);

-- migration
CREATE TABLE fresh (id int);
ALTER TABLE fresh RENAME TO renamed;
CREATE INDEX renamed_idx ON renamed (id);

-- migration
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'renamed_id_idx') THEN
    -- expect: index-built-without-concurrently "renamed_id_idx blocks writes to renamed"
    -- expect: duplicate-index "renamed_id_idx of renamed serves no query that renamed_idx does not"
    CREATE INDEX renamed_id_idx ON renamed (id);
  END IF;
END
$$;
