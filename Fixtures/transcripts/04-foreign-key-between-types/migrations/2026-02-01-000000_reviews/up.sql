CREATE TABLE reviews (
  id bigint PRIMARY KEY,
  book_id bigint NOT NULL REFERENCES books (id)
);
