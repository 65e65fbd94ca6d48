"""What is asked of a report besides findings: runbooks, what is known, who approves, how large tables are."""

import json

from .folders import small_files
from .registry import construct, joined, lines


def pairs(n, up, down):
    ups = {f"{i + 1:06}_a.up.sql": f"{up(i)}\n" for i in range(n)}
    return ups | {f"{i + 1:06}_a.down.sql": f"{down(i)}\n" for i in range(n)}


def made(i):
    return f"CREATE TABLE t{i} (id int);"


def dropped(i):
    return f"DROP TABLE t{i};"


# Runbooks.

for plan_format in ("markdown", "json", "sql"):

    @construct("--format", plan_format, command="plan", name=f"plan-of-files-as-{plan_format}")
    def plan_of_files(n):
        return pairs(n, made, dropped)

    @construct("--format", plan_format, command="plan", name=f"plan-of-drops-as-{plan_format}")
    def plan_of_drops(n):
        return pairs(n, dropped, made)

    @construct("--format", plan_format, command="plan", name=f"plan-of-statements-as-{plan_format}")
    def plan_of_statements(n):
        return lines(n, dropped)


def plan(make):
    return construct(command="plan", name=f"plan-of-{make.__name__}")(make)


@plan
def updates(n):
    return lines(n, lambda i: f"UPDATE items SET c{i} = 0 WHERE c{i} IS NULL;")


@plan
def equal_updates(n):
    return lines(n, lambda i: "UPDATE items SET c = 0 WHERE c IS NULL;")


@plan
def archives(n):
    return lines(n, lambda i: "INSERT INTO old SELECT * FROM items;\nDELETE FROM items;")


@plan
def columns(n):
    return "ALTER TABLE items\n" + joined(",\n", min(n, 1_500), lambda i: f"ADD COLUMN c{i} int") + ";\n" + " \n" * n


@plan
def schemas_in_files(n):
    return small_files(n, lambda i: f"CREATE SCHEMA s{i};\n")


@plan
def overloads(n):
    return lines(n, lambda i: f"CREATE FUNCTION f(a int, b t{i}) RETURNS int LANGUAGE sql AS 'SELECT {i}';")


@plan
def bodies(n):
    def body(last):
        code = lines(n, lambda i: f"PERFORM {i};")
        return f"CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n{code}{last} END $$;\n"

    return small_files(2, lambda i: body(f"PERFORM '{i}';"))


@plan
def refusals(n):
    return "CREATE TABLE t (id int);\n" + lines(n, lambda i: "CREATE TABLE t (id int);")


@plan
def foreign_keys(n):
    return "CREATE TABLE t (id int PRIMARY KEY);\n" + lines(n, lambda i: f"CREATE TABLE t{i} (t int REFERENCES t);")


@plan
def validations(n):
    return lines(n, lambda i: f"ALTER TABLE items VALIDATE CONSTRAINT c{i};")


@construct(command="plan")
def nested_lists_of_a_template(n):
    # A list in a list in a list.
    text = "{{#migrations}}" * 6 + "{{title}}" + "{{/migrations}}" * 6
    return {".sqllint.yml": "templates: own\n", "own/runbook.mustache": text} | small_files(n)


@construct(command="plan")
def tags_of_a_template(n):
    text = lines(min(n, 3_000), lambda i: "{{title}} {{^migrations}}x{{/migrations}}")
    return {".sqllint.yml": "templates: own\n", "own/runbook.mustache": text} | small_files(10)


# What is known.


def known(findings):
    return json.dumps({"findings": findings, "version": 1})


@construct()
def known_findings(n):
    findings = {"000001_a.up.sql": {"table-dropped": [f"{i:016x}" for i in range(n)]}}
    return {".sqllint.yml": "fail_on: low\n", ".sqllint-baseline.json": known(findings)} | small_files(4)


@construct()
def known_files(n):
    findings = {f"{i + 1:06}_a.up.sql": {"table-dropped": ["0" * 16]} for i in range(n)}
    return {".sqllint.yml": "fail_on: low\n", ".sqllint-baseline.json": known(findings)} | small_files(n)


@construct()
def known_findings_of_one_statement(n):
    findings = {"000001_a.up.sql": {"check-added-without-not-valid": ["0" * 16] * n}}
    sql = "ALTER TABLE items\n" + joined(",\n", n, lambda i: f"ADD CONSTRAINT c{i} CHECK (a > {i})") + ";\n"
    return {".sqllint.yml": "fail_on: low\n", ".sqllint-baseline.json": known(findings), "000001_a.up.sql": sql}


# Who approves.


@construct("--approved-by", "{}/approvals.txt")
def approvals(n):
    return {"approvals.txt": lines(n, lambda i: f"@user{i}")} | small_files(4)


@construct("--approved-by", "{}/approvals.txt")
def bound_approvals(n):
    return {"approvals.txt": lines(n, lambda i: f"@user{i} sha256:{i:064x}")} | small_files(4)


@construct("--approved-by", "{}/approvals.txt")
def approvals_of_files(n):
    return {"approvals.txt": lines(n, lambda i: f"@user{i}")} | small_files(n)


@construct()
def approval_comments(n):
    return lines(n, lambda i: f"-- sqllint:approved by @user{i} because\nDROP TABLE t{i};")


