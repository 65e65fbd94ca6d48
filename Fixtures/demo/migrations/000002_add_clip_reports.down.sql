-- Reporting goes away again, with all reports.

DROP TABLE clip_reports;
