-- case: an INSERT
INSERT INTO plain VALUES (2, 'y', 3);
-- case: an INSERT into a table with a foreign key
INSERT INTO items VALUES (1, 'y');
-- case: an UPDATE
UPDATE plain SET a = 5;
-- case: an UPDATE of a parent
UPDATE animals SET legs = 4;
-- case: an UPDATE of a partitioned table
UPDATE events SET kind = 'y';
-- case: a DELETE
DELETE FROM plain WHERE a = 1;
-- case: a DELETE from a table
INSERT INTO users (id, email, nickname) VALUES (77, 'c@d', 'c');
DELETE FROM users WHERE id = 77;
-- case: a MERGE
MERGE INTO strays USING users ON strays.id = users.id WHEN MATCHED THEN UPDATE SET name = 'z';
-- case: a data change in WITH
WITH gone AS (DELETE FROM plain RETURNING *) SELECT count(*) FROM gone;
-- case: a query
SELECT * FROM users JOIN orders ON orders.user_id = users.id;
-- case: a query that locks rows
SELECT * FROM users FOR UPDATE;
-- case: ANALYZE
ANALYZE plain;
-- case: ANALYZE of a partitioned table
ANALYZE events;
-- case: ANALYZE of a parent
ANALYZE animals;
-- case: a DELETE reaches a table whose rows go along
DELETE FROM orders WHERE id = 1;
