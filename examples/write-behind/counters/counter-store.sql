-- #region tables
CREATE TABLE page_views (
  page_url   text PRIMARY KEY,
  view_count bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE counting_nodes (
  node       uuid PRIMARY KEY,
  last_batch bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- #endregion tables

-- #region apply
WITH accepted AS (
  INSERT INTO counting_nodes (node, last_batch)
  VALUES ($1, $2)
  ON CONFLICT (node) DO UPDATE
    SET last_batch = excluded.last_batch, updated_at = now()
    WHERE counting_nodes.last_batch < excluded.last_batch
  RETURNING node
)
INSERT INTO page_views (page_url, view_count)
SELECT added.page_url, added.view_count
FROM accepted, unnest($3::text[], $4::bigint[])
  AS added (page_url, view_count)
ORDER BY added.page_url
ON CONFLICT (page_url) DO UPDATE
  SET view_count = page_views.view_count + excluded.view_count,
      updated_at = now();
-- #endregion apply

-- #region forget
DELETE FROM counting_nodes
WHERE updated_at < now() - interval '30 days';
-- #endregion forget
