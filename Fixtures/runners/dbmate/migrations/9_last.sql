-- migrate:up transaction: false
-- Such an option means nothing, nor does this mark:
  -- migrate:down
CREATE TABLE lasts (id bigint PRIMARY KEY);

--migrate:down transaction:true transaction:false
DROP TABLE lasts;
