-- atlas:checkpoint v1

CREATE TABLE users (id bigint PRIMARY KEY);
