SET lock_timeout = '2s';
ALTER TABLE people ALTER COLUMN name TYPE varchar(80);
