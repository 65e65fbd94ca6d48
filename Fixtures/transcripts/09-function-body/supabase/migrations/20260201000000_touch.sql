CREATE FUNCTION touch() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.updated_at IS NULL THEN
    NEW.updated_at := now()
  END IF;
  RETURN NEW;
END
$$;
