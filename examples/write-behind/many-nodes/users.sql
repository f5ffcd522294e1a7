-- #region schema
CREATE TABLE users (
  id      text PRIMARY KEY,
  profile jsonb NOT NULL
);

CREATE TABLE partitions (
  partition integer PRIMARY KEY,
  token     bigint NOT NULL,
  position  bigint NOT NULL
);

-- Each statement of a function sees what was stored before it. Parts of a
-- single statement would see what was there before the lock.
-- #region write
CREATE OR REPLACE FUNCTION write_batch(
  integer, bigint, bigint, text[], jsonb[]
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  -- #region fence
  UPDATE partitions SET position = $3
  WHERE partition = $1 AND token = $2 AND position < $3;
  -- #endregion fence
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM users USING unnest($4, $5) AS row (id, profile)
  WHERE users.id = row.id AND row.profile IS NULL;
  INSERT INTO users (id, profile)
  SELECT id, profile FROM unnest($4, $5) AS row (id, profile)
  WHERE profile IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET profile = excluded.profile;
  RETURN true;
END $$;
-- #endregion write
-- #endregion schema

-- #region claim
INSERT INTO partitions (partition, token, position)
VALUES ($1, $2, 0)
ON CONFLICT (partition) DO UPDATE
  SET token = excluded.token
  WHERE partitions.token < excluded.token
RETURNING position;
-- #endregion claim

-- #region seen
SELECT token FROM partitions WHERE partition = $1;
-- #endregion seen

-- #region call
SELECT write_batch($1, $2, $3, $4, $5) AS is_written;
-- #endregion call

-- #region write-unfenced
WITH batch AS (
  SELECT id, profile
  FROM unnest($1::text[], $2::jsonb[])
    AS row (id, profile)
), deleted AS (
  DELETE FROM users USING batch
  WHERE users.id = batch.id AND batch.profile IS NULL
)
INSERT INTO users (id, profile)
SELECT id, profile FROM batch WHERE profile IS NOT NULL
ON CONFLICT (id) DO UPDATE SET profile = excluded.profile;
-- #endregion write-unfenced

-- #region read
SELECT profile FROM users WHERE id = $1;
-- #endregion read
