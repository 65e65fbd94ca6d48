-- Partner accounts have long names and biographies, and one clip is about to pass two billion views.

ALTER TABLE users ALTER COLUMN username TYPE varchar(100);
ALTER TABLE users ALTER COLUMN bio TYPE text;
ALTER TABLE clips ALTER COLUMN view_count TYPE bigint;
