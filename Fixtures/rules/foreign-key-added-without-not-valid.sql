-- migration
CREATE TABLE users (id bigint PRIMARY KEY, boss bigint);
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint, other_id bigint);

-- migration
-- expect: foreign-key-added-without-not-valid "checking every row of clips for foreign key clips_user_fk blocks writes to clips and users"
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
