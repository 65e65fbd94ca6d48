-- atlas:txtar

-- checks.sql --
SELECT count(*) = 0 FROM users;

-- migration.sql --
DROP TABLE users;

-- down.sql --
CREATE TABLE users (id bigint PRIMARY KEY);
