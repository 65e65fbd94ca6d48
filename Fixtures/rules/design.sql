-- rules: timestamp-without-time-zone, integer-primary-key, char-type, money-type, json-type, serial-type, float-type, table-without-primary-key, unnamed-constraint, wide-index, cascade-delete, object-not-idempotent, unqualified-name, reserved-word-name
-- migration
CREATE SCHEMA app;
-- expect: timestamp-without-time-zone "at and seen_at of app.events have no time zone"
-- expect: char-type "country of app.events is padded with spaces"
-- expect: money-type "what price of app.events means depends on lc_monetary"
-- expect: json-type "payload of app.events can be neither indexed nor compared"
-- expect: float-type "weight of app.events holds decimals such as 0.1 only nearly"
CREATE TABLE app.events (
  id bigint PRIMARY KEY, at timestamp NOT NULL, seen_at timestamp without time zone, country char(2), price money, payload json,
  weight real
);
CREATE TEMPORARY TABLE scratch (at timestamp, payload json);
-- expect: serial-type "id of app.users takes its value from a sequence on which each role"
-- expect: integer-primary-key "id of app.users ends at 2,147,483,647"
CREATE TABLE app.users (id serial PRIMARY KEY, name text);

-- migration
-- expect: table-without-primary-key "app.log has no primary key"
CREATE TABLE app.log (line text);
-- expect: unqualified-name "tags is made in whatever schema comes first"
CREATE TABLE tags (id bigint PRIMARY KEY);
-- expect: reserved-word-name ""order" is a reserved word"
CREATE TABLE app."order" (id bigint PRIMARY KEY, position integer);
-- expect: unnamed-constraint "2 constraints of app.items have no names"
-- expect: cascade-delete "each DELETE in app."order" deletes the rows of app.items that point to it"
CREATE TABLE app.items (
  id bigint PRIMARY KEY, n integer CHECK (n > 0), order_id bigint REFERENCES app."order" ON DELETE CASCADE
);
CREATE INDEX items_order_id_idx ON app.items (order_id);
-- expect: wide-index "this index holds 5 columns of app.items"
CREATE INDEX items_all ON app.items (id, n, order_id, (n + 1), (n + 2));

-- migration (one by one)
SET search_path = app;
-- expect: object-not-idempotent "without IF NOT EXISTS, this statement fails when the migration is run again"
ALTER TABLE app.users ADD COLUMN plan text;
ALTER TABLE app.users ADD COLUMN IF NOT EXISTS city text;
DROP TABLE IF EXISTS app.nothing;
