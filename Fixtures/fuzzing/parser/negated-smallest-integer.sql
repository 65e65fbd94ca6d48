-- The smallest number has no positive one.
CREATE FUNCTION f(p int, q text) RETURNS text LANGUAGE sql AS $$ SELECT -('-9223372036854775808'::int8) $$;
SELECT f(0, 0);
