-- Views are counted elsewhere now. The old ones are kept aside, and the scores made from them start afresh.

CREATE TABLE clip_views_archive (LIKE clip_views INCLUDING DEFAULTS INCLUDING CONSTRAINTS);

INSERT INTO clip_views_archive (id, clip_id, viewer_id, viewed_at)
SELECT id, clip_id, viewer_id, viewed_at FROM clip_views;

DELETE FROM clip_views;
TRUNCATE trending_scores;
