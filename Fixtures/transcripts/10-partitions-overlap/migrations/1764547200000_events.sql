-- Up Migration
CREATE TABLE events (
  happened_on date NOT NULL
) PARTITION BY RANGE (happened_on);
CREATE TABLE events_2026_01 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');

-- Down Migration
DROP TABLE events;
