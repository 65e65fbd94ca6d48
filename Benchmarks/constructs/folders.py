"""Many files, in every format, and what lies beside them."""

from .registry import construct, joined, lines

DROP = "DROP TABLE items;\n"
FORMATS = ("text", "compact", "json", "github", "sarif", "markdown", "gitlab", "junit", "checkstyle", "rdjson", "html")


def small_files(n, statement=lambda i: f"DROP TABLE t{i};\n"):
    return {f"{i + 1:06}_a.up.sql": statement(i) for i in range(n)}


for report_format in FORMATS:

    @construct("--format", report_format, name=f"files-as-{report_format}")
    def files_with_findings(n):
        return small_files(n)

    @construct("--format", report_format, name=f"findings-as-{report_format}")
    def findings_of_a_file(n):
        return lines(n, lambda i: f"DROP TABLE t{i};")

    @construct("--format", report_format, name=f"findings-on-one-line-as-{report_format}")
    def findings_of_a_line(n):
        return joined(" ", n, lambda i: f"DROP TABLE t{i};") + "\n"

    @construct("--format", report_format, name=f"long-statements-as-{report_format}")
    def findings_of_long_statements(n):
        return lines(20, lambda i: f"DELETE FROM t{i} WHERE a = '{'x' * n}';")

    @construct("--format", report_format, name=f"findings-of-one-statement-as-{report_format}")
    def findings_of_a_statement(n):
        return "ALTER TABLE items\n" + joined(",\n", n, lambda i: f"ADD CONSTRAINT c{i} CHECK (a > {i})") + ";\n"


@construct()
def up_and_down_files(n):
    ups = {f"{i + 1:06}_a.up.sql": f"CREATE TABLE t{i} (id int);\n" for i in range(n)}
    return ups | {f"{i + 1:06}_a.down.sql": f"DROP TABLE t{i};\n" for i in range(n)}


@construct("--direction", "both", "--format", "json")
def up_and_down_files_judged(n):
    return up_and_down_files(n)


@construct("--format", "text")
def ignored_files(n):
    return small_files(4) | {f"{i}_left.sql": "SELECT 1;\n" for i in range(n)}


@construct()
def files_of_one_version(n):
    return {f"000001_a{i}.up.sql": f"SELECT {i};\n" for i in range(n)}


@construct()
def files_with_long_numbers(n):
    return {f"{'0' * 60}{i}_{'1' * 60}.sql": f"SELECT {i};\n" for i in range(n)}


@construct()
def plain_files(n):
    return {f"table_{i}.sql": f"CREATE TABLE t{i} (id int);\n" for i in range(n)}


@construct()
def deep_folders(n):
    return {"".join(f"{i}/" for i in range(min(n, 900))) + "1.sql": "SELECT 1;\n" * n}


@construct("--runner", "sqitch")
def sqitch_plan(n):
    plan = "%syntax-version=1.0.0\n%project=p\n\n" + lines(n, lambda i: f"c{i} 2020-01-01T00:00:00Z me <me@x> # note")
    scripts = {f"deploy/c{i}.sql": f"SELECT {i};\n" for i in range(n)}
    return {"sqitch.plan": plan} | scripts


@construct("--runner", "sqitch")
def sqitch_plan_without_files(n):
    return {"sqitch.plan": "%project=p\n" + lines(n, lambda i: f"c{i} 2020-01-01T00:00:00Z me <me@x> # note")}


@construct("--runner", "sqitch")
def sqitch_tags(n):
    plan = "%project=p\n" + lines(n, lambda i: f"c 2020-01-01T00:00:00Z me <m>\n@t{i} 2020-01-01T00:00:00Z me <m>")
    return {"sqitch.plan": plan, "deploy/c.sql": "SELECT 1;\n"}


@construct("--runner", "sqitch")
def sqitch_configuration(n):
    conf = "[core]\n" + lines(n, lambda i: f"\tkey{i} = value")
    return {"sqitch.conf": conf, "sqitch.plan": "%project=p\nc 2020 me\n", "deploy/c.sql": "SELECT 1;\n"}


@construct()
def atlas_sums(n):
    files = {f"{i:06}_a.sql": f"SELECT {i};\n" for i in range(n)}
    return files | {"atlas.sum": "h1:x=\n" + lines(n, lambda i: f"{i:06}_a.sql h1:x=")}


@construct("--runner", "drizzle")
def drizzle_journal(n):
    entries = joined(", ", n, lambda i: f'{{"idx": {i}, "tag": "{i:04}_a"}}')
    return {"meta/_journal.json": f'{{"entries": [{entries}]}}'} | {f"{i:04}_a.sql": "SELECT 1;\n" for i in range(n)}


@construct("--runner", "diesel")
def diesel_folders(n):
    return {f"{i:06}_a/up.sql": f"SELECT {i};\n" for i in range(n)}


@construct("--runner", "flyway")
def flyway_files(n):
    return {f"V1.{i}__a.sql": f"SELECT {i};\n" for i in range(n)}


@construct("--runner", "flyway")
def flyway_versions(n):
    return {f"V{'.'.join(str(j) for j in range(40))}.{i}__a.sql": f"SELECT {i};\n" for i in range(n)}


# The files count towards the size: what grows along with the patterns is few of them.
@construct()
def exclude_patterns(n):
    patterns = lines(n, lambda i: f"  - 'vendor/**/old_{i}*.sql'")
    return {".sqllint.yml": "exclude:\n" + patterns} | small_files(200)


@construct()
def exclude_patterns_times_files(n):
    patterns = lines(n, lambda i: f"  - 'old_{i}.sql'")
    return {".sqllint.yml": "exclude:\n" + patterns} | small_files(n)


@construct()
def stars_in_a_pattern(n):
    return {".sqllint.yml": f"exclude:\n  - '{'*a' * n}b'\n"} | {f"{'a' * 240}.sql": "SELECT 1;\n"}


@construct()
def folder_stars_in_a_pattern(n):
    return {".sqllint.yml": f"exclude:\n  - '{'**/a/' * n}b'\n"} | {f"{'a/' * 900}1.sql": "SELECT 1;\n"}


@construct()
def classes_in_a_pattern(n):
    return {".sqllint.yml": f"exclude:\n  - '{'[' * n}b'\n"} | small_files(20)


@construct()
def configured_rules(n):
    return {".sqllint.yml": "rules:\n" + lines(n, lambda i: f"  table-dropd-{i}: high")} | small_files(1)


@construct()
def configured_unknown_keys(n):
    return {".sqllint.yml": lines(n, lambda i: f"exclud{i}: x")} | small_files(1)


@construct()
def configured_long_name(n):
    return {".sqllint.yml": f"rules:\n  {'x' * n}: high\n"} | small_files(1)


@construct()
def configured_deep(n):
    return {".sqllint.yml": "exclude: " + "[" * n + "]" * n + "\n"} | small_files(1)


@construct()
def configured_aliases(n):
    made = "a0: &a0 [x]\n" + lines(n, lambda i: f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}]")
    return {".sqllint.yml": made} | small_files(1)


@construct()
def configured_anchors_as_keys(n):
    made = lines(n, lambda i: f"? &k{i} [a{i}]\n: *k{i}")
    return {".sqllint.yml": made} | small_files(1)
