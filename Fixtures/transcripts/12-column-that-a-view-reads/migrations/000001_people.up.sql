CREATE TABLE people (
  id bigint PRIMARY KEY,
  name varchar(40) NOT NULL
);
CREATE VIEW greetings AS
  SELECT id, 'Hello, ' || name AS greeting FROM people;
