"""Names: those that PostgreSQL makes up, renamed ones, overloads, search paths."""

from .registry import construct, joined, lines
from .tables import TABLE


@construct()
def unnamed_indexes(n):
    return TABLE + lines(n, lambda i: "CREATE INDEX ON items (other);")


@construct()
def unnamed_indexes_of_an_unknown_table(n):
    return lines(n, lambda i: "CREATE INDEX ON items (other);")


@construct()
def unnamed_checks(n):
    return TABLE + lines(n, lambda i: "ALTER TABLE items ADD CHECK (other > 0);")


@construct()
def unnamed_checks_in_one_statement(n):
    return f"CREATE TABLE t (a int, {joined(', ', n, lambda i: f'CHECK (a > {i})')});\n"


@construct()
def unnamed_unique_keys(n):
    return f"CREATE TABLE t (a int, {joined(', ', n, lambda i: 'UNIQUE (a)')});\n"


@construct()
def unnamed_foreign_keys(n):
    return TABLE + lines(n, lambda i: "ALTER TABLE items ADD FOREIGN KEY (other) REFERENCES items;")


@construct()
def unnamed_statistics(n):
    return TABLE + lines(n, lambda i: "CREATE STATISTICS ON id, other FROM items;")


@construct()
def names_that_are_cut(n):
    return f"CREATE TABLE {'x' * 63} (a int);\n" + lines(n, lambda i: f"CREATE INDEX ON {'x' * 63} (a);")


@construct()
def expressions_of_an_index(n):
    return f"CREATE INDEX ON items ({joined(', ', n, lambda i: f'(a + {i})')});\n"


@construct()
def renamed_table(n):
    return "CREATE TABLE t0 (id int PRIMARY KEY);\n" + lines(n, lambda i: f"ALTER TABLE t{i} RENAME TO t{i + 1};")


@construct()
def renamed_unknown_table(n):
    return lines(n, lambda i: f"ALTER TABLE t{i} RENAME TO t{i + 1};")


@construct()
def renamed_tables_in_a_transaction(n):
    made = lines(n, lambda i: f"ALTER TABLE t{i} RENAME TO u{i};")
    return f"BEGIN;\n{made}COMMIT;\n"


@construct()
def renamed_column(n):
    return "CREATE TABLE t (c0 int PRIMARY KEY);\n" + lines(
        n, lambda i: f"ALTER TABLE t RENAME COLUMN c{i} TO c{i + 1};"
    )


@construct()
def renamed_column_of_an_unknown_table(n):
    return lines(n, lambda i: f"ALTER TABLE t RENAME COLUMN c{i} TO c{i + 1};")


@construct()
def renamed_constraint(n):
    return "CREATE TABLE t (id int, CONSTRAINT k0 CHECK (id > 0));\n" + lines(
        n, lambda i: f"ALTER TABLE t RENAME CONSTRAINT k{i} TO k{i + 1};"
    )


@construct()
def renamed_schema(n):
    return "CREATE SCHEMA s0;\nCREATE TABLE s0.t (id int PRIMARY KEY);\n" + lines(
        n, lambda i: f"ALTER SCHEMA s{i} RENAME TO s{i + 1};"
    )


@construct()
def renamed_full_schema(n):
    names = lambda i: ("s", "r") if i % 2 == 0 else ("r", "s")
    return (
        "CREATE SCHEMA s;\n"
        + lines(n // 2, lambda i: f"CREATE TABLE s.t{i} (id int);")
        + lines(n // 2, lambda i: "ALTER SCHEMA {} RENAME TO {};".format(*names(i)))
    )


@construct()
def renamed_type(n):
    return "CREATE TYPE e0 AS ENUM ('a');\nCREATE TABLE t (a e0);\n" + lines(
        n, lambda i: f"ALTER TYPE e{i} RENAME TO e{i + 1};"
    )


@construct()
def swapped_tables(n):
    return "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n" + lines(
        n, lambda i: "ALTER TABLE a RENAME TO c;\nALTER TABLE b RENAME TO a;\nALTER TABLE c RENAME TO b;"
    )


@construct()
def moved_tables(n):
    return "CREATE SCHEMA s;\n" + lines(n, lambda i: f"CREATE TABLE t{i} (id int);\nALTER TABLE t{i} SET SCHEMA s;")


@construct()
def overloads(n):
    types = ["int", "text", "bigint", "date", "uuid", "json", "numeric", "boolean"]

    def arguments(i):
        digits = []
        while i:
            digits.append(types[i % 8])
            i //= 8
        return ", ".join(digits)

    return lines(n, lambda i: f"CREATE FUNCTION f({arguments(i)}) RETURNS int LANGUAGE sql AS 'SELECT 1';")


@construct()
def calls_of_overloads(n):
    return overloads(n // 2) + lines(n // 2, lambda i: "SELECT f(1, 'x');")


@construct()
def replaced_functions(n):
    return lines(n, lambda i: "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';")


@construct()
def arguments_of_a_function(n):
    return f"CREATE FUNCTION f({joined(', ', n, lambda i: f'a{i} int')}) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"


@construct()
def schemas(n):
    return lines(n, lambda i: f"CREATE SCHEMA s{i};\nCREATE TABLE s{i}.t (id int);")


@construct()
def long_search_path(n):
    path = joined(", ", n // 2, lambda i: f"s{i}")
    return (
        lines(n // 2, lambda i: f"CREATE SCHEMA s{i};")
        + f"SET search_path TO {path};\n"
        + lines(n // 2, lambda i: f"CREATE INDEX ON t{i} (a);")
    )


@construct()
def search_paths(n):
    return lines(n, lambda i: f"SET search_path TO s{i}, public;\nCREATE TABLE t{i} (id int);")


@construct()
def settings(n):
    return lines(n, lambda i: f"SET my.setting_{i} = '{i}';")
