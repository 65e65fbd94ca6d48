"""Long and deep expressions and queries."""

from .registry import construct, joined, lines, quoted


@construct()
def or_chain(n):
    return f"SELECT 1 FROM t WHERE {joined(' OR ', n, lambda i: f'a = {i}')};\n"


@construct()
def and_chain_in_check(n):
    return f"CREATE TABLE t (a int, CHECK ({joined(' AND ', n, lambda i: f'a <> {i}')}));\n"


@construct()
def plus_chain_in_block(n):
    return f"DO $$ DECLARE x int; BEGIN x := {joined(' + ', n, lambda i: '1')}; END $$;\n"


@construct()
def concatenations(n):
    return f"CREATE TABLE t (a text DEFAULT {joined(' || ', n, quoted)});\n"


@construct()
def concatenations_in_block(n):
    return f"DO $$ DECLARE x text; BEGIN x := {joined(' || ', n, quoted)}; EXECUTE x; END $$;\n"


@construct()
def in_list(n):
    return f"DELETE FROM t WHERE a IN ({joined(', ', n, str)});\n"


@construct()
def values_rows(n):
    return f"INSERT INTO t VALUES {joined(', ', n, lambda i: f'({i}, 1)')};\n"


@construct()
def inserts(n):
    return lines(n, lambda i: f"INSERT INTO items (id, name) VALUES ({i}, 'name {i}');")


@construct()
def inserts_after_create(n):
    return "CREATE TABLE items (id int PRIMARY KEY, name text);\n" + inserts(n)


@construct()
def case_branches(n):
    return f"UPDATE t SET a = CASE b {joined(' ', n, lambda i: f'WHEN {i} THEN {i}')} END;\n"


@construct()
def case_branches_in_block(n):
    branches = joined(" ", n, lambda i: f"WHEN {i} THEN {i}")
    return f"DO $$ DECLARE x int; BEGIN x := CASE 0 {branches} END; END $$;\n"


@construct()
def nested_cases(n):
    return f"DO $$ DECLARE x int; BEGIN x := {'CASE ' * n}1{' WHEN 1 THEN 1 WHEN 2 THEN 2 END' * n}; END $$;\n"


@construct()
def parentheses(n):
    return f"SELECT {'(' * n}1{')' * n};\n"


@construct()
def subselects(n):
    return f"SELECT {'(SELECT ' * n}1{')' * n};\n"


@construct()
def nested_calls(n):
    return f"SELECT {'abs(' * n}1{')' * n};\n"


@construct()
def negations(n):
    return f"SELECT {'NOT ' * n}true;\n"


@construct()
def minuses(n):
    return f"DO $$ DECLARE x int; BEGIN x := {'- ' * n}1; END $$;\n"


@construct()
def casts(n):
    return f"CREATE TABLE t (a int DEFAULT 1{'::int' * n});\n"


@construct()
def subscripts(n):
    return f"SELECT a{'[1]' * n} FROM t;\n"


@construct()
def qualified_names(n):
    return f"SELECT a{'.b' * n} FROM t;\n"


@construct()
def array_elements(n):
    return f"DO $$ DECLARE x int[]; BEGIN x := ARRAY[{joined(', ', n, str)}]; END $$;\n"


@construct()
def loop_over_array(n):
    array = joined(", ", n, lambda i: f"'t{i}'")
    body = "EXECUTE format('CREATE TABLE %I (id int)', x)"
    return f"DO $$ DECLARE x text; BEGIN FOREACH x IN ARRAY ARRAY[{array}] LOOP {body}; END LOOP; END $$;\n"


@construct()
def union_all(n):
    return f"CREATE VIEW v AS {joined(' UNION ALL ', n, lambda i: f'SELECT {i} AS a')};\n"


@construct()
def joins(n):
    tables = joined(" ", n, lambda i: f"JOIN t{i} ON t{i}.id = t.id")
    return f"CREATE VIEW v AS SELECT t.id FROM t {tables};\n"


@construct()
def from_list(n):
    return f"SELECT 1 FROM {joined(', ', n, lambda i: f't{i}')};\n"


@construct()
def common_table_expressions(n):
    return f"WITH {joined(', ', n, lambda i: f'c{i} AS (SELECT {i} AS a)')} SELECT * FROM c0;\n"


@construct()
def chained_table_expressions(n):
    chain = joined(", ", n, lambda i: f"c{i + 1} AS (SELECT a FROM c{i})")
    return f"WITH c0 AS (SELECT 1 AS a), {chain} SELECT * FROM c{n};\n"


@construct()
def function_arguments(n):
    return f"SELECT concat({joined(', ', n, str)});\n"


@construct()
def string_of_one_literal(n):
    return f"INSERT INTO t VALUES ('{'x' * n}');\n"


@construct()
def to_char_pattern(n):
    pattern = "YYYY-MM-DD HH24:MI:SS" * n
    return f"DO $$ BEGIN EXECUTE to_char(now(), '{pattern}'); END $$;\n"


@construct()
def to_char_letters(n):
    return f"DO $$ BEGIN EXECUTE to_char(now(), '{'x' * n}'); END $$;\n"


@construct()
def format_pattern(n):
    return f"DO $$ BEGIN EXECUTE format('{'%s' * n}', {joined(', ', n, str)}); END $$;\n"


@construct()
def replace_in_text(n):
    return f"DO $$ BEGIN EXECUTE replace('{'a' * n}', 'a', 'bb'); END $$;\n"


@construct()
def like_pattern(n):
    return f"DO $$ BEGIN IF '{'a' * n}' LIKE '{'%a' * n}b' THEN DROP TABLE t; END IF; END $$;\n"


@construct()
def regular_expression(n):
    return f"DO $$ BEGIN IF '{'a' * n}' ~ '{'(a*)*' * n}b' THEN DROP TABLE t; END IF; END $$;\n"
