-- #region table
CREATE TABLE products (
  id       text PRIMARY KEY,
  name     text NOT NULL,
  category text NOT NULL,
  cents    integer NOT NULL,
  deleted  boolean NOT NULL DEFAULT false,
  version  bigint NOT NULL DEFAULT 1
);
-- #endregion table

-- #region raise
CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;

CREATE TRIGGER raise_version BEFORE UPDATE ON products
  FOR EACH ROW EXECUTE FUNCTION raise_version();
-- #endregion raise

-- #region put
UPDATE products
SET name = $1, category = $2, cents = $3, deleted = false
WHERE id = $4 AND version = $5
RETURNING version;
-- #endregion put

-- #region remove
UPDATE products SET deleted = true
WHERE id = $1 AND version = $2
RETURNING version;
-- #endregion remove

-- #region insert
INSERT INTO products (name, category, cents, id) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
RETURNING version;
-- #endregion insert
