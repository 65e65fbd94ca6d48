"""Comments that mean something: suppressions, and the sections that runners find in a file."""

from .registry import construct, joined, lines

ALLOW = "-- sqllint:allow"


@construct()
def allows_used(n):
    return lines(n, lambda i: f"{ALLOW} table-dropped nobody uses it\nDROP TABLE t{i};")


@construct()
def allows_unused(n):
    return lines(n, lambda i: f"{ALLOW} table-dropped nobody uses it\nSELECT {i};")


@construct()
def allows_unknown(n):
    return lines(n, lambda i: f"{ALLOW} table-droped-{i} nobody uses it\nSELECT {i};")


@construct()
def allows_for_a_file(n):
    return lines(n, lambda i: f"{ALLOW}-file table-dropped nobody uses it\nDROP TABLE t{i};")


@construct()
def allows_above_one_statement(n):
    return lines(n, lambda i: f"{ALLOW} table-dropped because of {i}") + "DROP TABLE t;\n"


@construct()
def allows_in_one_statement(n):
    return "DROP TABLE\n" + lines(n, lambda i: f"{ALLOW} table-dropped because of {i}") + "t;\n"


@construct()
def allows_without_statement(n):
    return "DROP TABLE t;\n\n" + lines(n, lambda i: f"{ALLOW} table-dropped because of {i}\n")


@construct()
def allows_on_one_line(n):
    return joined(" ", n, lambda i: f"DROP TABLE t{i}; /* sqllint:allow table-dropped reason */") + "\n"


@construct()
def allowed_names_in_a_comment(n):
    return f"{ALLOW} {joined(',', n, lambda i: f'name-{i}')} reason\nDROP TABLE t;\n"


@construct()
def allowed_names_that_exist(n):
    return f"{ALLOW} {joined(',', n, lambda i: 'table-dropped')} reason\nDROP TABLE t;\n"


@construct()
def one_long_unknown_name(n):
    return f"{ALLOW} {'x' * n} reason\nDROP TABLE t;\n"


@construct()
def findings_and_one_allow(n):
    return f"{ALLOW}-file table-dropped all of them\n" + lines(n, lambda i: f"DROP TABLE t{i};")


@construct("--runner", "goose")
def goose_sections(n):
    return {"1_a.sql": lines(n, lambda i: f"-- +goose Up\nSELECT {i};\n-- +goose Down\nSELECT {i};")}


@construct("--runner", "goose")
def goose_blocks(n):
    return {
        "1_a.sql": "-- +goose Up\n"
        + lines(n, lambda i: f"-- +goose StatementBegin\nSELECT {i};\n-- +goose StatementEnd"),
    }


@construct("--runner", "goose")
def goose_marks_in_a_line(n):
    return {"1_a.sql": "-- +goose Up\nSELECT 1;\n--" + " +goose" * n + "\n"}


@construct("--runner", "dbmate")
def dbmate_sections(n):
    return {"1_a.sql": lines(n, lambda i: f"-- migrate:up\nSELECT {i};\n-- migrate:down\nSELECT {i};")}


@construct("--runner", "dbmate")
def dbmate_options(n):
    return {"1_a.sql": "-- migrate:up" + " transaction:true" * n + "\nSELECT 1;\n"}


@construct()
def liquibase_changesets(n):
    made = lines(n, lambda i: f"--changeset me:{i}\nCREATE TABLE t{i} (id int);\n--rollback DROP TABLE t{i};")
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def liquibase_rollback_lines(n):
    made = "--changeset me:1\nSELECT 1;\n" + lines(n, lambda i: f"--rollback SELECT {i};")
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def liquibase_rollback_block(n):
    made = "--changeset me:1\nSELECT 1;\n/* liquibase rollback\n" + lines(n, lambda i: f"SELECT {i};") + "*/\n"
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def liquibase_rollbacks_by_id(n):
    made = lines(n, lambda i: f"--changeset me:{i}\nSELECT {i};\n--rollback changesetId:{i} changesetAuthor:me")
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def liquibase_delimiters(n):
    made = "--changeset me:1 endDelimiter://\n" + lines(n, lambda i: f"SELECT {i}\n//")
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def liquibase_attributes(n):
    made = "--changeset me:1 " + joined(" ", n, lambda i: f"a{i}:b") + "\nSELECT 1;\n"
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def liquibase_ignored_lines(n):
    made = "--changeset me:1\n" + lines(n, lambda i: "--ignoreLines:1\nfoo\nSELECT 1;")
    return {"1.sql": "--liquibase formatted sql\n" + made}


@construct()
def alembic_steps(n):
    return {"1.sql": lines(n, lambda i: f"-- Running upgrade a{i} -> a{i + 1}\nCREATE TABLE t{i} (id int);")}


@construct("--runner", "atlas")
def atlas_delimiters(n):
    return {"1.sql": "-- atlas:delimiter \\n\\n\n" + lines(n, lambda i: f"SELECT {i}\n")}


@construct("--runner", "atlas")
def atlas_directives(n):
    return {"1.sql": lines(n, lambda i: f"-- atlas:nolint {i}") + "\nSELECT 1;\n"}


@construct("--runner", "atlas")
def atlas_archive(n):
    made = lines(n, lambda i: f"-- migration.sql --\nSELECT {i};\n-- down.sql --\nSELECT {i};")
    return {"1.sql": "-- atlas:txtar\n\n" + made}


@construct("--runner", "tern")
def tern_marks(n):
    return {"1_a.sql": lines(n, lambda i: f"---- create above / drop below ----\nSELECT {i};")}


@construct("--runner", "node-pg-migrate")
def node_pg_migrate_marks(n):
    return {"1_a.sql": lines(n, lambda i: f"-- Up Migration\nSELECT {i};\n-- Down Migration\nSELECT {i};")}


@construct("--runner", "graphile-migrate")
def graphile_headers(n):
    return {"committed/000001.sql": lines(n, lambda i: f"--! Header{i}: x") + "\nSELECT 1;\n"}


@construct("--runner", "flyway")
def flyway_placeholders(n):
    return {"V1__a.sql": lines(n, lambda i: f"CREATE TABLE ${{schema}}.t{i} (${{column}} int);")}


@construct("--runner", "drizzle")
def drizzle_breakpoints(n):
    journal = '{"entries": [{"idx": 0, "tag": "0000_a"}]}'
    made = lines(n, lambda i: f"SELECT {i};\n--> statement-breakpoint")
    return {"meta/_journal.json": journal, "0000_a.sql": made}
