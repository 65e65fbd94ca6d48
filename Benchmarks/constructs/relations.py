"""Relations that stand on others: views, inheritance, partitions, types, sequences."""

from .registry import construct, joined, lines, quoted
from .tables import TABLE


@construct()
def views_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE VIEW v{i} AS SELECT id, name FROM items;")


@construct()
def chain_of_views(n):
    return "CREATE VIEW v0 AS SELECT 1 AS id;\n" + lines(n, lambda i: f"CREATE VIEW v{i + 1} AS SELECT id FROM v{i};")


@construct()
def chain_of_views_of_all_columns(n):
    return "CREATE VIEW v0 AS SELECT 1 AS id;\n" + lines(n, lambda i: f"CREATE VIEW v{i + 1} AS SELECT * FROM v{i};")


@construct()
def views_twice_as_wide(n):
    return "CREATE TABLE v0 (a int, b int);\n" + lines(
        n, lambda i: f"CREATE VIEW v{i + 1} AS SELECT x.*, y.* FROM v{i} x, v{i} y;"
    )


@construct()
def columns_of_a_view(n):
    return f"CREATE VIEW v AS SELECT {joined(', ', n, lambda i: f'{i} AS c{i}')};\n"


@construct()
def replaced_views(n):
    return TABLE + lines(n, lambda i: "CREATE OR REPLACE VIEW v AS SELECT id, name FROM items;")


@construct()
def materialized_views(n):
    return TABLE + lines(
        n,
        lambda i: f"CREATE MATERIALIZED VIEW v{i} AS SELECT id FROM items;\nREFRESH MATERIALIZED VIEW v{i};",
    )


@construct()
def alters_under_a_chain_of_views(n):
    half = n // 2
    return chain_of_views(half) + TABLE + lines(half, lambda i: f"ALTER TABLE items ADD COLUMN c{i} int;")


@construct()
def renames_under_views(n):
    names = lambda i: ("name", "title") if i % 2 == 0 else ("title", "name")
    return views_of_a_table(n // 2) + lines(
        n // 2, lambda i: "ALTER TABLE items RENAME COLUMN {} TO {};".format(*names(i))
    )


@construct()
def chain_of_children(n):
    return "CREATE TABLE t0 (id int);\n" + lines(n, lambda i: f"CREATE TABLE t{i + 1} () INHERITS (t{i});")


