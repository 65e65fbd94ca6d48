-- Moderators sort reports by category. Reporting is not switched on yet, so no report is without one.

ALTER TABLE clip_reports ADD COLUMN category text NOT NULL;
