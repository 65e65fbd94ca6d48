-- Up Migration
CREATE TABLE events_2026_02 PARTITION OF events FOR VALUES FROM ('2026-01-31') TO ('2026-03-01');

-- Down Migration
DROP TABLE events_2026_02;
