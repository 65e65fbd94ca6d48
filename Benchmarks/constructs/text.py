"""What the lexer, the splitter and the recovery read: quotes, comments, templates, garbage, errors."""

import random

from .registry import construct, joined, lines


@construct()
def operators_in_a_row(n):
    return f"SELECT 1 {'+' * n} 1;\n"


@construct()
def mixed_operators(n):
    return f"SELECT 1 {'+-*/<>=~!@#%^&|`?' * n} 1;\n"


@construct()
def printable_garbage(n):
    source = random.Random(1)
    return "".join(chr(source.randrange(32, 127)) for _ in range(n))


@construct()
def garbage_in_lines(n):
    source = random.Random(2)
    return lines(n, lambda _: "".join(chr(source.randrange(32, 127)) for _ in range(40)))


@construct()
def words_without_sense(n):
    source = random.Random(3)
    words = ["create", "table", "(", ")", "select", ";", "'", "$$", "begin", "end", ",", "alter", "/*", "*/", "--"]
    return " ".join(source.choice(words) for _ in range(n))


@construct()
def single_quotes(n):
    return "'" * n


@construct()
def double_quotes(n):
    return '"' * n + "\n"


@construct()
def open_single_quotes(n):
    return lines(n, lambda i: f"SELECT 'it{i};")


@construct()
def dollars(n):
    return "$" * n


@construct()
def dollar_quotes_never_closed(n):
    return lines(n, lambda i: f"SELECT $t{i}$;")


@construct()
def dollar_quotes(n):
    return lines(n, lambda i: f"SELECT $t{i}$ it's; $t{i}$;")


@construct()
def open_comments(n):
    return "/*" * n


@construct()
def nested_comments(n):
    return "/*" * n + "*/" * n + "\nSELECT 1;\n"


@construct()
def comment_lines(n):
    return lines(n, lambda i: f"-- note {i}") + "SELECT 1;\n"


@construct()
def comments_between_statements(n):
    return lines(n, lambda i: f"/* {i} */ SELECT /* {i} */ 1; -- {i}")


@construct()
def backslashes(n):
    return "\\" * n + "\n"


@construct()
def backslash_lines(n):
    return lines(n, lambda i: f"\\echo {i}")


@construct()
def escaped_semicolons(n):
    return "SELECT 1\\;" * n + "SELECT 2;\n"


@construct()
def psql_conditions(n):
    return lines(n, lambda i: "\\if true\nSELECT 1;\n\\endif")


@construct()
def psql_conditions_nested(n):
    return lines(n, lambda i: "\\if true") + "SELECT 1;\n" + lines(n, lambda i: "\\endif")


@construct()
def psql_inclusions(n):
    return {"main.sql": lines(n, lambda i: "\\ir part.sql"), "part.sql": "SELECT 1;\n"}


@construct()
def psql_inclusions_missing(n):
    return lines(n, lambda i: f"\\ir missing_{i}.sql")


@construct()
def psql_variables(n):
    return lines(n, lambda i: f"\\set name_{i} 'x'\nSELECT :name_{i}, :'name_{i}';")


@construct()
def copy_rows(n):
    return "COPY items FROM stdin;\n" + lines(n, lambda i: f"{i}\tsome text\t\\N") + "\\.\n"


@construct()
def copies(n):
    return lines(n, lambda i: f"COPY items FROM stdin;\n{i}\tsome text\n\\.")


@construct()
def templates(n):
    return lines(n, lambda i: f"CREATE TABLE ${{schema}}.t{i} (id int);")


@construct()
def templates_of_all_kinds(n):
    return lines(n, lambda i: f"SELECT {{{{ a{i} }}}}, ${{b{i}}}, <%= c{i} %>, :d{i}, %(e{i})s, @f{i}@;")


@construct()
def template_tags(n):
    return lines(n, lambda i: f"{{% if a{i} %}}\nSELECT 1;\n{{% endif %}}")


@construct()
def templates_never_closed(n):
    return "SELECT " + "{{ ${ <% " * n + ";\n"


@construct()
def braces(n):
    return "{" * n + "}" * n


@construct()
def semicolons(n):
    return ";" * n


@construct()
def empty_lines(n):
    return "\n" * n + "SELECT 1;\n"


@construct()
def lines_of_windows(n):
    return "SELECT 1;\r\n" * n


@construct()
def statements_on_one_line(n):
    return "SELECT 1; " * n


@construct()
def open_parentheses(n):
    return "SELECT " + "(" * n


@construct()
def closed_parentheses(n):
    return "SELECT 1" + ")" * n + ";\n"


@construct()
def syntax_errors(n):
    return lines(n, lambda i: f"SELEC {i};")


@construct()
def syntax_errors_on_one_line(n):
    return joined(" ", n, lambda i: f"CREATE TABEL t{i} (id int);")


@construct()
def error_at_the_end(n):
    return lines(n, lambda i: f"SELECT {i};") + "SELEC 1;\n"


@construct()
def error_without_semicolons(n):
    return lines(n, lambda i: f"CREATE TABEL t{i} (id int)")


@construct()
def long_identifiers(n):
    return lines(n, lambda i: f"CREATE TABLE {'x' * 200}_{i} (id int);")


@construct()
def one_identifier(n):
    return f"CREATE TABLE {'x' * n} (id int);\n"


@construct()
def unicode_escapes(n):
    return "SELECT U&'" + "\\00e9" * n + "';\n"


@construct()
def wide_letters(n):
    return lines(n, lambda i: f"COMMENT ON TABLE t IS '{'日本語😀' * 5}{i}';")
