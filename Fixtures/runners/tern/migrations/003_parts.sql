CREATE INDEX users_name_idx ON users (id); ---- create above / drop below ----
---- tern: disable-tx ----
DROP INDEX CONCURRENTLY users_name_idx;
---- create above / drop below ----
SELECT 1;
