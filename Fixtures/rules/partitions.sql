-- migration
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE TABLE views (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE views_2024 PARTITION OF views FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE views_2025 (id bigint, at date NOT NULL);
CREATE TABLE sales (region text, account_id bigint REFERENCES accounts) PARTITION BY LIST (region);
CREATE INDEX sales_region_idx ON sales (region);
CREATE TABLE sales_de (region text, account_id bigint);
CREATE TABLE sales_rest PARTITION OF sales DEFAULT;

-- migration
-- expect: partition-attached-with-scan "attaching views_2025 reads every row to see where it belongs, and blocks reads and writes to views_2025 all the while"
ALTER TABLE views ATTACH PARTITION views_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- migration
-- expect: partition-attached-with-scan "attaching sales_de reads every row to see where it belongs, builds indexes and checks foreign keys, and blocks reads and writes to sales_de and sales_rest all the while"
ALTER TABLE sales ATTACH PARTITION sales_de FOR VALUES IN ('de');

-- migration
-- expect: partition-created-in-place "creating partition views_2026 in place blocks reads and writes to views until the transaction ends"
CREATE TABLE views_2026 PARTITION OF views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- migration
-- expect: partition-created-in-place "creating partition sales_fr in place reads every row of the default partition and blocks reads and writes to sales and sales_rest"
CREATE TABLE sales_fr PARTITION OF sales FOR VALUES IN ('fr');

-- migration
-- expect: partition-detached-without-concurrently "detaching views_2024 blocks reads and writes to views and views_2024 while it waits for its locks"
ALTER TABLE views DETACH PARTITION views_2024;

-- migration
-- expect: partition-detached-without-concurrently "detaching sales_fr blocks reads and writes to sales, sales_fr and sales_rest"
ALTER TABLE sales DETACH PARTITION sales_fr;

-- migration
ALTER TABLE views DETACH PARTITION views_2025 CONCURRENTLY;

-- migration
CREATE TABLE views_2027 (LIKE views INCLUDING ALL);
ALTER TABLE views ATTACH PARTITION views_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
CREATE TABLE clicks (at date) PARTITION BY RANGE (at);
CREATE TABLE clicks_2026 PARTITION OF clicks FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE clicks DETACH PARTITION clicks_2026;
DROP TABLE clicks_2026;

-- migration
-- expect: partition-dropped "dropping partition views_2026 blocks reads and writes to views too"
-- expect: table-dropped "dropping views_2026 loses its rows for good and breaks running code that uses it"
DROP TABLE views_2026;
