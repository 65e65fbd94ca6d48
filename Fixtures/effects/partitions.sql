-- case: a partition is attached without a proof
ALTER TABLE logs ATTACH PARTITION logs_debug FOR VALUES IN ('debug');
-- case: a partition is attached with a proof
ALTER TABLE logs ATTACH PARTITION logs_proved FOR VALUES IN ('trace');
-- case: a partition is attached to a table with a default partition
ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- case: a partition is detached
ALTER TABLE logs DETACH PARTITION logs_error;
-- case: a partition is detached from a table with a default partition
ALTER TABLE events DETACH PARTITION events_2025;
-- case: the default partition is detached
ALTER TABLE events DETACH PARTITION events_rest;
-- case: an index of a partitioned table
CREATE INDEX i ON events (user_id);
-- case: an index of a partitioned table alone
CREATE INDEX i ON ONLY events (user_id);
-- case: an index of a partition
CREATE INDEX i ON events_2025 (user_id);
-- case: an index of a partitioned table that a partition has already
CREATE INDEX i ON events_2025 (user_id);
CREATE INDEX j ON events (user_id);
-- case: an index of a partitioned table is dropped
DROP INDEX events_kind_idx;
-- case: a trigger of a partitioned table
CREATE TRIGGER x AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION note_change();
-- case: a partition's index is attached
CREATE INDEX logs_error_id_idx ON logs_error (id);
ALTER INDEX logs_id_idx ATTACH PARTITION logs_error_id_idx;
-- case: a row trigger of a partitioned table is dropped
CREATE TRIGGER x AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION note_change();
DROP TRIGGER x ON events;
-- case: a statement trigger of a partitioned table is dropped
CREATE TRIGGER x AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION note_change();
DROP TRIGGER x ON events;
-- case: a function makes a partition whose name it puts together
CREATE FUNCTION add_year(parent text, year integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  partition text := format('%s_%s', parent, year);
BEGIN
  IF to_regclass(partition) IS NULL THEN
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', partition, parent);
  END IF;
  EXECUTE 'ALTER TABLE ' || parent || ' ATTACH PARTITION ' || quote_ident(partition)
    || format(' FOR VALUES FROM (%L) TO (%L)', year || '-01-01', (year + 1) || '-01-01');
END $$;
SELECT add_year('events', 2031);
