CREATE TABLE stock (
  sku text NOT NULL REFERENCES products (sku),
  amount integer NOT NULL
);
