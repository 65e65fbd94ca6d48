-- migrate:up
CREATE TABLE firsts (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE firsts;
