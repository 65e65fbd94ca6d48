CREATE TABLE tens (id bigint PRIMARY KEY);
