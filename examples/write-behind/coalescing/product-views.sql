-- #region table
CREATE TABLE product_views (
  product text PRIMARY KEY,
  views   bigint NOT NULL,
  version bigint NOT NULL
);
-- #endregion table

-- #region add
INSERT INTO product_views (product, views, version)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
ON CONFLICT (product) DO UPDATE
  SET views = product_views.views + excluded.views,
      version = excluded.version
  WHERE product_views.version < excluded.version;
-- #endregion add
