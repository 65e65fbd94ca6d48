-- Search inside the database again, with documents made from the titles.

CREATE TABLE search_documents (
  clip_id  uuid PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
  document tsvector NOT NULL
);

INSERT INTO search_documents (clip_id, document)
SELECT id, to_tsvector('simple', title) FROM clips;

CREATE INDEX search_documents_document_idx ON search_documents USING gin (document);
CREATE INDEX clips_title_lower_idx ON clips (lower(title));
