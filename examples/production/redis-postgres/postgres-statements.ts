import pg from 'pg';

// #region shape
/** How values lie in a table. */
export interface Shape<V, Row> {
  readonly table: string;
  /** The column of the keys, which is of the type `text`. */
  readonly key: string;
  /** The other columns of a value, each with its type. They may be null. */
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  /** As JSON writes it: a `Date` becomes a string that PostgreSQL reads. */
  readonly toRow: (value: V) => Row;
  /** As the driver reads it. */
  readonly fromRow: (row: Row) => V;
}
// #endregion shape

/** The statements for a table that has `version`, `deleted`, `updated_at` too. */
export function statementsFor<V, Row>(shape: Shape<V, Row>) {
  const table = shape.table.split('.').map(pg.escapeIdentifier).join('.');
  const key = pg.escapeIdentifier(shape.key);
  const types = Object.entries<string>(shape.columns);
  const columns = types.map(([name]) => pg.escapeIdentifier(name));
  const typed = types.map(
    ([name, type]) => `${pg.escapeIdentifier(name)} ${type}`,
  );
  const all = [key, ...columns, 'version', 'deleted'].join(', ');
  const replaced = [...columns, 'deleted'].map(
    (column) => `${column} = excluded.${column}`,
  );
  const insert = (change: string) => `INSERT INTO ${table} AS stored
  (${all})
SELECT ${all}
FROM jsonb_to_recordset($1) AS batch (
  ${[`${key} text`, ...typed, 'version bigint', 'deleted boolean'].join(',\n  ')}
)
-- In one order, so that two batches never wait for each other.
ORDER BY ${key}
ON CONFLICT (${key}) DO UPDATE SET
  ${[...replaced, 'updated_at = now()', change].join(',\n  ')}`;

  return {
    find: `SELECT ${all} FROM ${table} WHERE ${key} = $1`,
    write: `${insert('version = excluded.version')}
WHERE stored.version < excluded.version`,
    put: `${insert('version = stored.version + 1')}
RETURNING version`,
  };
}
