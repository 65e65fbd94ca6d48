CREATE TABLE notes (
  id bigint PRIMARY KEY,
  updated_at timestamptz
);
