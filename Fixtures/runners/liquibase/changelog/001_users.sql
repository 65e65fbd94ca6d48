--liquibase formatted sql

--changeset ann:users
--comment: the users
CREATE TABLE users (id bigint PRIMARY KEY);
--rollback DROP TABLE users;

--changeset ann:index runInTransaction:false
CREATE INDEX CONCURRENTLY users_id_idx ON users (id);
--rollback DROP INDEX CONCURRENTLY users_id_idx;

--changeset ann:seed
INSERT INTO users VALUES (1);
--rollback empty
