-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY invoices_customer_id_idx ON invoices (customer_id);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY invoices_customer_id_idx;
