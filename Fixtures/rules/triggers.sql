-- migration
CREATE TABLE orders (id bigint, total integer, touched_at timestamptz);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE NOTICE 'about to fail';
  RAISE EXCEPTION 'no';
END $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.total = OLD.total THEN
    NEW.touched_at := now();
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- RAISE EXCEPTION is only mentioned here.
  RAISE WARNING 'changed';
  RETURN NEW;
END $$;

-- migration
-- expect: trigger-added "trigger refused makes DELETE and TRUNCATE of running code on orders fail wherever refuse() raises an exception"
CREATE TRIGGER refused BEFORE DELETE OR TRUNCATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION refuse();
-- expect: trigger-added "trigger touched replaces what running code writes to touched_at of orders"
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER noted AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION note();

-- migration
-- It takes the place of another one.
CREATE OR REPLACE TRIGGER refused BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse();

-- migration
-- expect: trigger-added "rule kept does something else than DELETE of running code on orders says"
CREATE RULE kept AS ON DELETE TO orders DO INSTEAD NOTHING;
-- expect: trigger-added "rule also does something more than UPDATE of running code on orders says"
CREATE RULE also AS ON UPDATE TO orders DO ALSO NOTIFY orders;

-- migration
-- expect: trigger-disabled "with triggers refused and touched of orders disabled, rows are written without what they check and keep up to date"
ALTER TABLE orders DISABLE TRIGGER refused, DISABLE TRIGGER touched;

-- migration
-- expect: trigger-disabled "disabling all triggers of orders switches off its foreign keys too"
ALTER TABLE orders DISABLE TRIGGER ALL;
ALTER TABLE orders ENABLE TRIGGER ALL;

-- migration
-- Disabled, it did nothing that anybody misses.
ALTER TABLE orders ENABLE TRIGGER touched;
CREATE TABLE fresh (id bigint);
CREATE TRIGGER refused BEFORE DELETE ON fresh FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE fresh DISABLE TRIGGER refused;
CREATE VIEW totals AS SELECT total FROM orders;
CREATE RULE kept AS ON DELETE TO totals DO INSTEAD NOTHING;
