CREATE TABLE lasts (id bigint PRIMARY KEY);
CREATE INDEX CONCURRENTLY lasts_id_idx ON lasts (id);
SELECT 1;
