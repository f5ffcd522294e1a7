-- #region tables
CREATE TABLE users (
  id      text PRIMARY KEY,
  profile jsonb NOT NULL
);

CREATE TABLE partitions (
  partition integer PRIMARY KEY,
  token     bigint NOT NULL,
  position  bigint NOT NULL
);
-- #endregion tables

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

-- #region write
WITH owned AS (
  -- #region fence
  UPDATE partitions SET position = $3
  WHERE partition = $1 AND token = $2 AND position < $3
  -- #endregion fence
  RETURNING partition
), batch AS (
  SELECT id, profile
  FROM owned, unnest($4::text[], $5::jsonb[])
    AS row (id, profile)
), deleted AS (
  DELETE FROM users USING batch
  WHERE users.id = batch.id AND batch.profile IS NULL
), stored AS (
  INSERT INTO users (id, profile)
  SELECT id, profile FROM batch WHERE profile IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET profile = excluded.profile
)
SELECT partition FROM owned;
-- #endregion write

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
