SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY users_town_idx ON users (town);
