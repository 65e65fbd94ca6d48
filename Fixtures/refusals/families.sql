-- Operator families, foreign data and definitions of other objects.
CREATE FOREIGN DATA WRAPPER wires OPTIONS (a '1');
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wires;
CREATE OPERATOR FAMILY numbers USING btree;
CREATE OPERATOR FAMILY hashes USING hash;
CREATE FUNCTION compared(integer, smallint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (u 'x');

-- case: a user mapping of a role that has none
-- runs
CREATE ROLE sqllint_clerk;
CREATE USER MAPPING FOR sqllint_clerk SERVER elsewhere;

-- case: a user mapping of a role that has one
-- refused: 42710
CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere;

-- case: a user mapping in place of one that is dropped
-- runs
DROP USER MAPPING FOR CURRENT_USER SERVER elsewhere;
CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere;

-- case: a new value for an option of a user mapping
-- runs
ALTER USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (SET u 'y');

-- case: an option that the user mapping has
-- refused: 42710
ALTER USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (ADD u 'y');

-- case: a drop of an option that the user mapping has not
-- refused: 42704
ALTER USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (DROP z);

-- case: a change of a user mapping that is not there
-- refused: 42704
CREATE ROLE sqllint_clerk;
ALTER USER MAPPING FOR sqllint_clerk SERVER elsewhere OPTIONS (DROP z);

-- case: a drop of a user mapping that need not be there
-- runs
CREATE ROLE sqllint_clerk;
DROP USER MAPPING IF EXISTS FOR sqllint_clerk SERVER elsewhere;

-- case: a server with one option twice
-- refused: 42710
CREATE SERVER other FOREIGN DATA WRAPPER wires OPTIONS (a '1', a '2');

-- case: a drop of an option that the wrapper has
-- runs
ALTER FOREIGN DATA WRAPPER wires OPTIONS (DROP a);

-- case: a new value for an option that the wrapper has not
-- refused: 42704
ALTER FOREIGN DATA WRAPPER wires OPTIONS (SET b '1');

-- case: a drop of a wrapper with a server
-- refused: 2BP01
DROP FOREIGN DATA WRAPPER wires;

-- case: a drop of a wrapper with all that hangs on it
-- runs
DROP FOREIGN DATA WRAPPER wires CASCADE;

-- case: a drop of a server with a user mapping
-- refused: 2BP01
DROP SERVER elsewhere;

-- case: a drop of a server with a foreign table
-- refused: 2BP01
DROP USER MAPPING FOR CURRENT_USER SERVER elsewhere;
CREATE FOREIGN TABLE far (a integer) SERVER elsewhere;
DROP SERVER elsewhere;

-- case: a foreign table on a server that is not there
-- refused: 42704
CREATE FOREIGN TABLE far (a integer) SERVER nowhere;

-- case: an operator of a family with a number that its method has not
-- refused: 42P17
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 6 < (int4, int2);

-- case: an operator that a family has not yet
-- runs
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (int4, int2);

-- case: an operator of a family twice in one statement
-- refused: 42P17
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (int4, int2), OPERATOR 1 < (int4, int2);

-- case: an operator that the family has
-- refused: 42710
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (int4, int2);
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (int4, int2);

-- case: a drop of an operator that the family has not
-- refused: 42704
ALTER OPERATOR FAMILY numbers USING btree DROP OPERATOR 1 (int4, int2);

-- case: a drop of an operator that the family has
-- runs
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (int4, int2);
ALTER OPERATOR FAMILY numbers USING btree DROP OPERATOR 1 (int4, int2);

-- case: an operator of btree that orders by a distance
-- refused: 42P17
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (int4, int4) FOR ORDER BY float_ops;

-- case: a function of a family that gives another type than its method asks for
-- refused: 42P17
ALTER OPERATOR FAMILY numbers USING btree ADD FUNCTION 1 compared(int4, int2);

-- case: a function of a family that fits
-- runs
ALTER OPERATOR FAMILY numbers USING btree ADD FUNCTION 1 btint42cmp(int4, int2);

-- case: a function of a family of hash
-- runs
ALTER OPERATOR FAMILY hashes USING hash ADD FUNCTION 1 hashint4(int4);

-- case: an operator for the family of a new operator class
-- runs
CREATE OPERATOR CLASS whole FOR TYPE int4 USING btree AS OPERATOR 1 <;
ALTER OPERATOR FAMILY whole USING btree ADD OPERATOR 1 < (int4, int2);

-- case: an operator with one operand that has a commutator
-- refused: 42P13
CREATE OPERATOR ## (RIGHTARG = int4, FUNCTION = int4abs, COMMUTATOR = ##);

-- case: an aggregate without a type of its state
-- refused: 42P13
CREATE AGGREGATE adding (integer) (SFUNC = int4pl);

-- case: a cast of a type to itself
-- refused: 42P17
CREATE CAST (integer AS integer) WITHOUT FUNCTION;

-- case: a text search dictionary without a template
-- refused: 42P17
CREATE TEXT SEARCH DICTIONARY words (a = 'b');

-- case: a text search dictionary
-- runs
CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);

-- case: a text search configuration
-- runs
CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
