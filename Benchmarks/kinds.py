"""Generates histories that end in many migrations of one kind of statement, to tell what such a statement costs in a
small and in a large schema."""

import os
import random
from typing import Callable, NamedTuple

import words
from histories import write

TABLES_IN_A_FILE = 10
CHANGED_TABLES = 400  # the migrations go round these, however many tables there are


class Target(NamedTuple):
    """What one migration is about."""

    number: int
    table: str
    other: str
    is_second_time: bool  # the table, or its column, has been renamed before


class Kind(NamedTuple):
    statement: Callable[[Target], str]
    spare: Callable[[int, str], str] | None = None  # what each migration needs: made from its number and a table


def add_columns(to):
    return f"ALTER TABLE {to.table} ADD COLUMN note_{to.number} text, ADD COLUMN rank_{to.number} integer;\n"


def do_block(to):
    key = f"{to.table}_{to.number}_fkey"
    return f"""DO $$ BEGIN
    ALTER TABLE {to.table} ADD CONSTRAINT {key} FOREIGN KEY (parent_id) REFERENCES {to.other} (id);
EXCEPTION
    WHEN duplicate_object THEN NULL;
END $$;
"""


def rename_table(to):
    renamed = f"{to.table}_2"
    old, new = (renamed, to.table) if to.is_second_time else (to.table, renamed)
    return f"ALTER TABLE {old} RENAME TO {new};\n"


def rename_column(to):
    old, new = ("heading", "title") if to.is_second_time else ("title", "heading")
    return f"ALTER TABLE {to.table} RENAME COLUMN {old} TO {new};\n"


KINDS = {
    "add-columns": Kind(add_columns),
    "do-block": Kind(do_block),
    "drop-table": Kind(
        lambda to: f"DROP TABLE spare_table_{to.number};\n",
        spare=lambda number, other: create_table(f"spare_table_{number}", other, "text"),
    ),
    "drop-type": Kind(
        lambda to: f"DROP TYPE spare_state_{to.number};\n",
        spare=lambda number, other: f"CREATE TYPE spare_state_{number} AS ENUM ('open', 'closed');\n",
    ),
    "rename-table": Kind(rename_table),
    "rename-column": Kind(rename_column),
}


def create_table(name, other, state_type):
    return f"""CREATE TABLE {name} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id bigint REFERENCES {other} (id),
    title varchar(120) NOT NULL,
    state {state_type},
    amount numeric(10,2) NOT NULL DEFAULT 0 CHECK (amount >= 0),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX {name}_parent_id_idx ON {name} (parent_id);
"""


def schema_files(tables, kind, migrations):
    """The tables, ten a file with a type and a view, and then what the migrations need beyond them."""
    for start in range(0, len(tables), TABLES_IN_A_FILE):
        names = tables[start : start + TABLES_IN_A_FILE]
        state = f"{names[0]}_state"
        text = f"CREATE TYPE {state} AS ENUM ('new', 'active', 'closed');\n"
        for index, name in enumerate(names, start=start):
            text += create_table(name, tables[max(0, index - 1)], state)
        yield text + f"CREATE VIEW active_{names[0]} AS SELECT id, title FROM {names[0]} WHERE amount > 0;\n"
    for start in range(0, migrations if kind.spare else 0, TABLES_IN_A_FILE):
        numbers = range(start, min(start + TABLES_IN_A_FILE, migrations))
        yield "".join(kind.spare(number, tables[number % CHANGED_TABLES]) for number in numbers)


def kind_files(tables, kind, migrations):
    for number in range(migrations):
        index = number % CHANGED_TABLES
        other = tables[(index + 7) % CHANGED_TABLES]
        yield kind.statement(Target(number, tables[index], other, is_second_time=number >= CHANGED_TABLES))


def write_kind(folder, name, tables, migrations, seed=1):
    """Writes the schema into folder/without, and the schema and the migrations into folder/with."""
    kind = KINDS[name]
    stems = words.table_stems(random.Random(seed))
    names = [next(stems) + "s" for _ in range(tables)]
    before = list(schema_files(names, kind, migrations))
    after = list(kind_files(names, kind, migrations))
    slug = name.replace("-", "_")
    for folder_name, texts in (("without", before), ("with", before + after)):
        path = os.path.join(folder, folder_name)
        os.makedirs(path)
        for number, text in enumerate(texts, start=1):
            what = "tables" if number <= len(before) else slug
            write(os.path.join(path, f"{number:06}_{what}.up.sql"), text)
