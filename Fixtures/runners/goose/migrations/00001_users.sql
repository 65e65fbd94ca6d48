-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RETURN 1;
END $$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION f();
DROP TABLE users;
