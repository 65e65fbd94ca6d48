--! Previous: sha1:1
--! Hash: sha1:2
--! Message: index name

-- Only the first line counts.
--! no-transaction
SELECT 1;
