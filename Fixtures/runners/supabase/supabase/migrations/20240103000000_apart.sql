-- pg-delta: transaction=false
SELECT 1;
SELECT 2;
