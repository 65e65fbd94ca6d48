-- The "new" feed sorts all clips by age and has become slow; tag pages look tags up by name.

CREATE INDEX clips_created_at_idx ON clips (created_at DESC);

-- sqllint:allow index-built-without-concurrently tags holds a few hundred rows, the build takes milliseconds
CREATE INDEX tags_name_lower_idx ON tags (lower(name));
