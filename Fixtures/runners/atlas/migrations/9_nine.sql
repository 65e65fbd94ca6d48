CREATE TABLE nines (id bigint PRIMARY KEY);
