extension WritingCode {
  /// What makes up what code writes, from the columns, types and keys that the server's catalog has, and what writes it.
  static let setup = #"""
    CREATE SCHEMA writer;
    CREATE SEQUENCE writer.number START 1000;
    CREATE TABLE writer.progress (rounds bigint NOT NULL, stops boolean NOT NULL);
    INSERT INTO writer.progress VALUES (0, false);
    CREATE TABLE writer.statements (code text, sql text);
    CREATE TABLE writer.sent (sql text);
    CREATE TABLE writer.errors (state text, message text, sql text);
    -- What the statement itself would lead to.
    CREATE TABLE writer.columns (relation text, name text);
    CREATE TABLE writer.keys (relation text, name text, query text);
    -- What a test says of a column; of a relation that new code does not write to, without a name.
    CREATE TABLE writer.given (relation text, name text, value text);
    CREATE TABLE writer.tables AS
      SELECT oid, oid::regclass::text AS name FROM pg_class
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'writer'::regnamespace, 'pg_toast'::regnamespace);

    CREATE FUNCTION writer.value(type oid, modifier int, n text) RETURNS text LANGUAGE plpgsql AS $$
    DECLARE
      t pg_type;
      name text := format_type(type, modifier);
    BEGIN
      SELECT * INTO t FROM pg_type WHERE oid = type;
      IF t.typtype = 'd' THEN RETURN writer.value(t.typbasetype, t.typtypmod, n); END IF;
      IF t.typtype = 'e' THEN
        RETURN (SELECT format('%L::%s', enumlabel, name) FROM pg_enum WHERE enumtypid = type ORDER BY enumsortorder LIMIT 1);
      END IF;
      IF t.typtype = 'r' THEN
        RETURN CASE t.typname
          WHEN 'int4range' THEN format('int4range((%s)::int, (%s)::int + 1)', n, n)
          WHEN 'tstzrange' THEN
            format('tstzrange(timestamptz ''2026-06-15'' + %s * interval ''1 s'', timestamptz ''2026-06-15'' + (%s + 1) * interval ''1 s'')', n, n)
          ELSE 'NULL'
        END;
      END IF;
      IF t.typcategory = 'A' THEN RETURN format('''{}''::%s', name); END IF;
      RETURN CASE
        WHEN t.typname IN ('int2', 'int4', 'int8', 'float4', 'float8') THEN format('(%s)::%s', n, name)
        WHEN t.typname = 'numeric' THEN format('((%s) %% 10)::numeric', n)
        WHEN t.typname = 'money' THEN format('(%s)::int::money', n)
        WHEN t.typname IN ('varchar', 'bpchar') AND modifier > 4 THEN format('right((%s)::text, %s)', n, modifier - 4)
        WHEN t.typname IN ('text', 'varchar', 'bpchar', 'name') THEN format('(%s)::text', n)
        WHEN t.typname = 'bool' THEN 'true'
        WHEN t.typname = 'uuid' THEN format('lpad((%s)::text, 32, ''0'')::uuid', n)
        WHEN t.typname = 'date' THEN 'date ''2026-06-15'''
        WHEN t.typname IN ('timestamp', 'timestamptz') THEN format('%s ''2026-06-15'' + (%s) * interval ''1 ms''', t.typname, n)
        WHEN t.typname IN ('json', 'jsonb') THEN format('''{}''::%s', name)
        WHEN t.typname = 'interval' THEN 'interval ''1 day'''
        ELSE format('NULL::%s', name)
      END;
    END $$;

    -- What code writes that knows these columns. Dirty code leaves out what it may and repeats itself.
    CREATE FUNCTION writer.code(code text, nulls boolean, repeats boolean, targets boolean) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      relation record;
      part record;
      expression text;
      names text;
      expressions text;
      changes text;
      changed text;
      handle text;
      number int;
    BEGIN
      DELETE FROM writer.statements s WHERE s.code = code.code;
      FOR relation IN
        SELECT t.oid, t.oid::regclass::text AS title FROM writer.tables t JOIN pg_class c ON c.oid = t.oid
        WHERE (c.relkind = 'r' OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = t.oid))
          AND (NOT targets OR EXISTS (SELECT FROM writer.columns k WHERE k.relation = t.oid::regclass::text))
          AND NOT (targets AND EXISTS (SELECT FROM writer.given g WHERE g.relation = t.oid::regclass::text AND g.name IS NULL))
      LOOP
        names := NULL; expressions := NULL; changes := NULL; changed := NULL; handle := NULL; number := 0;
        FOR part IN
          SELECT a.attnum, a.attname::text AS name, a.atttypid, a.atttypmod, a.attnotnull
          OR EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND contype = 'c' AND a.attnum = ANY (c.conkey))
          OR EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = a.attrelid AND a.attnum = ANY (p.partattrs))
          AS is_needed,
            EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey)) AS is_unique,
            EXISTS (SELECT FROM pg_constraint c WHERE c.confrelid = a.attrelid AND a.attnum = ANY (c.confkey)) AS is_referenced,
            (SELECT format('(SELECT %I FROM %s ORDER BY %s LIMIT 1)', r.attname, c.confrelid::regclass,
                (SELECT string_agg(quote_ident(k.attname), ', ') FROM pg_attribute k WHERE k.attrelid = c.confrelid AND k.attnum = ANY (c.confkey)))
              FROM pg_constraint c JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = c.confkey[array_position(c.conkey, a.attnum)]
              WHERE c.contype = 'f' AND c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey) LIMIT 1) AS referenced
          FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
          WHERE a.attrelid = relation.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
            AND coalesce(pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'nextval%', true)
            AND (NOT targets OR EXISTS (SELECT FROM writer.columns c WHERE c.relation = relation.title AND c.name = a.attname))
          ORDER BY a.attnum
        LOOP
          expression := coalesce(
            (SELECT value FROM writer.given g WHERE g.relation = relation.title AND g.name = part.name),
            part.referenced,
            CASE WHEN NOT repeats THEN (SELECT query FROM writer.keys k WHERE k.relation = relation.title AND k.name = part.name LIMIT 1) END,
            writer.value(part.atttypid, part.atttypmod, CASE WHEN repeats AND NOT part.is_unique THEN '(abs(hashint8(next_number)) / 2 % 5)' ELSE 'next_number' END)
          );
          IF nulls AND NOT part.is_needed THEN
            expression := format('CASE WHEN abs(hashint8(next_number)) %% 2 = 0 THEN %s END', expression);
          END IF;
          names := concat_ws(', ', names, quote_ident(part.name));
          expressions := concat_ws(', ', expressions, expression);
          number := number + 1;
          IF format_type(part.atttypid, NULL) NOT IN ('json', 'point', 'xml') THEN handle := coalesce(handle, part.name); END IF;
          IF NOT part.is_unique AND NOT part.is_referenced THEN
            changes := concat_ws(', ', changes, format('%I = %%L', part.name));
            changed := concat_ws(', ', changed, expression);
          END IF;
        END LOOP;
        INSERT INTO writer.statements VALUES (code, CASE
          WHEN names IS NULL THEN format('SELECT %L', format('INSERT INTO %s DEFAULT VALUES', relation.title))
          ELSE format('SELECT format(%L, %s) FROM nextval(''writer.number'') AS next_number',
            format('INSERT INTO %s (%s) VALUES (%s)', replace(relation.title, '%', '%%'), replace(names, '%', '%%'),
              regexp_replace(repeat('%L, ', number), ', $', '')),
            expressions)
        END);
        IF changes IS NOT NULL AND handle IS NOT NULL THEN
          INSERT INTO writer.statements VALUES (code, format(
            'SELECT format(%L, %s, (SELECT max(%I::text) FROM %s)) FROM nextval(''writer.number'') AS next_number',
            format('UPDATE %s SET %s WHERE %I = %%L', relation.title, changes, handle), changed, handle, relation.title));
        END IF;
      END LOOP;
    END $$;

    -- What the code is that is deployed.
    CREATE FUNCTION writer.deploy(VARIADIC codes text[]) RETURNS void LANGUAGE sql AS $$
      DELETE FROM writer.sent;
      INSERT INTO writer.sent SELECT sql FROM writer.statements WHERE code = ANY (codes);
    $$;

    CREATE PROCEDURE writer.fill(code text, number int) LANGUAGE plpgsql AS $$
    DECLARE
      s record;
      written text;
    BEGIN
      FOR i IN 1..number LOOP
        FOR s IN SELECT sql FROM writer.statements t WHERE t.code = fill.code AND sql LIKE '%INSERT INTO%' LOOP
          BEGIN
            EXECUTE s.sql INTO written;
            EXECUTE written;
          EXCEPTION WHEN OTHERS THEN
            IF i = number THEN INSERT INTO writer.errors VALUES (SQLSTATE, SQLERRM, coalesce(written, s.sql)); END IF;
          END;
        END LOOP;
      END LOOP;
    END $$;

    CREATE PROCEDURE writer.write() LANGUAGE plpgsql AS $$
    DECLARE
      s record;
      written text;
    BEGIN
      LOOP
        FOR s IN SELECT sql FROM writer.sent LOOP
          written := NULL;
          BEGIN
            EXECUTE s.sql INTO written;
          EXCEPTION WHEN OTHERS THEN INSERT INTO writer.errors VALUES (SQLSTATE, SQLERRM, s.sql);
          END;
          -- So that code which writes holds no lock on what was read for it.
          COMMIT;
          BEGIN
            IF written IS NOT NULL THEN EXECUTE written; END IF;
          EXCEPTION WHEN OTHERS THEN INSERT INTO writer.errors VALUES (SQLSTATE, SQLERRM, written);
          END;
          COMMIT;
        END LOOP;
        UPDATE writer.progress SET rounds = rounds + 1;
        COMMIT;
        EXIT WHEN (SELECT stops FROM writer.progress);
        PERFORM pg_sleep(0.001);
      END LOOP;
    END $$;

    -- Until the other session has written all that it has to write.
    CREATE PROCEDURE writer.wait() LANGUAGE plpgsql AS $$
    DECLARE start bigint := (SELECT rounds FROM writer.progress);
    BEGIN
      WHILE (SELECT rounds FROM writer.progress) < start + 2 LOOP
        COMMIT;
        PERFORM pg_sleep(0.002);
      END LOOP;
    END $$;
    """#
}
