CREATE TABLE books (
  id uuid PRIMARY KEY,
  title text NOT NULL
);
