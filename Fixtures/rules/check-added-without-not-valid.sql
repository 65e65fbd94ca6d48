-- migration
CREATE TABLE orders (id bigint PRIMARY KEY, total int, state text);

-- migration
ALTER TABLE orders
  -- expect: check-added-without-not-valid "reading every row of orders for check total_positive blocks reads and writes to orders"
  ADD CONSTRAINT total_positive CHECK (total > 0),
  ADD CONSTRAINT state_known CHECK (state IN ('open', 'paid')) NOT VALID,
  -- expect: check-added-without-not-valid "for this check"
  ADD CHECK (total < 1000000) NO INHERIT;

-- migration
DO $$ BEGIN
  -- expect: check-added-without-not-valid "check state_short"
  ALTER TABLE orders ADD CONSTRAINT state_short CHECK (length(state) < 20);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

-- migration
ALTER TABLE orders VALIDATE CONSTRAINT state_known;

-- migration
-- A rewrite checks the rows in the same pass, but a check added by itself does not.
CREATE TABLE fresh (id int);
ALTER TABLE fresh ADD CHECK (id > 0);
CREATE TABLE other (id int CHECK (id > 0), CHECK (id < 9));
