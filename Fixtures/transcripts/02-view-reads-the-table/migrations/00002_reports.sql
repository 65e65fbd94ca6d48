-- +goose Up
CREATE VIEW cart_totals AS SELECT sum(total) AS total FROM carts;
CREATE VIEW dashboard AS SELECT total FROM cart_totals;
-- +goose Down
DROP VIEW dashboard, cart_totals;
