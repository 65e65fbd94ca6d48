-- Both indexes go.

DROP INDEX tags_name_lower_idx;
DROP INDEX clips_created_at_idx;
