-- migration
CREATE TABLE users (id bigint PRIMARY KEY, plan text);

-- migration
-- server: 42601
-- The statements around it are judged all the same.
-- expect: delete-without-where "every row of users"
DELETE FROM users;
UPDATE users
  SET plan = 'free'
  WHERE plan IS NULL
  -- expect: syntax-error "syntax error at or near "LIMIT""
  LIMIT 100;
-- expect: delete-without-where "every row of users"
DELETE FROM users WHERE true;
-- expect: syntax-error "syntax error at or near "CREAT""
CREAT TABLE x (id int);
