-- The block must stay the only statement of this file, or it could not commit.
DO $$
DECLARE
  filled integer;
BEGIN
  LOOP
    UPDATE clips SET language = 'en'
    WHERE id IN (SELECT id FROM clips WHERE language IS NULL ORDER BY id LIMIT 1000 FOR UPDATE);
    GET DIAGNOSTICS filled = ROW_COUNT;
    EXIT WHEN filled = 0;
    COMMIT;
  END LOOP;
END
$$;
