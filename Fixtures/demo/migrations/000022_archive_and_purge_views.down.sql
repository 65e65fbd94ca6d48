-- The views come back from the archive; scores are computed from the votes until the job runs.

INSERT INTO clip_views (id, clip_id, viewer_id, viewed_at) OVERRIDING SYSTEM VALUE
SELECT id, clip_id, viewer_id, viewed_at FROM clip_views_archive;

DROP TABLE clip_views_archive;

INSERT INTO trending_scores (clip_id, score)
SELECT clip_id, score FROM clip_scores WHERE vote_count > 0
ON CONFLICT (clip_id) DO NOTHING;
