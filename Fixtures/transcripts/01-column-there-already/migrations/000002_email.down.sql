ALTER TABLE customers DROP COLUMN phone, DROP COLUMN email;
