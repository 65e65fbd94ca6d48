/// Statements about the schema of ``QueryRefusalTests``: views and tables made of queries have columns of their own.
enum ViewsCases {
  static let all: [RefusalCase] = [
    ("CREATE VIEW w1 AS SELECT nope FROM users", "42703"),
    ("CREATE VIEW w2 AS SELECT id, id FROM users", "42701"),
    ("CREATE VIEW w3 (a, b, c) AS SELECT id, name FROM users", "42601"),
    ("CREATE VIEW w4 (a) AS SELECT id, name FROM users", nil),
    ("CREATE VIEW w5 AS SELECT 1 + 1, 2 + 2", "42701"),
    ("CREATE VIEW users AS SELECT 1 AS one", "42P07"),
    ("CREATE OR REPLACE VIEW users AS SELECT 1 AS one", "42809"),
    ("CREATE OR REPLACE VIEW v_users AS SELECT id FROM users", "42P16"),
    ("CREATE OR REPLACE VIEW v_users AS SELECT id, name AS renamed, lower(email) AS mail FROM users", "42P16"),
    ("CREATE OR REPLACE VIEW v_users AS SELECT id::bigint, name, lower(email) AS mail FROM users", "42P16"),
    ("CREATE OR REPLACE VIEW v_users AS SELECT id, name, lower(email) AS mail, age FROM users", nil),
    ("CREATE VIEW v_users AS SELECT 1 AS one", "42P07"),
    ("CREATE TABLE ta (a, b, c) AS SELECT 1, 2", "42601"),
    ("CREATE TABLE tb (a, b) AS SELECT 1, 2", nil),
    ("CREATE TABLE users AS SELECT 1", "42P07"),
    ("CREATE TABLE IF NOT EXISTS users AS SELECT 1", nil),
    ("CREATE TABLE tc AS SELECT nope FROM users", "42703"),
    ("CREATE TABLE td AS SELECT id, id FROM users", "42701"),
    ("CREATE MATERIALIZED VIEW mva (a, b, c) AS SELECT 1, 2", "42601"),
    ("CREATE MATERIALIZED VIEW mvb AS SELECT nope FROM users", "42703"),
  ]
}
