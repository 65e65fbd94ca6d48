-- atlas:delimiter \n--- end\n
-- atlas:txmode none

CREATE TABLE a (id bigint);
CREATE TABLE b (id bigint)
--- end
CREATE TABLE c (id bigint)
--- end
CREATE TABLE d (id bigint);
