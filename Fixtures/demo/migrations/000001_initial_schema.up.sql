-- The first release: people share clips, vote on them, discuss and tag them.
-- Everything here is new, so nothing that runs can be blocked by it.

CREATE TYPE member_role AS ENUM ('member', 'moderator', 'admin');

CREATE TABLE users (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  username     varchar(50) NOT NULL,
  display_name varchar(80),
  email        text,
  bio          varchar(500),
  role         member_role NOT NULL DEFAULT 'member',
  karma        integer NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_username_key UNIQUE (username),
  CONSTRAINT users_email_check CHECK (email LIKE '%_@_%')
);

CREATE TABLE clips (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  creator_id       uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  title            varchar(200) NOT NULL,
  source_url       text NOT NULL,
  thumbnail_url    text,
  duration_seconds numeric(6, 2),
  view_count       integer NOT NULL DEFAULT 0,
  is_hidden        boolean NOT NULL DEFAULT false,
  metadata         jsonb NOT NULL DEFAULT '{}',
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now()
);

-- The importer loads votes before the people who cast them: no foreign key to users yet.
CREATE TABLE votes (
  clip_id    uuid NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  user_id    uuid NOT NULL,
  value      smallint NOT NULL CHECK (value IN (-1, 1)),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (clip_id, user_id)
);

CREATE TABLE comments (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  clip_id    uuid NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  author_id  uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  parent_id  uuid REFERENCES comments (id) ON DELETE CASCADE,
  body       text NOT NULL,
  edit_count integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tags (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  slug       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE clip_tags (
  clip_id uuid NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  tag_id  integer NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (clip_id, tag_id)
);

-- One vector for each clip and model; the recommender fills it from its own queue.
CREATE TABLE clip_embeddings (
  clip_id    uuid NOT NULL,
  model      text NOT NULL,
  vector     real[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (clip_id, model)
);

CREATE TABLE clip_views (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clip_id   uuid NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  viewer_id uuid,
  viewed_at timestamptz NOT NULL DEFAULT now()
);

-- Computed again every ten minutes by a job.
CREATE TABLE trending_scores (
  clip_id     uuid PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
  score       double precision NOT NULL,
  computed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE search_documents (
  clip_id  uuid PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
  document tsvector NOT NULL
);

CREATE INDEX clips_creator_id_idx ON clips (creator_id);
CREATE INDEX clips_title_lower_idx ON clips (lower(title));
CREATE INDEX comments_clip_id_idx ON comments (clip_id, created_at);
CREATE INDEX clip_tags_tag_id_idx ON clip_tags (tag_id);
CREATE INDEX clip_views_clip_id_idx ON clip_views (clip_id);
CREATE INDEX search_documents_document_idx ON search_documents USING gin (document);

CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER clips_touch BEFORE UPDATE ON clips FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER comments_touch BEFORE UPDATE ON comments FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE VIEW clip_scores AS
SELECT clips.id AS clip_id, coalesce(sum(votes.value), 0) AS score, count(votes.user_id) AS vote_count
FROM clips
LEFT JOIN votes ON votes.clip_id = clips.id
GROUP BY clips.id;

COMMENT ON COLUMN clips.metadata IS 'what the streaming platform told us, as it came';
