-- The old limits. What no longer fits is cut.

ALTER TABLE clips ALTER COLUMN view_count TYPE integer USING least(view_count, 2147483647);
ALTER TABLE users ALTER COLUMN bio TYPE varchar(500) USING left(bio, 500);
ALTER TABLE users ALTER COLUMN username TYPE varchar(50) USING left(username, 50);
