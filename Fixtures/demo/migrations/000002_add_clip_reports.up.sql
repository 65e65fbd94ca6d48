-- Members can report a clip to the moderators.

CREATE TABLE clip_reports (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clip_id     uuid NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  reporter_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  details     text,
  resolved_at timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX clip_reports_open_idx ON clip_reports (created_at) WHERE resolved_at IS NULL;
CREATE INDEX clip_reports_clip_id_idx ON clip_reports (clip_id);
CREATE INDEX clip_reports_reporter_id_idx ON clip_reports (reporter_id);

COMMENT ON TABLE clip_reports IS 'what members report to the moderators';
