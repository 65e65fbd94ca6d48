CREATE TABLE raws (id bigint);
--changeset nobody:1
CREATE TABLE cooked (id bigint);
