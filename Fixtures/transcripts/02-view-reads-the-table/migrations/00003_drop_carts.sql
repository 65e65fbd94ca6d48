-- +goose Up
CREATE TABLE baskets (id bigint PRIMARY KEY);
DROP TABLE carts;
-- +goose Down
DROP TABLE baskets;
