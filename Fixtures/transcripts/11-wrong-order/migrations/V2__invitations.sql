CREATE VIEW open_invitations AS
  SELECT id FROM invitations WHERE answered_at IS NULL;

CREATE TABLE invitations (
  id bigint PRIMARY KEY,
  answered_at timestamptz
);
