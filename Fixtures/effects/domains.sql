-- Domains over domains: what the values of the one must be, those of the other must be too.
CREATE DOMAIN even AS positive CHECK (VALUE % 2 = 0);
CREATE DOMAIN few AS even CHECK (VALUE < 10);
ALTER DOMAIN positive ADD CONSTRAINT short CHECK (VALUE < 1000) NOT VALID;
CREATE TABLE pairs (n even);
CREATE TABLE triples (n few);
INSERT INTO pairs VALUES (2);
-- case: a check of a domain that others are over
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000);
-- case: a check of a domain that another one is over, not valid
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;
-- case: a domain that others are over must not be null
ALTER DOMAIN positive SET NOT NULL;
-- case: a check of a domain that others are over is validated
ALTER DOMAIN positive VALIDATE CONSTRAINT short;
-- case: a check of a domain over another one
ALTER DOMAIN even ADD CONSTRAINT small CHECK (VALUE < 1000);
