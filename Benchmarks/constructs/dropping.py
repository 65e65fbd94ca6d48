"""Dropping, and what goes along with it."""

from .registry import construct, joined, lines
from .tables import TABLE, foreign_keys_in_a_chain, foreign_keys_to_a_table, indexes_of_a_table, tables


@construct()
def drop_unknown_tables(n):
    return f"DROP TABLE {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def drop_tables_if_exist(n):
    return f"DROP TABLE IF EXISTS {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def drop_known_tables(n):
    return tables(n) + f"DROP TABLE {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def drop_linked_tables(n):
    return foreign_keys_in_a_chain(n) + f"DROP TABLE {joined(', ', n + 1, lambda i: f't{i}')};\n"


@construct()
def drop_tables_one_by_one(n):
    return tables(n) + lines(n, lambda i: f"DROP TABLE t{i};")


@construct()
def drop_referenced_table(n):
    return foreign_keys_to_a_table(n) + "DROP TABLE items CASCADE;\n"


@construct()
def drop_indexes(n):
    return indexes_of_a_table(n) + f"DROP INDEX {joined(', ', n, lambda i: f'i{i}')};\n"


@construct()
def drop_views_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE VIEW v{i} AS SELECT id FROM items;") + "DROP TABLE items CASCADE;\n"


@construct()
def drop_schema(n):
    made = lines(n, lambda i: f"CREATE TABLE s.t{i} (id int PRIMARY KEY);\nCREATE VIEW s.v{i} AS SELECT id FROM s.t{i};")
    return f"CREATE SCHEMA s;\n{made}DROP SCHEMA s CASCADE;\n"


@construct()
def drop_schema_of_linked_tables(n):
    made = "CREATE TABLE s.t0 (id int PRIMARY KEY);\n" + lines(
        n, lambda i: f"CREATE TABLE s.t{i + 1} (id int PRIMARY KEY REFERENCES s.t{i});"
    )
    return f"CREATE SCHEMA s;\n{made}DROP SCHEMA s CASCADE;\n"


@construct()
def drop_schemas(n):
    return lines(n, lambda i: f"CREATE SCHEMA s{i};\nCREATE TABLE s{i}.t (id int);\nDROP SCHEMA s{i} CASCADE;")


@construct()
def drop_functions(n):
    made = lines(n, lambda i: f"CREATE FUNCTION f{i}() RETURNS int LANGUAGE sql AS 'SELECT 1';")
    return made + lines(n, lambda i: f"DROP FUNCTION f{i}();")


@construct()
def drop_type_of_tables(n):
    return (
        "CREATE TYPE mood AS ENUM ('sad');\n"
        + lines(n, lambda i: f"CREATE TABLE t{i} (mood mood);")
        + "DROP TYPE mood CASCADE;\n"
    )


@construct()
def drop_types(n):
    made = lines(n, lambda i: f"CREATE TYPE e{i} AS ENUM ('a');")
    return made + f"DROP TYPE {joined(', ', n, lambda i: f'e{i}')};\n"


@construct()
def drop_sequences(n):
    made = lines(n, lambda i: f"CREATE SEQUENCE s{i};")
    return made + f"DROP SEQUENCE {joined(', ', n, lambda i: f's{i}')};\n"


@construct()
def drop_owned(n):
    return tables(n) + "DROP OWNED BY somebody;\n" * 20


@construct()
def made_and_dropped(n):
    return lines(n, lambda i: f"CREATE TABLE t{i} (id int PRIMARY KEY);\nDROP TABLE t{i};")


@construct()
def made_and_dropped_again(n):
    return lines(n, lambda i: "CREATE TABLE t (id int PRIMARY KEY);\nDROP TABLE t;")


@construct()
def views_made_and_dropped(n):
    return TABLE + lines(n, lambda i: "CREATE VIEW v AS SELECT id FROM items;\nDROP VIEW v;")


@construct()
def drop_chain_of_views(n):
    made = lines(n, lambda i: f"CREATE VIEW v{i + 1} AS SELECT id FROM v{i};")
    return f"CREATE VIEW v0 AS SELECT 1 AS id;\n{made}DROP VIEW v0 CASCADE;\n"


@construct()
def drop_column_of_views(n):
    return (
        TABLE + lines(n, lambda i: f"CREATE VIEW v{i} AS SELECT other FROM items;")
        + "ALTER TABLE items DROP COLUMN other CASCADE;\n"
    )
