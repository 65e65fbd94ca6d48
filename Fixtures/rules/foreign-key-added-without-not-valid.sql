-- migration
CREATE TABLE users (id bigint PRIMARY KEY, boss bigint);
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint, other_id bigint);

-- migration
-- expect: foreign-key-added-without-not-valid "checking every row of clips for foreign key clips_user_fk blocks writes to clips and users"
-- expect: foreign-key-without-index "no index of clips begins with a column of foreign key clips_user_fk"
alter table clips add constraint clips_user_fk foreign key (user_id) references public.users (id) on delete cascade;

-- migration
-- expect: foreign-key-added-without-not-valid "checking every row of users for foreign key boss_fk blocks writes to users"
ALTER TABLE ONLY users ADD CONSTRAINT boss_fk FOREIGN KEY (boss) REFERENCES users DEFERRABLE INITIALLY DEFERRED;

-- migration
DO $$ BEGIN
 -- expect: foreign-key-added-without-not-valid "clips_other_fk"
 ALTER TABLE "clips" ADD CONSTRAINT "clips_other_fk" FOREIGN KEY ("other_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- migration
ALTER TABLE clips ADD CONSTRAINT late_fk FOREIGN KEY (other_id) REFERENCES users NOT VALID;

-- migration
ALTER TABLE clips VALIDATE CONSTRAINT late_fk;
-- A column that is NULL everywhere needs no look.
ALTER TABLE clips ADD COLUMN editor_id bigint REFERENCES users;

-- migration
CREATE TABLE votes (user_id bigint REFERENCES users, clip_id bigint);
ALTER TABLE votes ADD FOREIGN KEY (clip_id) REFERENCES clips;

-- migration
CREATE SCHEMA app;
CREATE TABLE app.users (id bigint PRIMARY KEY, plan text, n int);
CREATE TABLE app.posts (id bigint PRIMARY KEY, user_id bigint);

-- migration
-- Advice is for migrations of their own, which have the usual search path.
SET search_path TO app, public;
-- expect: foreign-key-added-without-not-valid "every row of app.posts for foreign key posts_user_fk blocks writes to app.posts and app.users"
ALTER TABLE posts ADD CONSTRAINT posts_user_fk FOREIGN KEY (user_id) REFERENCES users (id);
-- expect: unique-constraint-builds-index "app.users"
-- expect: work-under-exclusive-lock "this transaction works on every row of app.users while writes to app.p"
ALTER TABLE users ADD CONSTRAINT users_plan_key UNIQUE (plan);
-- expect: set-not-null-scans-table "app.users"
ALTER TABLE users ALTER COLUMN plan SET NOT NULL;
-- expect: column-default-rewrites-table "app.users"
ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
-- expect: column-type-change-rewrites-table "app.users"
-- expect: table-rewritten-twice "app.users is rewritten again, after line 12: one ALTER TABLE would do "
ALTER TABLE users ALTER COLUMN n TYPE bigint;
-- expect: update-without-where "app.users"
-- expect: backfill-while-table-locked "this UPDATE goes through the rows of app.users while writes to app.pos"
UPDATE users SET plan = 'free';
-- expect: column-renamed "app.users"
ALTER TABLE users RENAME COLUMN n TO m;
