-- built slowly: atlas:txmode none
-- by hand

CREATE INDEX CONCURRENTLY users_why_idx ON users (id);
