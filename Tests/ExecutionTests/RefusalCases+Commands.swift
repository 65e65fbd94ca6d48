/// Statements about the schema of ``QueryRefusalTests``: COPY, TRUNCATE and REFRESH are for what they are made for.
enum CommandsCases {
  static let all: [RefusalCase] = [
    ("COPY users (nope) TO STDOUT", "42703"),
    ("COPY users (name, name) TO STDOUT", "42701"),
    ("COPY v_users TO STDOUT", "42809"),
    ("COPY (SELECT * FROM v_users) TO STDOUT", nil),
    ("COPY (SELECT nope FROM v_users) TO STDOUT", "42703"),
    ("COPY part TO STDOUT", "42809"),
    ("COPY seq TO STDOUT", "42809"),
    ("COPY users TO STDOUT", nil),
    ("TRUNCATE users", "0A000"),
    ("TRUNCATE orders", nil),
    ("TRUNCATE users, orders", nil),
    ("TRUNCATE v_users", "42809"),
    ("TRUNCATE nope", "42P01"),
    ("TRUNCATE ONLY part", "42809"),
    ("TRUNCATE seq", "42809"),
    ("REFRESH MATERIALIZED VIEW mv", nil),
    ("REFRESH MATERIALIZED VIEW v_users", "42809"),
    ("REFRESH MATERIALIZED VIEW users", "0A000"),
    ("REFRESH MATERIALIZED VIEW nope", "42P01"),
    ("REFRESH MATERIALIZED VIEW CONCURRENTLY mv", "55000"),
    ("REFRESH MATERIALIZED VIEW CONCURRENTLY mv_empty", "0A000"),
  ]
}
