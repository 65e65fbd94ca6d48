
-- liquibase formatted SQL logicalFilePath:more.sql

--changeset John Doe:1 dbms:postgresql,h2
ALTER TABLE users ADD COLUMN name text;
/* liquibase rollback
ALTER TABLE users
DROP COLUMN name;
*/

--changeset "John Doe":"2" splitStatements:false runInTransaction:no
SELECT 1;
SELECT 2;
--rollback changesetId:1 changesetAuthor:John

--changeset John Doe:3 dbms:mysql
ALTER TABLE users ADD COLUMN age TINYINT;
--changeset John Doe:4 dbms:!h2 endDelimiter:/ runInTransaction:false
CREATE TABLE a (id bigint);
CREATE TABLE b (id bigint)
/
CREATE TABLE c (id bigint)
/
--rollback not required because nobody has it
--changeset John Doe:5 ignore:true
SELECT 5;
--changeset runInTransaction:false John Doe:6
--ignoreLines:1
this line is not read
--ignoreLines:start
nor are
these
--ignoreLines:end
CREATE TABLE d (id bigint)
GO
CREATE TABLE e (id bigint);
--rollback
--rollbacks DROP TABLE d;
