-- +goose Up
CREATE TABLE carts (
  id bigint PRIMARY KEY,
  total numeric NOT NULL
);
-- +goose Down
DROP TABLE carts;
