DROP VIEW greetings;
DROP TABLE people;
