"""Transactions, savepoints and the locks that are held in them."""

from .registry import construct, lines
from .tables import TABLE


@construct()
def transaction_of_statements(n):
    return f"BEGIN;\n{lines(n, lambda i: f'SELECT {i};')}COMMIT;\n"


@construct()
def transaction_of_locks(n):
    return f"BEGIN;\n{lines(n, lambda i: f'ALTER TABLE t{i} ADD COLUMN a int;')}COMMIT;\n"


@construct()
def transaction_of_work(n):
    return f"BEGIN;\n{lines(n, lambda i: f'CREATE INDEX ON t{i} (a);')}COMMIT;\n"


@construct()
def transactions(n):
    return lines(n, lambda i: f"BEGIN;\nCREATE TABLE t{i} (id int);\nCOMMIT;")


@construct()
def transactions_taken_back(n):
    return lines(n, lambda i: f"BEGIN;\nCREATE TABLE t{i} (id int);\nROLLBACK;")


@construct()
def transaction_taken_back(n):
    return f"BEGIN;\n{lines(n, lambda i: f'CREATE TABLE t{i} (id int);')}ROLLBACK;\n"


@construct()
def savepoints(n):
    return f"BEGIN;\n{lines(n, lambda i: f'SAVEPOINT s{i};')}COMMIT;\n"


@construct()
def savepoints_with_locks(n):
    made = lines(n, lambda i: f"SAVEPOINT s{i};\nALTER TABLE t{i} ADD COLUMN a int;")
    return f"BEGIN;\n{made}ROLLBACK TO s0;\nCOMMIT;\n"


@construct()
def savepoints_released(n):
    made = lines(n, lambda i: f"SAVEPOINT s{i};\nCREATE TABLE t{i} (id int);\nRELEASE s{i};")
    return f"BEGIN;\n{made}ROLLBACK;\n"


@construct()
def savepoints_released_from_inside(n):
    made = lines(n, lambda i: f"SAVEPOINT s{i};")
    back = lines(n, lambda i: f"RELEASE s{n - 1 - i};")
    return f"BEGIN;\n{made}{back}ROLLBACK;\n"


@construct()
def rollbacks_to_a_savepoint(n):
    made = lines(n, lambda i: f"ALTER TABLE t{i} ADD COLUMN a int;\nROLLBACK TO s;")
    return f"BEGIN;\nSAVEPOINT s;\n{made}COMMIT;\n"


@construct()
def rollbacks_to_missing_savepoints(n):
    made = lines(n // 2, lambda i: f"SAVEPOINT s{i};")
    back = lines(n // 2, lambda i: f"ROLLBACK TO missing_{i};")
    return f"BEGIN;\n{made}{back}COMMIT;\n"


@construct()
def begins(n):
    return lines(n, lambda i: "BEGIN;")


@construct()
def refused_in_a_transaction(n):
    return f"{TABLE}BEGIN;\n{lines(n, lambda i: f'CREATE INDEX CONCURRENTLY i{i} ON items (id);')}COMMIT;\n"


@construct()
def prepared_transactions(n):
    return lines(n, lambda i: f"BEGIN;\nPREPARE TRANSACTION 'p{i}';\nCOMMIT PREPARED 'p{i}';")
