DROP TABLE clip_collections;
