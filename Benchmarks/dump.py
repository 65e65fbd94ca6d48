"""Generates one large file: a schema with its rows, as pg_dump writes them with --rows-per-insert."""

import itertools
import random

import words

TABLES = 20
ROWS_IN_A_STATEMENT = 100

VALUES = {
    "varchar": lambda random: f"'{random.choice(words.QUALIFIERS)[:2]}'",  # the shortest column holds two characters
    "text": lambda random: f"'{' '.join(random.choices(words.NOUNS, k=8))}'",
    "integer": lambda random: str(random.randrange(10_000)),
    "numeric": lambda random: f"{random.randrange(100)}.{random.randrange(100):02}",
    "boolean": lambda random: random.choice(("true", "false")),
    "timestamptz": lambda random: f"'2024-{random.randint(1, 12):02}-{random.randint(1, 28):02} 12:00:00+00'",
    "timestamp": lambda random: f"'2024-{random.randint(1, 12):02}-{random.randint(1, 28):02} 12:00:00'",
    "date": lambda random: f"'2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}'",
    "jsonb": lambda random: f'\'{{"{random.choice(words.NOUNS)}": {random.randrange(100)}}}\'',
    "uuid": lambda random: f"'{random.getrandbits(128):032x}'",
}


def write_dump(path, size, rows_in_a_statement=ROWS_IN_A_STATEMENT, seed=1):
    """Writes as many whole statements as fit into the size in bytes."""
    written = 0
    with open(path, "w") as file:
        for statement in statements(random.Random(seed), rows_in_a_statement):
            written += len(statement)
            if written > size:
                break
            file.write(statement)


def statements(source, rows_in_a_statement):
    stems = words.table_stems(source)
    tables = []
    for _ in range(TABLES):
        name, columns = next(stems) + "s", source.sample(words.COLUMNS, 7)
        tables.append((name, columns))
        lines = "".join(f",\n    {column} {type}" for column, type, _ in columns)
        yield f"CREATE TABLE {name} (\n    id bigint NOT NULL{lines}\n);\n\n"
        yield f"ALTER TABLE ONLY {name}\n    ADD CONSTRAINT {name}_pkey PRIMARY KEY (id);\n\n"
    for first in itertools.count(1, rows_in_a_statement):
        name, columns = source.choice(tables)
        types = [type.partition("(")[0] for _, type, _ in columns]
        rows = ",\n".join(
            f"    ({id}, {', '.join(VALUES[type](source) for type in types)})"
            for id in range(first, first + rows_in_a_statement)
        )
        yield f"INSERT INTO {name} VALUES\n{rows};\n\n"
