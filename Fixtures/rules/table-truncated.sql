-- migration
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE clips (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE TABLE votes (clip_id bigint REFERENCES clips);

-- migration
-- expect: table-truncated "this removes every row of users, and of clips and votes with it, for good"
-- expect: tables-locked-together "this transaction locks users, clips and votes one after the other, all"
TRUNCATE users CASCADE;
-- expect: table-truncated "every row of clips and votes, for good"
TRUNCATE TABLE ONLY clips, votes RESTART IDENTITY;

-- migration
CREATE TABLE fresh (id int);
TRUNCATE fresh;
CREATE TEMP TABLE work (id int);
TRUNCATE work;