@construct("--approved-by", "/dev/null")
def approvers(n):
    team = lines(n, lambda i: f"  team{i}: [team{i + 1}]")
    return {".sqllint.yml": f"approvals:\n  high: team0\napprovers:\n{team}"} | small_files(4)


@construct("--approved-by", "/dev/null")
def approvals_by_tables(n):
    tables = lines(min(n, 500), lambda i: f"    t{i}*: DBA{i}")
    return {".sqllint.yml": f"approvals:\n  tables:\n{tables}"} | small_files(n)


# How large tables are.


@construct("--sizes", "{}/sizes.csv")
def sizes(n):
    return {"sizes.csv": "table,rows\n" + lines(n, lambda i: f"t{i},{i}")} | small_files(4)


@construct("--sizes", "{}/sizes.json")
def sizes_as_json(n):
    return {"sizes.json": json.dumps([{"table": f"t{i}", "rows": i} for i in range(n)])} | small_files(4)


@construct("--sizes", "{}/sizes.csv")
def sizes_of_many_columns(n):
    return {"sizes.csv": "table,rows," + "," * n + "\n" + lines(n, lambda i: f"t{i},{i}")} | small_files(4)


@construct()
def size_patterns(n):
    large = lines(min(n, 500), lambda i: f"    - '*t{i}'")
    return {".sqllint.yml": f"tables:\n  large:\n{large}"} | small_files(n)


# What the page tells of a table.


@construct("--format", "html")
def life_of_renames(n):
    return "CREATE TABLE t0 (id int);\n" + lines(n, lambda i: f"ALTER TABLE t{i} RENAME TO t{i + 1};")


@construct("--format", "html")
def life_of_a_table(n):
    return small_files(n, lambda i: "ALTER TABLE items ADD COLUMN IF NOT EXISTS a int;\n")


@construct("--format", "html")
def pairs_as_a_page(n):
    return pairs(n, made, dropped)


# Comments that hold until a day.


@construct()
def allows_until(n):
    return lines(n, lambda i: f"-- sqllint:allow table-dropped nobody uses it until 2020-01-01\nDROP TABLE t{i};")


@construct()
def allows_of_other_tools(n):
    code = lines(n, lambda i: f"-- squawk-ignore ban-drop-table\nDROP TABLE t{i};")
    return {".sqllint.yml": "foreign_suppressions: true\n", "1.sql": code}


# What statements ask of rows.


@construct("--preflight", "/dev/null")
def questions(n):
    return lines(n, lambda i: f"ALTER TABLE items ADD CONSTRAINT c{i} UNIQUE (c{i});")


@construct("--format", "json")
def foreign_keys_to_one_table(n):
    return "CREATE TABLE t (id int PRIMARY KEY);\n" + lines(n, lambda i: f"CREATE TABLE t{i} (t int REFERENCES t);")


@construct("--format", "json")
def foreign_keys_added_to_one_table(n):
    made = lines(n, lambda i: f"CREATE TABLE t{i} (t int);")
    keys = lines(n, lambda i: f"ALTER TABLE t{i} ADD FOREIGN KEY (t) REFERENCES t;")
    return "CREATE TABLE t (id int PRIMARY KEY);\n" + made + keys


@construct("--format", "json")
def statements_of_a_block(n):
    code = lines(n, lambda i: f"UPDATE t{i} SET a = {i};")
    return f"DO $$ BEGIN\n{code}END $$;\n"


@construct()
def refused_after_long_history(n):
    return lines(n, made) + lines(n, made)


# The commands beside check and plan.


@construct(command="suppressions")
def suppressions_listed(n):
    return lines(n, lambda i: f"-- sqllint:allow table-dropped because of {i} until 2020-01-01\nDROP TABLE t{i};")


@construct(command="approvals")
def approvals_listed(n):
    return small_files(n)


@construct(command="baseline")
def baseline_written(n):
    return lines(n, dropped)


@construct(command="baseline")
def baseline_of_one_statement(n):
    return "ALTER TABLE items\n" + joined(",\n", n, lambda i: f"ADD CONSTRAINT c{i} CHECK (a > {i})") + ";\n"


# Rules that look at the other statements of a file.


@construct()
def timeouts_after_statements(n):
    return lines(n, lambda i: f"SELECT {i};") + lines(n, lambda i: f"SET lock_timeout = '{i}s';")


@construct()
def commits_after_statements(n):
    return {"1_a.up.sql": lines(n, lambda i: f"SELECT {i};") + lines(n, lambda i: "COMMIT;")}


@construct()
def autovacuum_off(n):
    return lines(n, lambda i: f"ALTER TABLE t{i} SET (autovacuum_enabled = off);")


@construct()
def concurrent_indexes_if_not_exists(n):
    return lines(n, lambda i: f"CREATE INDEX CONCURRENTLY IF NOT EXISTS i{i} ON items (a{i});")


@construct()
def explicit_ids(n):
    return lines(n, lambda i: f"CREATE TABLE t{i} (id serial);\nINSERT INTO t{i} (id) VALUES ({i + 1});")


@construct(command="suppressions")
def names_and_a_reason(n):
    return f"-- sqllint:allow {joined(',', n, lambda i: f'r{i}')} {'reason ' * n}\nDROP TABLE t;\n"
