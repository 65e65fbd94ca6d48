---- tern: disable-tx ----
CREATE INDEX CONCURRENTLY users_id_idx ON users (id);
---- create above / drop below ----
DROP INDEX CONCURRENTLY users_id_idx;
