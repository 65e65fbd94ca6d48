CREATE TABLE users (id bigint PRIMARY KEY);--> statement-breakpoint
CREATE INDEX users_id_idx ON users (id);
