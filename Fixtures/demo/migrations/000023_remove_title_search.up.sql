-- Search has moved to its own service: the documents and the index on titles only cost us writes.

DROP INDEX clips_title_lower_idx;
DROP TABLE search_documents;
