-- case: a check
ALTER TABLE users ADD CONSTRAINT c CHECK (small > 0);
-- case: a check NOT VALID
ALTER TABLE users ADD CONSTRAINT c CHECK (small > 0) NOT VALID;
-- case: a check of a partitioned table
ALTER TABLE events ADD CONSTRAINT c CHECK (id > 0);
-- case: a check of a table with children
ALTER TABLE animals ADD CONSTRAINT c CHECK (legs > 0);
-- case: a check of a parent alone
ALTER TABLE animals ADD CONSTRAINT c CHECK (legs > 0) NO INHERIT;
-- case: a check is validated
ALTER TABLE users VALIDATE CONSTRAINT users_score_check;
-- case: a check is validated that is valid
ALTER TABLE users VALIDATE CONSTRAINT users_age_check;
-- case: a foreign key
ALTER TABLE plain ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES orders (id);
-- case: a foreign key NOT VALID
ALTER TABLE plain ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES orders (id) NOT VALID;
-- case: a foreign key to itself
ALTER TABLE animals ADD CONSTRAINT c FOREIGN KEY (legs) REFERENCES animals (id) NOT VALID;
-- case: a foreign key of a partitioned table
ALTER TABLE logs ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES users;
-- case: a foreign key to a partitioned table
ALTER TABLE events_2027 ADD CONSTRAINT c FOREIGN KEY (id, at) REFERENCES events NOT VALID;
-- case: a foreign key is validated
ALTER TABLE items VALIDATE CONSTRAINT items_order_id_fkey;
-- case: a unique constraint
ALTER TABLE plain ADD CONSTRAINT c UNIQUE (a);
-- case: a unique constraint of a partitioned table
ALTER TABLE events ADD CONSTRAINT c UNIQUE (at, id, kind);
-- case: a unique constraint that takes over an index
ALTER TABLE users ADD CONSTRAINT c UNIQUE USING INDEX users_age_id_idx;
-- case: a unique constraint that takes over an index and keeps its name
ALTER TABLE users ADD CONSTRAINT users_age_id_idx UNIQUE USING INDEX users_age_id_idx;
-- case: a primary key of nullable columns
ALTER TABLE plain ADD PRIMARY KEY (a);
-- case: a primary key of required columns
ALTER TABLE strays ADD PRIMARY KEY (id);
-- case: a primary key that takes over an index of nullable columns
ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE, ADD PRIMARY KEY USING INDEX users_age_id_idx;
-- case: an exclusion constraint
ALTER TABLE plain ADD CONSTRAINT c EXCLUDE USING btree (a WITH =);
-- case: a check is dropped
ALTER TABLE users DROP CONSTRAINT users_age_check;
-- case: a constraint that is not there is dropped
ALTER TABLE users DROP CONSTRAINT IF EXISTS nothing;
-- case: a foreign key is dropped
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
-- case: a foreign key of a partitioned table is dropped
ALTER TABLE events DROP CONSTRAINT events_user_id_fkey;
-- case: a unique constraint is dropped
ALTER TABLE users DROP CONSTRAINT users_email_key;
-- case: a primary key with foreign keys is dropped
ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;
-- case: a foreign key becomes deferrable
ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey DEFERRABLE;
-- case: a constraint gets a new name
ALTER TABLE users RENAME CONSTRAINT users_age_check TO c;
-- case: a key gets a new name
ALTER TABLE users RENAME CONSTRAINT users_email_key TO c;
-- case: a check NOT VALID and its validation in one statement
ALTER TABLE users ADD CONSTRAINT c CHECK (small > 0) NOT VALID, VALIDATE CONSTRAINT users_score_check;
-- case: several actions in one statement
ALTER TABLE plain ADD COLUMN d integer, ALTER COLUMN a SET NOT NULL, ADD CONSTRAINT c UNIQUE (b), DROP COLUMN c;
-- case: a domain's constraint
ALTER DOMAIN label ADD CONSTRAINT c CHECK (VALUE <> 'no');
-- case: a domain's constraint NOT VALID
ALTER DOMAIN label ADD CONSTRAINT c CHECK (VALUE <> 'no') NOT VALID;
-- case: a domain becomes NOT NULL
UPDATE orders SET title = 'x';
ALTER DOMAIN positive SET NOT NULL;
-- case: a domain's default
ALTER DOMAIN label SET DEFAULT 'x';
-- case: an exclusion constraint
ALTER TABLE plain ADD CONSTRAINT c EXCLUDE USING btree (a WITH =);
-- case: a deferrable unique constraint
ALTER TABLE plain ADD CONSTRAINT c UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;
-- case: a primary key of a partitioned table is dropped
ALTER TABLE events DROP CONSTRAINT events_pkey;
-- case: a primary key with what refers to it is dropped
ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;
-- case: a foreign key of a partitioned table is dropped
ALTER TABLE events DROP CONSTRAINT events_user_id_fkey;
-- case: two foreign keys
ALTER TABLE plain ADD FOREIGN KEY (a) REFERENCES orders (id) NOT VALID, ADD FOREIGN KEY (c) REFERENCES animals NOT VALID;
-- case: a check of a foreign table
ALTER FOREIGN TABLE far ADD CONSTRAINT c CHECK (a > 0);
-- case: a check of a child
ALTER TABLE dogs ADD CONSTRAINT c CHECK (legs > 0);
-- case: a primary key of a child
ALTER TABLE dogs ADD PRIMARY KEY (id);
-- case: a primary key and a foreign key to it
ALTER TABLE plain ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES plain NOT VALID, ADD PRIMARY KEY (a);
