-- PostgreSQL knows no UPDATE … LIMIT: 000014 was refused and forced past. Now in batches, each its own transaction.
-- The block must stay the only statement of this file, or it could not commit.

DO $$
DECLARE
  filled integer;
BEGIN
  LOOP
    UPDATE clips
    SET visibility = CASE WHEN is_hidden THEN 'hidden' ELSE 'public' END
    WHERE id IN (SELECT id FROM clips WHERE visibility IS NULL ORDER BY id LIMIT 1000 FOR UPDATE);
    GET DIAGNOSTICS filled = ROW_COUNT;
    EXIT WHEN filled = 0;
    COMMIT;
  END LOOP;
END
$$;
