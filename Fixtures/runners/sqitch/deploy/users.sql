-- Deploy users
BEGIN;
CREATE TABLE users (id bigint PRIMARY KEY);
COMMIT;
