-- #region table
CREATE TABLE sessions (
  id      text PRIMARY KEY,
  content jsonb NOT NULL,
  version bigint NOT NULL
);
-- #endregion table

-- #region upsert
INSERT INTO sessions (id, content, version)
SELECT id, content, version
FROM unnest($1::text[], $2::jsonb[], $3::bigint[])
  AS row (id, content, version)
ON CONFLICT (id) DO UPDATE
  SET content = excluded.content, version = excluded.version
  WHERE sessions.version < excluded.version;
-- #endregion upsert
