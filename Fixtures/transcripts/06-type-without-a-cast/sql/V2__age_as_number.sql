COMMENT ON COLUMN patients.age IS 'in years';
ALTER TABLE patients ALTER COLUMN age TYPE integer;
