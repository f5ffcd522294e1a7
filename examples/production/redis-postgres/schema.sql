-- Two processes may start at the same time: the second one waits for the first.
SELECT pg_advisory_xact_lock(hashtext('schema.sql'));

CREATE TABLE IF NOT EXISTS user_sessions (
  user_id       text PRIMARY KEY,
  session_data  jsonb,
  last_activity timestamptz,
  updated_at    timestamptz NOT NULL DEFAULT now(),
  version       bigint NOT NULL,
  deleted       boolean NOT NULL DEFAULT false,
  CHECK (deleted OR (session_data IS NOT NULL AND last_activity IS NOT NULL))
);

CREATE TABLE IF NOT EXISTS page_views (
  page_url   text PRIMARY KEY,
  view_count bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS counting_nodes (
  node       uuid PRIMARY KEY,
  last_batch bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO page_views (page_url)
VALUES ('/'), ('/products'), ('/checkout')
ON CONFLICT DO NOTHING;
