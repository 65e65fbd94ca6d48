--! Previous: sha1:0
--! Hash: sha1:1
--! no-transaction

CREATE INDEX CONCURRENTLY users_id_idx ON users (id);
