-- NO TRANSACTION holds for both directions, wherever it stands.
-- +goose up
-- +goose StatementBegin
CREATE INDEX CONCURRENTLY users_a_idx ON users (id);
CREATE INDEX CONCURRENTLY users_b_idx ON users (id);
-- +goose StatementEnd
SELECT 1; SELECT 2; -- two on a line go together
SELECT
  3;
-- +goose NO TRANSACTION
-- +goose Down
  -- +goose Up
DROP INDEX CONCURRENTLY users_a_idx;
-- +GOOSE Up
DROP INDEX CONCURRENTLY users_b_idx;
