DROP VIEW greetings;
ALTER TABLE people ALTER COLUMN name TYPE varchar(40);
CREATE VIEW greetings AS
  SELECT id, 'Hello, ' || name AS greeting FROM people;
