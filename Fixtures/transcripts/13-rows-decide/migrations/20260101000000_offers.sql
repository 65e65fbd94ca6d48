CREATE TABLE offers (
  id bigint PRIMARY KEY,
  price numeric
);
