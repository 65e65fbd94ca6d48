-- not numbered
SELECT 1;
