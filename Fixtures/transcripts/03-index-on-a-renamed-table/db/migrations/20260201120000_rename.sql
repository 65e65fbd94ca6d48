-- migrate:up
ALTER TABLE invoices RENAME TO bills;

-- migrate:down
ALTER TABLE bills RENAME TO invoices;
