extension Grammar {
  /// Statements that define and change objects. Few names, so that statements meet one another's objects.
  static let definitions = Grammar(
    """
    statement: CREATE TABLE {if} {relation} ({elements}){tail};
    statement: CREATE TABLE {if} {relation} ({elements}){tail};
    statement: CREATE TABLE {relation} PARTITION OF {relation} {bound} {partitioning};
    statement: CREATE {persistence} TABLE {relation} (LIKE {relation} {like}, {elements});
    statement: CREATE TABLE {relation} AS {query};
    statement: SELECT * INTO {relation} FROM {relation};
    statement: ALTER TABLE {exists} {only} {relation} {actions};
    statement: ALTER TABLE {relation} {actions};
    statement: ALTER TABLE {relation} ATTACH PARTITION {relation} {bound};
    statement: ALTER TABLE {relation} DETACH PARTITION {relation} {detach};
    statement: ALTER TABLE {relation} {inherit} {relation};
    statement: ALTER TABLE {relation} RENAME COLUMN {column} TO {column};
    statement: ALTER TABLE {relation} RENAME CONSTRAINT {constraint} TO {constraint};
    statement: ALTER {renameable} {relation} RENAME TO {name};
    statement: ALTER {renameable} {relation} SET SCHEMA {schema};
    statement: ALTER {renameable} {relation} OWNER TO {role};
    statement: DROP {renameable} {exists} {relation}, {relation} {behavior};
    statement: DROP TABLE {exists} {relation} {behavior};
    statement: DROP SCHEMA {exists} {schema} {behavior};
    statement: DROP TYPE {exists} {type} {behavior};
    statement: DROP FUNCTION {exists} {function} {signature} {behavior};
    statement: DROP TRIGGER {name} ON {relation} {behavior};
    statement: DROP OWNED BY {role} {behavior};
    statement: CREATE SCHEMA {if} {schema} {schemaElement};
    statement: ALTER SCHEMA {schema} RENAME TO {schema};
    statement: CREATE {unique} INDEX {concurrently} {if} {name} ON {only} {relation} {method} ({keys}){where};
    statement: DROP INDEX {concurrently} {exists} {relation} {behavior};
    statement: ALTER INDEX {relation} ATTACH PARTITION {relation};
    statement: REINDEX {reindex} {concurrently} {relation};
    statement: CREATE {replace} VIEW {relation} {viewColumns} AS {query} {check};
    statement: CREATE MATERIALIZED VIEW {relation} AS {query} {data};
    statement: REFRESH MATERIALIZED VIEW {concurrently} {relation} {data};
    statement: CREATE SEQUENCE {relation} {sequence};
    statement: ALTER SEQUENCE {relation} {sequence};
    statement: CREATE TYPE {name} AS ENUM ('a', 'b');
    statement: CREATE TYPE {name} AS ({column} {type}, {column} {type});
    statement: CREATE TYPE {name} AS RANGE (SUBTYPE = {type});
    statement: CREATE DOMAIN {name} AS {type} {domain};
    statement: ALTER DOMAIN {name} {domainAction};
    statement: ALTER TYPE {name} {typeAction};
    statement: CREATE {replace} FUNCTION {function} ({parameters}) RETURNS {returns} LANGUAGE {body};
    statement: CREATE {replace} PROCEDURE {function} ({parameters}) LANGUAGE {body};
    statement: CREATE {replace} {constraintTrigger} TRIGGER {name} {when} ON {relation} {each} EXECUTE FUNCTION {function} ();
    statement: CREATE RULE {name} AS ON {event} TO {relation} DO {instead};
    statement: CREATE POLICY {name} ON {relation} USING ({expression});
    statement: CREATE STATISTICS {relation} ON {column}, {column} FROM {relation};
    statement: CREATE EXTENSION {if} {name};
    statement: CREATE PUBLICATION {name} FOR TABLE {relation};
    statement: CREATE AGGREGATE {function} ({type}) (SFUNC = {function}, STYPE = {type});
    statement: CREATE OPERATOR {operator} (LEFTARG = {type}, RIGHTARG = {type}, FUNCTION = {function});
    statement: CREATE CAST ({type} AS {type}) WITH FUNCTION {function} ({type});
    statement: COMMENT ON {commented} IS {text};
    statement: GRANT {privilege} ON {relation} TO {role};
    statement: REVOKE {privilege} ON {relation} FROM {role} {behavior};
    statement: CREATE ROLE {role};
    statement: INSERT INTO {relation} {insert};
    statement: UPDATE {relation} SET {column} = {expression} {where};
    statement: DELETE FROM {relation} {where};
    statement: MERGE INTO {relation} USING {relation} ON {expression} WHEN MATCHED THEN DELETE;
    statement: TRUNCATE {only} {relation}, {relation} {behavior};
    statement: COPY {relation} FROM STDIN;
    statement: LOCK TABLE {relation} IN {lock} MODE;
    statement: {query};
    statement: {transaction};
    statement: SET {local} search_path TO {schema}, {schema};
    statement: SET {local} lock_timeout = {text};
    statement: VACUUM {vacuum} {relation};
    statement: CLUSTER {relation};
    statement: ANALYZE {relation};
    statement: EXPLAIN ANALYZE {query};
    statement: DO $$ BEGIN {statement} {statement} END $$;
    statement: DO $$ DECLARE r record; BEGIN FOR r IN {query} LOOP EXECUTE format({text}, r.{column}); END LOOP; END $$;
    statement: CALL {function} ({value});
    statement: PREPARE {name} AS {query};
    statement: REASSIGN OWNED BY {role} TO {role};
    name: a
    name: b
    name: c
    name: "a b"
    name: d
    name: e
    schema: public
    schema: s
    schema: "S"
    schema: pg_temp
    relation: {name}
    relation: {name}
    relation: {name}
    relation: {schema}.{name}
    column: x
    column: y
    column: z
    column: id
    column: ctid
    constraint: a_pkey
    constraint: a_x_check
    constraint: a_x_fkey
    constraint: {name}
    role: r
    role: CURRENT_USER
    role: PUBLIC
    function: f
    function: g
    function: s.f
    function: lower
    operator: +
    operator: ===
    signature:
    signature: ({type})
    signature: ()
    if:
    if: IF NOT EXISTS
    exists:
    exists: IF EXISTS
    only:
    only: ONLY
    behavior:
    behavior: CASCADE
    behavior: RESTRICT
    unique:
    unique: UNIQUE
    concurrently:
    concurrently: CONCURRENTLY
    replace:
    replace: OR REPLACE
    persistence:
    persistence: TEMP
    persistence: UNLOGGED
    local:
    local: LOCAL
    elements: {element}
    elements: {element}, {elements}
    elements: {element}, {elements}
    element: {column} {type} {columnConstraints}
    element: {column} {type} {columnConstraints}
    element: {tableConstraint}
    element: LIKE {relation}
    like:
    like: INCLUDING ALL
    like: EXCLUDING DEFAULTS
    tail:
    tail: {partitioning}
    tail: INHERITS ({relation})
    tail: INHERITS ({relation}, {relation})
    tail: WITH (fillfactor = {number})
    partitioning:
    partitioning: PARTITION BY RANGE ({column})
    partitioning: PARTITION BY LIST ({column})
    partitioning: PARTITION BY HASH ({column}, {column})
    bound: DEFAULT
    bound: FOR VALUES IN ({value}, {value})
    bound: FOR VALUES FROM ({value}) TO ({value})
    bound: FOR VALUES FROM (MINVALUE) TO (MAXVALUE)
    bound: FOR VALUES WITH (MODULUS {number}, REMAINDER {number})
    detach:
    detach: CONCURRENTLY
    detach: FINALIZE
    inherit: INHERIT
    inherit: NO INHERIT
    type: int
    type: text
    type: bigint
    type: numeric({number}, {number})
    type: varchar({number})
    type: timestamptz({number})
    type: serial
    type: int[]
    type: {name}
    type: {schema}.{name}
    type: {name}[]
    type: jsonb
    type: interval({number})
    type: {relation}%TYPE
    columnConstraints:
    columnConstraints: {columnConstraint} {columnConstraints}
    columnConstraint: NOT NULL
    columnConstraint: DEFAULT {expression}
    columnConstraint: PRIMARY KEY
    columnConstraint: UNIQUE
    columnConstraint: CHECK ({expression})
    columnConstraint: REFERENCES {relation} {references}
    columnConstraint: GENERATED ALWAYS AS ({expression}) STORED
    columnConstraint: GENERATED BY DEFAULT AS IDENTITY ({sequence})
    columnConstraint: COLLATE "C"
    references:
    references: ({column})
    references: ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    references: ON UPDATE SET NULL
    tableConstraint: {named} PRIMARY KEY ({column})
    tableConstraint: {named} UNIQUE NULLS NOT DISTINCT ({column}, {column})
    tableConstraint: {named} CHECK ({expression}){valid}
    tableConstraint: {named} FOREIGN KEY ({column}) REFERENCES {relation} {references} {valid}
    tableConstraint: {named} EXCLUDE USING gist ({column} WITH =)
    tableConstraint: {named} PRIMARY KEY USING INDEX {name}
    named:
    named: CONSTRAINT {constraint}
    valid:
    valid: NOT VALID
    valid: NO INHERIT
    actions: {action}
    actions: {action}, {actions}
    action: ADD COLUMN {if} {column} {type} {columnConstraints}
    action: DROP COLUMN {exists} {column} {behavior}
    action: ALTER COLUMN {column} TYPE {type} {using}
    action: ALTER {column} SET NOT NULL
    action: ALTER {column} DROP NOT NULL
    action: ALTER {column} SET DEFAULT {expression}
    action: ALTER {column} DROP DEFAULT
    action: ALTER {column} ADD GENERATED ALWAYS AS IDENTITY
    action: ALTER {column} DROP IDENTITY {exists}
    action: ALTER {column} DROP EXPRESSION
    action: ALTER {column} SET STATISTICS {number}
    action: ALTER {column} SET STORAGE EXTERNAL
    action: ADD {tableConstraint}
    action: DROP CONSTRAINT {exists} {constraint} {behavior}
    action: VALIDATE CONSTRAINT {constraint}
    action: ALTER CONSTRAINT {constraint} DEFERRABLE
    action: SET (fillfactor = {number})
    action: RESET (fillfactor)
    action: SET UNLOGGED
    action: SET TABLESPACE {name}
    action: SET ACCESS METHOD heap
    action: CLUSTER ON {name}
    action: ENABLE ROW LEVEL SECURITY
    action: DISABLE TRIGGER ALL
    action: REPLICA IDENTITY FULL
    action: REPLICA IDENTITY USING INDEX {name}
    action: OF {type}
    action: OWNER TO {role}
    using:
    using: USING {expression}
    method:
    method: USING gin
    method: USING hash
    keys: {column}
    keys: ({expression}) DESC
    keys: {column}, {keys}
    where:
    where: WHERE {expression}
    reindex: TABLE
    reindex: INDEX
    reindex: SCHEMA
    renameable: TABLE
    renameable: VIEW
    renameable: MATERIALIZED VIEW
    renameable: INDEX
    renameable: SEQUENCE
    renameable: TYPE
    renameable: DOMAIN
    renameable: FOREIGN TABLE
    schemaElement:
    schemaElement: CREATE TABLE {name} ({elements})
    schemaElement: CREATE VIEW {name} AS {query}
    viewColumns:
    viewColumns: ({column}, {column})
    check:
    check: WITH CHECK OPTION
    data:
    data: WITH NO DATA
    sequence:
    sequence: INCREMENT {number} {sequence}
    sequence: MINVALUE {number} {sequence}
    sequence: MAXVALUE {number} {sequence}
    sequence: START {number} {sequence}
    sequence: CACHE {number} CYCLE
    sequence: OWNED BY {relation}.{column}
    domain:
    domain: NOT NULL
    domain: CHECK (VALUE > {value})
    domain: DEFAULT {expression}
    domainAction: SET NOT NULL
    domainAction: ADD CHECK (VALUE <> {value}) NOT VALID
    domainAction: DROP CONSTRAINT {constraint}
    domainAction: VALIDATE CONSTRAINT {constraint}
    typeAction: ADD VALUE {if} {text}
    typeAction: ADD VALUE {text} BEFORE {text}
    typeAction: RENAME VALUE {text} TO {text}
    typeAction: RENAME TO {name}
    typeAction: ADD ATTRIBUTE {column} {type} {behavior}
    typeAction: DROP ATTRIBUTE {exists} {column} {behavior}
    typeAction: ALTER ATTRIBUTE {column} TYPE {type} {behavior}
    typeAction: RENAME ATTRIBUTE {column} TO {column} {behavior}
    parameters:
    parameters: {type}
    parameters: {column} {type}, {column} {type} DEFAULT {value}
    parameters: VARIADIC {column} int[]
    parameters: OUT {column} {type}
    returns: {type}
    returns: trigger
    returns: void
    returns: SETOF {relation}
    returns: TABLE ({column} {type})
    body: sql AS $f$ {query} $f$
    body: sql BEGIN ATOMIC {query}; END
    body: sql RETURN {expression}
    body: plpgsql AS $f$ BEGIN {statement} RETURN NULL; END $f$
    body: plpgsql IMMUTABLE AS $f$ BEGIN PERFORM {function} (); {statement} END $f$
    constraintTrigger:
    constraintTrigger: CONSTRAINT
    when: AFTER INSERT OR UPDATE
    when: BEFORE DELETE
    when: INSTEAD OF UPDATE
    when: AFTER UPDATE OF {column}
    each: FOR EACH ROW
    each: FOR EACH STATEMENT
    each: DEFERRABLE FOR EACH ROW
    each: FOR EACH ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column})
    event: INSERT
    event: SELECT
    event: UPDATE
    instead: NOTHING
    instead: INSTEAD {query}
    instead: ALSO DELETE FROM {relation}
    commented: TABLE {relation}
    commented: COLUMN {relation}.{column}
    commented: CONSTRAINT {constraint} ON {relation}
    commented: FUNCTION {function} {signature}
    commented: SCHEMA {schema}
    text: 'a'
    text: NULL
    text: '%s %I %L %%'
    text: E'\\\\n::error::x'
    text: $q$DROP TABLE %I CASCADE$q$
    privilege: SELECT
    privilege: ALL
    privilege: UPDATE ({column})
    insert: VALUES ({value})
    insert: {query}
    insert: ({column}) VALUES ({value}), (DEFAULT) ON CONFLICT ({column}) DO UPDATE SET {column} = {expression}
    insert: DEFAULT VALUES RETURNING *
    lock: ACCESS EXCLUSIVE
    lock: SHARE
    transaction: BEGIN
    transaction: COMMIT
    transaction: ROLLBACK
    transaction: SAVEPOINT {name}
    transaction: ROLLBACK TO {name}
    transaction: RELEASE {name}
    transaction: COMMIT AND CHAIN
    vacuum:
    vacuum: FULL
    query: SELECT 1
    query: SELECT * FROM {relation}
    query: SELECT {column}, {expression} AS {column} FROM {relation} {join} {where}
    query: SELECT a.*, b.* FROM {relation} a, {relation} b
    query: WITH {name} AS ({query}) SELECT * FROM {name}
    query: WITH RECURSIVE {name} AS ({query} UNION ALL {query}) SELECT * FROM {name}
    query: ({query}) UNION ({query})
    query: SELECT {function} ({expression})
    query: TABLE {relation}
    query: VALUES ({value}, {value})
    query: SELECT count(*) FROM {relation} GROUP BY {column} HAVING {expression} ORDER BY 1 LIMIT {number}
    join:
    join: JOIN {relation} USING ({column})
    join: LEFT JOIN LATERAL ({query}) q ON true
    expression: {column}
    expression: {value}
    expression: {relation}.{column}
    expression: {expression} + {expression}
    expression: {expression} IN ({value}, {value})
    expression: {column} IS NOT NULL
    expression: NOT {expression} AND {expression} OR {expression}
    expression: {expression} BETWEEN {value} AND {value}
    expression: CASE {expression} WHEN {value} THEN {expression} ELSE {expression} END
    expression: ({expression})::{type}
    expression: {function} ({expression}, {expression})
    expression: now()
    expression: nextval('{name}_{column}_seq')
    expression: COALESCE({expression}, {expression})
    expression: ARRAY[{expression}, {expression}]
    expression: EXISTS ({query})
    expression: ({query})
    expression: ROW({expression}, {expression})
    expression: {column} COLLATE "C"
    value: 0
    value: 'a'
    value: NULL
    value: {number}
    value: '2024-01-01'
    value: '{}'
    value: DEFAULT
    number: 1
    number: 0
    number: -1
    number: 2147483647
    number: 2147483648
    number: 9223372036854775807
    number: -9223372036854775808
    number: 99999999999999999999
    number: 1600
    number: 0.5
    """
  )
}
