-- migrate:up
CREATE TABLE invoices (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL
);

-- migrate:down
DROP TABLE invoices;
