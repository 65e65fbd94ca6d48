"""Code that is run: DO blocks, functions and what PL/pgSQL does in them."""

from .registry import construct, joined, lines


def block(body, declare=""):
    return f"DO $$ {declare} BEGIN\n{body}END $$;\n"


def function(name, body, declare=""):
    return f"CREATE FUNCTION {name}() RETURNS void LANGUAGE plpgsql AS $$ {declare} BEGIN\n{body}END $$;\n"


@construct()
def statements_in_block(n):
    return block(lines(n, lambda i: f"UPDATE items SET a = {i} WHERE id = {i};"))


@construct()
def performs_in_block(n):
    return block(lines(n, lambda i: f"PERFORM {i};"))


@construct()
def creates_in_block(n):
    return block(lines(n, lambda i: f"CREATE TABLE t{i} (id int);"))


@construct()
def alters_in_block(n):
    return block(lines(n, lambda i: f"ALTER TABLE items ADD COLUMN c{i} int;"))


@construct()
def executes_in_block(n):
    return block(lines(n, lambda i: f"EXECUTE 'CREATE TABLE t{i} (id int)';"))


@construct()
def equal_executes_in_block(n):
    return block(lines(n, lambda i: "EXECUTE 'CREATE TABLE t (id int)';"))


@construct()
def unknown_executes_in_block(n):
    return block(lines(n, lambda i: f"EXECUTE 'DROP TABLE ' || (SELECT name FROM list LIMIT {i + 1});"))


@construct()
def variables(n):
    return block("PERFORM 1;\n", declare="DECLARE " + lines(n, lambda i: f"v{i} int := {i};"))


@construct()
def assignments(n):
    return block(lines(n, lambda i: f"x := x + {i};"), declare="DECLARE x int := 0;")


@construct()
def assignments_of_variables(n):
    return block(
        lines(n, lambda i: f"v{i} := {i};"),
        declare="DECLARE " + lines(n, lambda i: f"v{i} int;"),
    )


@construct()
def conditions(n):
    return block(lines(n, lambda i: f"IF (SELECT count(*) FROM t) = {i} THEN PERFORM 1; END IF;"))


@construct()
def conditions_with_creates(n):
    return block(
        lines(n, lambda i: f"IF NOT EXISTS (SELECT 1 FROM x WHERE y = {i}) THEN CREATE TABLE t{i} (id int); END IF;")
    )


@construct()
def alternatives(n):
    return block("IF x() THEN PERFORM 1;\n" + lines(n, lambda i: f"ELSIF x({i}) THEN PERFORM {i};") + "END IF;\n")


@construct()
def nested_conditions(n):
    return block("IF x() THEN\n" * n + "PERFORM 1;\n" + "END IF;\n" * n)


@construct()
def nested_blocks(n):
    return block("BEGIN\n" * n + "PERFORM 1;\n" + "END;\n" * n)


@construct()
def nested_loops(n):
    return block("FOR i IN 1..2 LOOP\n" * n + "PERFORM 1;\n" + "END LOOP;\n" * n)


@construct()
def exception_blocks(n):
    return block(
        lines(
            n,
            lambda i: f"BEGIN CREATE TYPE e{i} AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END;",
        )
    )


@construct()
def exception_handlers(n):
    return block("PERFORM 1;\nEXCEPTION\n" + lines(n, lambda i: f"WHEN SQLSTATE '{i % 90000 + 10000}' THEN NULL;"))


@construct()
def loops_in_block(n):
    return block(lines(n, lambda i: "FOR i IN 1..10 LOOP x := x + i; END LOOP;"), declare="DECLARE x int := 0;")


@construct()
def loops_without_end(n):
    return lines(n, lambda i: "DO $$ DECLARE x int := 0; BEGIN LOOP x := x + 1; END LOOP; END $$;")


@construct()
def doubled_texts(n):
    return lines(
        n,
        lambda i: "DO $$ DECLARE x text := 'x'; BEGIN FOR i IN 1..40 LOOP x := x || x; END LOOP; EXECUTE x; END $$;",
    )


@construct()
def raised_notices(n):
    return block(lines(n, lambda i: f"RAISE NOTICE 'step % of %', {i}, {n};"))


@construct()
def case_statements(n):
    return block("CASE x()\n" + lines(n, lambda i: f"WHEN {i} THEN PERFORM {i};") + "END CASE;\n")


@construct()
def blocks(n):
    return lines(n, lambda i: f"DO $$ BEGIN CREATE TABLE t{i} (id int); END $$;")


@construct()
def guarded_blocks(n):
    return lines(
        n,
        lambda i: "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type) THEN "
        f"CREATE TYPE e{i} AS ENUM ('a'); END IF; END $$;",
    )


@construct()
def function_with_statements(n):
    return function("f", lines(n, lambda i: f"UPDATE items SET a = {i};")) + "SELECT f();\n"


@construct()
def calls_of_a_function(n):
    return function("f", "EXECUTE 'UPDATE items SET a = 1';\n") + lines(n, lambda i: "SELECT f();")


@construct()
def calls_in_a_block(n):
    return function("f", "UPDATE items SET a = 1;\n") + block(lines(n, lambda i: "PERFORM f();"))


@construct()
def calls_of_its_own(n):
    return function("f", lines(n, lambda i: "PERFORM f();")) + "SELECT f();\n"


@construct()
def chain_of_calls(n):
    body = lines(n, lambda i: function(f"f{i + 1}", f"PERFORM f{i}();\n"))
    return function("f0", "UPDATE items SET a = 1;\n") + body + f"SELECT f{n}();\n"


@construct()
def calls_of_two_functions(n):
    body = lines(n, lambda i: function(f"f{i + 1}", f"PERFORM f{i}(); PERFORM f{i}();\n"))
    return function("f0", "UPDATE items SET a = 1;\n") + body + f"SELECT f{n}();\n"


@construct()
def sql_functions(n):
    return lines(n, lambda i: f"CREATE FUNCTION f{i}() RETURNS int LANGUAGE sql AS 'SELECT {i}';")


@construct()
def sql_function_with_statements(n):
    body = lines(n, lambda i: f"UPDATE items SET a = {i};")
    return f"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$\n{body}$$;\nSELECT f();\n"


@construct()
def sql_function_between_begin_and_end(n):
    body = lines(n, lambda i: f"UPDATE items SET a = {i};")
    return f"CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC\n{body}END;\n"


@construct()
def syntax_errors_in_code(n):
    return block(lines(n, lambda i: f"UPDAT items SET a = {i};"))


@construct()
def functions_with_errors(n):
    return lines(n, lambda i: f"DO $$ BEGIN SELEC {i}; END $$;")


@construct()
def tables_made_in_a_loop(n):
    text = joined(", ", n, str)
    return (
        f"DO $$ DECLARE i int; BEGIN FOR i IN SELECT unnest(ARRAY[{text}]) LOOP "
        "EXECUTE format('CREATE TABLE t%s (id int)', i); END LOOP; END $$;\n"
    )
