-- migration
CREATE TABLE users (id bigint);
-- expect: identifier-truncated "the_average_number_of_messages_that_a_member_of_the_community_wrote is longer than 63 bytes, and PostgreSQL cuts it to the_average_number_of_messages_that_a_member_of_the_community_w"
CREATE TABLE the_average_number_of_messages_that_a_member_of_the_community_wrote (id bigint);
-- A name that is only mentioned, and one in a string.
COMMENT ON TABLE the_average_number_of_messages_that_a_member_of_the_community_wrote IS
  'the_average_number_of_messages_that_a_member_of_the_community_wrote';

-- migration
ALTER TABLE users
  -- expect: identifier-truncated "is longer than 63 bytes"
  ADD COLUMN "The average number of messages that a member of the community wrote" bigint;
