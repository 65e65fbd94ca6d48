"""Tables and what belongs to them: actions, columns, constraints, indexes, triggers."""

from .registry import construct, joined, lines

TABLE = "CREATE TABLE items (id int PRIMARY KEY, name text, other int);\n"


def alter(actions):
    return f"ALTER TABLE items {actions};\n"


@construct()
def add_columns(n):
    return alter(joined(", ", n, lambda i: f"ADD COLUMN c{i} int"))


@construct()
def add_columns_to_known_table(n):
    return TABLE + alter(joined(", ", n, lambda i: f"ADD COLUMN c{i} int NOT NULL DEFAULT 0"))


@construct()
def set_types(n):
    return alter(joined(", ", n, lambda i: f"ALTER COLUMN c{i} TYPE bigint"))


@construct()
def set_one_type(n):
    return TABLE + alter(joined(", ", n, lambda i: "ALTER COLUMN name TYPE text"))


@construct()
def drop_columns(n):
    return alter(joined(", ", n, lambda i: f"DROP COLUMN c{i}"))


@construct()
def set_not_null(n):
    return alter(joined(", ", n, lambda i: f"ALTER COLUMN c{i} SET NOT NULL"))


@construct()
def add_checks(n):
    return TABLE + alter(joined(", ", n, lambda i: f"ADD CONSTRAINT k{i} CHECK (id > {i})"))


@construct()
def drop_constraints(n):
    return alter(joined(", ", n, lambda i: f"DROP CONSTRAINT k{i}"))


@construct()
def alters_of_a_table(n):
    return TABLE + lines(n, lambda i: f"ALTER TABLE items ADD COLUMN c{i} int;")


@construct()
def alters_of_an_unknown_table(n):
    return lines(n, lambda i: f"ALTER TABLE items ADD COLUMN c{i} int;")


@construct()
def added_and_dropped_columns(n):
    return TABLE + lines(n, lambda i: f"ALTER TABLE items ADD COLUMN c{i} int;\nALTER TABLE items DROP COLUMN c{i};")


@construct()
def columns_of_a_table(n):
    return f"CREATE TABLE t ({joined(', ', n, lambda i: f'c{i} int')});\n"


@construct()
def constraints_of_a_table(n):
    return f"CREATE TABLE t (a int, {joined(', ', n, lambda i: f'CONSTRAINT k{i} CHECK (a > {i})')});\n"


@construct()
def tables(n):
    return lines(n, lambda i: f"CREATE TABLE t{i} (id int PRIMARY KEY, name text);")


@construct()
def tables_if_not_exists(n):
    return lines(n, lambda i: "CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY);")


@construct()
def tables_that_exist(n):
    return lines(n, lambda i: "CREATE TABLE t (id int);")


@construct()
def not_null_steps(n):
    return TABLE + lines(
        n,
        lambda i: f"ALTER TABLE items ADD CONSTRAINT k{i} CHECK (name IS NOT NULL) NOT VALID;\n"
        f"ALTER TABLE items VALIDATE CONSTRAINT k{i};",
    )


@construct()
def indexes_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE INDEX i{i} ON items (other);")


@construct()
def indexes_of_an_unknown_table(n):
    return lines(n, lambda i: f"CREATE INDEX CONCURRENTLY i{i} ON items (c{i});")


@construct()
def reindexes(n):
    return TABLE + indexes_of_a_table(n) + lines(n, lambda i: f"REINDEX INDEX i{i};")


@construct()
def columns_of_an_index(n):
    return f"CREATE INDEX ON items ({joined(', ', n, lambda i: f'c{i}')});\n"


@construct()
def foreign_keys_to_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE TABLE t{i} (id int REFERENCES items);")


@construct()
def foreign_keys_of_a_table(n):
    return TABLE + lines(n, lambda i: f"ALTER TABLE items ADD CONSTRAINT k{i} FOREIGN KEY (other) REFERENCES items;")


@construct()
def foreign_keys_in_a_chain(n):
    return "CREATE TABLE t0 (id int PRIMARY KEY);\n" + lines(
        n, lambda i: f"CREATE TABLE t{i + 1} (id int PRIMARY KEY REFERENCES t{i});"
    )


@construct()
def writes_to_a_referenced_table(n):
    return foreign_keys_to_a_table(n // 2) + lines(n // 2, lambda i: "ALTER TABLE items ADD COLUMN IF NOT EXISTS x int;")


@construct()
def triggers_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE TRIGGER g{i} BEFORE INSERT ON items EXECUTE FUNCTION f();")


@construct()
def switched_triggers(n):
    return triggers_of_a_table(n) + lines(n, lambda i: f"ALTER TABLE items DISABLE TRIGGER g{i};")


@construct()
def rules_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE RULE r{i} AS ON INSERT TO items DO ALSO NOTHING;")


@construct()
def policies_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE POLICY p{i} ON items USING (true);")


@construct()
def statistics_of_a_table(n):
    return TABLE + lines(n, lambda i: f"CREATE STATISTICS s{i} ON id, other FROM items;")


@construct()
def comments_on_a_table(n):
    return TABLE + lines(n, lambda i: f"COMMENT ON TABLE items IS 'text {i}';")


@construct()
def comments_on_tables(n):
    return tables(n) + lines(n, lambda i: f"COMMENT ON COLUMN t{i}.name IS 'text {i}';")


@construct()
def grants(n):
    return TABLE + lines(n, lambda i: f"GRANT SELECT ON items TO role_{i};")


@construct()
def grant_on_tables(n):
    return tables(n) + f"GRANT SELECT ON {joined(', ', n, lambda i: f't{i}')} TO reader;\n"


@construct()
def grant_on_all_tables(n):
    return tables(n) + "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;\n" * 20


@construct()
def truncate_tables(n):
    return tables(n) + f"TRUNCATE {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def lock_tables(n):
    return f"LOCK TABLE {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def vacuum_tables(n):
    return f"VACUUM {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def updates(n):
    return TABLE + lines(n, lambda i: f"UPDATE items SET name = 'x' WHERE id = {i};")