@construct()
def alters_above_a_chain_of_children(n):
    return chain_of_children(n // 2) + lines(n // 2, lambda i: f"ALTER TABLE t0 ADD COLUMN c{i} int;")


@construct()
def children_of_a_table(n):
    return "CREATE TABLE t (id int);\n" + lines(n, lambda i: f"CREATE TABLE t{i} () INHERITS (t);")


@construct()
def parents_of_a_table(n):
    made = lines(n, lambda i: f"CREATE TABLE t{i} (c{i % 1000} int);")
    return made + f"CREATE TABLE child () INHERITS ({joined(', ', n, lambda i: f't{i}')});\n"


@construct()
def diamonds(n):
    return "CREATE TABLE d0 (id int);\n" + lines(
        n,
        lambda i: f"CREATE TABLE a{i} () INHERITS (d{i});\nCREATE TABLE b{i} () INHERITS (d{i});\n"
        f"CREATE TABLE d{i + 1} () INHERITS (a{i}, b{i});",
    )


@construct()
def diamonds_and_an_alter(n):
    return diamonds(n) + "ALTER TABLE d0 ADD COLUMN c int;\nDROP TABLE d0 CASCADE;\n"


@construct()
def like_chain(n):
    return "CREATE TABLE t0 (a int, b int CHECK (b > 0));\n" + lines(
        n, lambda i: f"CREATE TABLE t{i + 1} (LIKE t{i} INCLUDING ALL);"
    )


@construct()
def like_twice(n):
    return "CREATE TABLE t0 (a int CHECK (a > 0));\n" + lines(
        n, lambda i: f"CREATE TABLE t{i + 1} (LIKE t{i} INCLUDING ALL, LIKE t{i} INCLUDING ALL);"
    )


@construct()
def partitions(n):
    return "CREATE TABLE p (id int) PARTITION BY RANGE (id);\n" + lines(
        n, lambda i: f"CREATE TABLE p{i} PARTITION OF p FOR VALUES FROM ({i}) TO ({i + 1});"
    )


@construct()
def partitions_by_list(n):
    return "CREATE TABLE p (id int) PARTITION BY LIST (id);\n" + lines(
        n, lambda i: f"CREATE TABLE p{i} PARTITION OF p FOR VALUES IN ({i});"
    )


@construct()
def partitions_with_keys(n):
    return "CREATE TABLE p (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);\nCREATE INDEX ON p (a);\n" + lines(
        n, lambda i: f"CREATE TABLE p{i} PARTITION OF p FOR VALUES FROM ({i}) TO ({i + 1});"
    )


@construct()
def statements_on_a_partitioned_table(n):
    return partitions(n // 2) + lines(n // 2, lambda i: f"ALTER TABLE p ADD COLUMN c{i} int;")


@construct()
def indexes_on_a_partitioned_table(n):
    return partitions(n // 2) + lines(n // 2, lambda i: f"CREATE INDEX i{i} ON p (id);")


@construct()
def chain_of_partitions(n):
    return "CREATE TABLE p0 (id int) PARTITION BY RANGE (id);\n" + lines(
        n,
        lambda i: f"CREATE TABLE p{i + 1} PARTITION OF p{i} FOR VALUES FROM (0) TO (1) PARTITION BY RANGE (id);",
    )


@construct()
def attached_partitions(n):
    return "CREATE TABLE p (id int) PARTITION BY RANGE (id);\n" + lines(
        n,
        lambda i: f"CREATE TABLE p{i} (id int);\n"
        f"ALTER TABLE p ATTACH PARTITION p{i} FOR VALUES FROM ({i}) TO ({i + 1});",
    )


@construct()
def detached_partitions(n):
    return partitions(n) + lines(n, lambda i: f"ALTER TABLE p DETACH PARTITION p{i};")


@construct()
def enum_of_values(n):
    return f"CREATE TYPE e AS ENUM ({joined(', ', n, quoted)});\n"


@construct()
def added_enum_values(n):
    return "CREATE TYPE e AS ENUM ('a');\n" + lines(n, lambda i: f"ALTER TYPE e ADD VALUE 'v{i}';")


@construct()
def added_enum_values_before(n):
    return "CREATE TYPE e AS ENUM ('a');\n" + lines(n, lambda i: f"ALTER TYPE e ADD VALUE 'v{i}' BEFORE 'a';")


@construct()
def renamed_enum_values(n):
    return "CREATE TYPE e AS ENUM ('v0');\n" + lines(n, lambda i: f"ALTER TYPE e RENAME VALUE 'v{i}' TO 'v{i + 1}';")


@construct()
def chain_of_domains(n):
    return "CREATE DOMAIN d0 AS int;\n" + lines(n, lambda i: f"CREATE DOMAIN d{i + 1} AS d{i} CHECK (VALUE > {i});")


@construct()
def constraints_of_a_domain(n):
    return "CREATE DOMAIN d AS int;\n" + lines(n, lambda i: f"ALTER DOMAIN d ADD CONSTRAINT k{i} CHECK (VALUE > {i});")


@construct()
def constraints_of_a_used_domain(n):
    return (
        "CREATE DOMAIN d AS int;\n"
        + lines(n // 2, lambda i: f"CREATE TABLE t{i} (a d);")
        + lines(n // 2, lambda i: f"ALTER DOMAIN d ADD CONSTRAINT k{i} CHECK (VALUE > {i});")
    )


@construct()
def chain_of_composite_types(n):
    return "CREATE TYPE c0 AS (a int);\n" + lines(n, lambda i: f"CREATE TYPE c{i + 1} AS (a c{i}, b c{i});")


@construct()
def sequences(n):
    return lines(n, lambda i: f"CREATE SEQUENCE s{i};\nALTER SEQUENCE s{i} RESTART 5;")


@construct()
def sequences_owned_by_a_column(n):
    return TABLE + lines(n, lambda i: f"CREATE SEQUENCE s{i} OWNED BY items.id;")


@construct()
def serial_columns(n):
    return TABLE + lines(n, lambda i: f"ALTER TABLE items ADD COLUMN c{i} serial;")


@construct()
def extensions(n):
    return lines(n, lambda i: f"CREATE EXTENSION IF NOT EXISTS e{i};")
