extension Grammar {
  /// Code whose values are worked out: PL/pgSQL with functions, operators and numbers at their edges.
  static let code = Grammar(
    """
    file: DO $$ {block} $$;
    file: CREATE FUNCTION f(p int, q text DEFAULT 'a') RETURNS text LANGUAGE plpgsql AS $$ {block} $$; DO $$ {block} $$;
    file: CREATE FUNCTION f(p int, q text) RETURNS text LANGUAGE sql AS $$ SELECT {value} $$; SELECT f({value}, {value});
    file: CREATE PROCEDURE f(p int, q text) LANGUAGE plpgsql AS $$ {block} $$; CALL f({value}, {value});
    file: CREATE FUNCTION f(p int, q text) RETURNS trigger LANGUAGE plpgsql AS $$ {block} $$; {file}
    block: DECLARE {declarations} BEGIN {steps} END
    block: <<label>> DECLARE {declarations} BEGIN {steps} EXCEPTION WHEN OTHERS THEN {steps} END
    declarations: a text := {value}; b int := {value}; r record;
    declarations: a text[] := {value}; b date := {value}; r record; c CONSTANT interval := {value};
    declarations: a bigint = {value}; b timestamptz := {value}; r record; c CURSOR FOR {query};
    steps: {step}
    steps: {step} {steps}
    steps: {step} {steps}
    step: EXECUTE {value};
    step: {variable} := {value};
    step: {variable} := {variable} || {variable};
    step: FOR {variable} IN {value}..{value} LOOP {steps} END LOOP;
    step: FOR {variable} IN REVERSE {value}..{value} BY {value} LOOP {steps} END LOOP;
    step: FOR r IN {query} LOOP {steps} END LOOP;
    step: FOREACH {variable} IN ARRAY {value} LOOP {steps} END LOOP;
    step: WHILE {condition} LOOP {steps} END LOOP;
    step: LOOP {steps} EXIT WHEN {condition}; END LOOP;
    step: IF {condition} THEN {steps} ELSIF {condition} THEN {steps} ELSE {steps} END IF;
    step: CASE {value} WHEN {value} THEN {steps} ELSE {steps} END CASE;
    step: {query} INTO {variable};
    step: EXECUTE format({text}, {value}, {value}) INTO {variable} USING {value};
    step: PERFORM f({value}, {value});
    step: SELECT {value}, {value} INTO a, b;
    step: CREATE TABLE t (x int);
    step: ALTER TABLE t ADD COLUMN y int DEFAULT {value};
    step: {block};
    step: RAISE NOTICE '%', {value};
    step: RETURN;
    step: EXIT;
    step: CONTINUE WHEN {condition};
    step: GET DIAGNOSTICS b = ROW_COUNT;
    step: NULL;
    variable: a
    variable: b
    variable: p
    variable: q
    variable: r.x
    variable: $1
    query: SELECT {value} AS x
    query: SELECT {value} AS x UNION ALL SELECT {value}
    query: SELECT x FROM generate_series({value}, {value}) AS x
    query: SELECT x FROM generate_series({value}, {value}, {value}) x WHERE {condition}
    query: SELECT unnest({value}) AS x
    query: SELECT string_agg(x, {text}) AS x FROM (VALUES ({value}), ({value})) AS v(x)
    query: SELECT table_name AS x FROM information_schema.tables WHERE {condition}
    query: SELECT relname AS x FROM pg_class WHERE {condition} ORDER BY 1 LIMIT {value}
    query: VALUES ({value}), ({value})
    condition: true
    condition: {value} = {value}
    condition: {value} < {value} AND NOT {condition}
    condition: {value} IS NULL OR {condition}
    condition: EXISTS ({query})
    condition: {value} IN ({value}, {value})
    condition: {value} = ANY ({value})
    condition: {value} LIKE {text}
    condition: to_regclass({text}) IS NULL
    value: {number}
    value: {variable}
    value: {text}
    value: {moment}
    value: NULL
    value: -({value})
    value: {value} {operator} {value}
    value: ({value})::{type}
    value: {function}({value})
    value: {function}({value}, {value})
    value: {function}({value}, {value}, {value})
    value: CASE WHEN {condition} THEN {value} ELSE {value} END
    value: CASE {value} WHEN {value} THEN {value} WHEN {value} THEN {value} END
    value: COALESCE({value}, {value})
    value: NULLIF({value}, {value})
    value: GREATEST({value}, {value})
    value: ARRAY[{value}, {value}]
    value: ({value})[{value}]
    value: ({query})
    value: ({query} LIMIT {value})
    operator: ||
    operator: +
    operator: -
    operator: *
    operator: /
    operator: %
    operator: ^
    operator: <<
    operator: =
    operator: <>
    operator: <
    operator: >=
    operator: ->>
    operator: ~
    type: int
    type: bigint
    type: smallint
    type: text
    type: char(3)
    type: varchar(2147483647)
    type: numeric(1000, -1000)
    type: date
    type: timestamp
    type: timestamptz
    type: interval
    type: boolean
    type: text[]
    type: regclass
    type: name
    type: double precision
    function: format
    function: abs
    function: substr
    function: substring
    function: left
    function: right
    function: repeat
    function: lpad
    function: replace
    function: split_part
    function: concat
    function: concat_ws
    function: to_char
    function: date_trunc
    function: quote_ident
    function: quote_literal
    function: lower
    function: length
    function: btrim
    function: translate
    function: array_length
    function: array_append
    function: string_to_array
    function: array_to_string
    function: make_date
    function: extract
    function: to_date
    function: mod
    function: chr
    function: md5
    function: f
    function: now
    text: 'a'
    text: ''
    text: 'YYYY_MM_DD HH24:MI:SS'
    text: 'FMYYYY"x"IYYYIWDDD'
    text: '%s'
    text: '%I.%L'
    text: '%9223372036854775807$s'
    text: '%-2147483648s%%%'
    text: 'CREATE TABLE %I (x int)'
    text: 'month'
    text: 'DROP TABLE t'
    text: U&'\\0441\\+01F600'
    moment: now()
    moment: current_date
    moment: '2024-02-29'::date
    moment: '0001-01-01'::date
    moment: '5874897-12-31'::date
    moment: '4713-01-01 BC'::date
    moment: 'infinity'::timestamp
    moment: '294276-12-31 23:59:59.999999'::timestamptz
    moment: '1 month'::interval
    moment: '-178000000 years'::interval
    moment: '9223372036854775807 days'::interval
    moment: interval '2147483647' month
    number: 0
    number: 1
    number: 2
    number: 100
    number: (-1)
    number: 2147483647
    number: (-2147483648)
    number: 9223372036854775807
    number: (-9223372036854775808)
    number: '-9223372036854775808'::int8
    number: 99999999999999999999
    number: 1e308
    number: 0.1
    """
  )
}
