-- Back to an empty database.

DROP VIEW clip_scores;
DROP TABLE search_documents, trending_scores, clip_views, clip_embeddings;
DROP TABLE clip_tags, tags, comments, votes, clips, users;
DROP FUNCTION touch_updated_at();
DROP TYPE member_role;
