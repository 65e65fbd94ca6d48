-- What belongs to a role that is about to go.
DO $$ BEGIN CREATE ROLE sqllint_leaver; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT CREATE ON SCHEMA public TO sqllint_leaver;
ALTER TABLE plain OWNER TO sqllint_leaver;
ALTER TABLE cache OWNER TO sqllint_leaver;
ALTER TABLE orders OWNER TO sqllint_leaver;
ALTER VIEW adult_names OWNER TO sqllint_leaver;
SET ROLE sqllint_leaver;
CREATE TABLE desks (id serial PRIMARY KEY, place text);
CREATE MATERIALIZED VIEW desk_places AS SELECT DISTINCT place FROM desks;
CREATE SEQUENCE desk_numbers;
RESET ROLE;
-- case: what a role owns gets another owner
REASSIGN OWNED BY sqllint_leaver TO CURRENT_USER;
-- case: what a role owns is dropped, with what needs it
DROP OWNED BY sqllint_leaver CASCADE;
-- case: what a role owned until it was given away
ALTER TABLE plain OWNER TO CURRENT_USER;
ALTER TABLE orders OWNER TO CURRENT_USER;
DROP OWNED BY sqllint_leaver;
-- case: a table that another role made anew is not dropped
DROP TABLE plain;
CREATE TABLE plain (a integer);
ALTER TABLE orders OWNER TO CURRENT_USER;
DROP OWNED BY sqllint_leaver;
