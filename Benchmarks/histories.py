"""Generates golang-migrate histories: pairs of an up migration and the down migration that exactly undoes it.

A table is created, is changed five to ten times while it is one of some thirty that are being worked on, and is then
left alone. So tables have the same size in short and in long histories, the number of tables grows with the number of
pairs, and what a long history costs is about its length alone. A shorter history of the same seed is the beginning of a
longer one.
"""

import itertools
import os
import random
from typing import NamedTuple

import words

TABLES_IN_WORK = 30
REFERENCED_TABLES = 200  # foreign keys refer to the latest tables, so that no table is referred to ever more often


class Pair(NamedTuple):
    name: str
    up: str
    down: str


class Column:
    def __init__(self, name, type, default):
        self.name, self.type, self.default = name, type, default
        self.is_indexed = False

    def definition(self, is_required):
        constraints = f" NOT NULL DEFAULT {self.default}" if is_required else ""
        return f"{self.name} {self.type}{constraints}"


class Table:
    def __init__(self, stem, random):
        self.stem = stem
        self.name = stem + "s"
        self.unused_columns = [Column(*column) for column in random.sample(words.COLUMNS, 24)]
        self.columns = []
        self.references = set()

    def take_column(self):
        self.columns.append(self.unused_columns.pop())
        return self.columns[-1]


class History:
    """An endless history; iterate over it for as many pairs as you need."""

    def __init__(self, seed=1):
        self.random = random.Random(seed)
        self.stems = words.table_stems(self.random)
        self.tables = []
        self.in_work = []  # tables, each with the changes that it still awaits

    def __iter__(self):
        while True:
            is_room = len(self.in_work) < TABLES_IN_WORK
            if not self.in_work or is_room and self.random.random() < 0.3:
                yield self.create_table()
            else:
                yield self.change_table()

    def create_table(self):
        table = Table(next(self.stems), self.random)
        lines = ["id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"]
        for _ in range(self.random.randint(3, 6)):
            lines.append(table.take_column().definition(is_required=self.random.random() < 0.5))
        referenced = self.referenced_table(table) if self.random.random() < 0.5 else None
        if referenced:
            lines.append(f"{referenced.stem}_id bigint NOT NULL REFERENCES {referenced.name} (id)")
        self.tables.append(table)
        changes = self.random.sample(
            [self.add_column] * 4 + [self.create_index] * 3 + [self.add_foreign_key] * 2 + [self.change_type] * 2,
            k=self.random.randint(5, 10),
        )
        self.in_work.append((table, changes))
        columns = ",\n".join(f"    {line}" for line in lines)
        return Pair(
            f"create_{table.name}", f"CREATE TABLE {table.name} (\n{columns}\n);\n", f"DROP TABLE {table.name};\n"
        )

    def change_table(self):
        index = self.random.randrange(len(self.in_work))
        table, changes = self.in_work[index]
        change = changes.pop()
        if not changes:
            self.in_work[index] = self.in_work[-1]
            self.in_work.pop()
        return change(table)

    def add_column(self, table):
        added = [table.take_column() for _ in range(1 if self.random.random() < 0.8 else 2)]
        definitions = [column.definition(is_required=self.random.random() < 0.3) for column in added]
        return Pair(
            f"add_{added[0].name}_to_{table.name}",
            alter(table, *(f"ADD COLUMN {definition}" for definition in definitions)),
            alter(table, *(f"DROP COLUMN {column.name}" for column in reversed(added))),
        )

    def create_index(self, table):
        column = self.random.choice([column for column in table.columns if not column.is_indexed] or [None])
        if column is None:
            return self.add_column(table)
        column.is_indexed = True
        name = f"{table.name}_{column.name}_idx"
        concurrently = "CONCURRENTLY " if self.random.random() < 0.5 else ""
        method = " USING gin" if column.type == "jsonb" else ""
        condition = f" WHERE {column.name} IS NOT NULL" if self.random.random() < 0.2 else ""
        return Pair(
            f"index_{table.name}_by_{column.name}",
            f"CREATE INDEX {concurrently}{name} ON {table.name}{method} ({column.name}){condition};\n",
            f"DROP INDEX {concurrently}{name};\n",
        )

    def add_foreign_key(self, table):
        referenced = self.referenced_table(table)
        if referenced is None:
            return self.add_column(table)
        column = f"{referenced.stem}_id"
        name = f"add_{column}_to_{table.name}"
        if self.random.random() < 0.5:
            up = alter(table, f"ADD COLUMN {column} bigint REFERENCES {referenced.name} (id) ON DELETE CASCADE")
            return Pair(name, up, alter(table, f"DROP COLUMN {column}"))
        constraint = f"{table.stem}_{len(table.references)}_fkey"
        key = f"FOREIGN KEY ({column}) REFERENCES {referenced.name} (id) NOT VALID"
        return Pair(
            name,
            alter(table, f"ADD COLUMN {column} bigint") + alter(table, f"ADD CONSTRAINT {constraint} {key}"),
            alter(table, f"DROP CONSTRAINT {constraint}") + alter(table, f"DROP COLUMN {column}"),
        )

    def change_type(self, table):
        column = self.random.choice([column for column in table.columns if column.type in words.WIDER_TYPES] or [None])
        if column is None:
            return self.add_column(table)
        old, new = column.type, words.WIDER_TYPES[column.type]
        column.type = new
        using = f" USING {column.name} AT TIME ZONE 'UTC'" if old == "timestamp" else ""
        return Pair(
            f"change_type_of_{table.name}_{column.name}",
            alter(table, f"ALTER COLUMN {column.name} TYPE {new}{using}"),
            alter(table, f"ALTER COLUMN {column.name} TYPE {old}{using}"),
        )

    def referenced_table(self, table):
        """One of the latest other tables that this one does not refer to yet."""
        latest = self.tables[-REFERENCED_TABLES:]
        candidates = [other for other in latest if other is not table and other.name not in table.references]
        if not candidates:
            return None
        referenced = self.random.choice(candidates)
        table.references.add(referenced.name)
        return referenced


def alter(table, *actions):
    return f"ALTER TABLE {table.name} " + ", ".join(actions) + ";\n"


def write_pairs(folder, count, seed=1):
    """Writes the first pairs of a history into the folder, and returns the path of the last up migration."""
    for number, pair in enumerate(itertools.islice(History(seed), count), start=1):
        stem = os.path.join(folder, f"{number:06}_{pair.name}")
        write(stem + ".up.sql", pair.up)
        write(stem + ".down.sql", pair.down)
    return stem + ".up.sql"


def write(path, text):
    # Not through Python's file objects: a history can be 200,000 files.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(file, text.encode())
    os.close(file)
