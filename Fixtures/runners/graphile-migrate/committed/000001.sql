--! Previous: -
--! Hash: sha1:0

CREATE TABLE users (id bigint PRIMARY KEY);
