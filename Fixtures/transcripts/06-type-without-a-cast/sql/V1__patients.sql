CREATE TABLE patients (
  id bigint PRIMARY KEY,
  age text
);
