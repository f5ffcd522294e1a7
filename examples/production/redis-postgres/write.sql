INSERT INTO "user_sessions" AS stored
  ("user_id", "session_data", "last_activity", version, deleted)
SELECT "user_id", "session_data", "last_activity", version, deleted
FROM jsonb_to_recordset($1) AS batch (
  "user_id" text,
  "session_data" jsonb,
  "last_activity" timestamptz,
  version bigint,
  deleted boolean
)
-- In one order, so that two batches never wait for each other.
ORDER BY "user_id"
ON CONFLICT ("user_id") DO UPDATE SET
  "session_data" = excluded."session_data",
  "last_activity" = excluded."last_activity",
  deleted = excluded.deleted,
  updated_at = now(),
  version = excluded.version
WHERE stored.version < excluded.version;
