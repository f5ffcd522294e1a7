/** What PostgreSQL does for whoever only wants rows in it, on one connection. */
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import copyStreams from 'pg-copy-streams';

export interface BareRow {
  readonly key: string;
  readonly data: object;
  readonly at: Date;
  readonly version: number;
}

export type Upsert = (
  client: PoolClient,
  rows: readonly BareRow[],
) => Promise<unknown>;

const columns = 'user_id, session_data, last_activity, version';

const newer = `ON CONFLICT (user_id) DO UPDATE SET
  session_data = excluded.session_data,
  last_activity = excluded.last_activity,
  version = excluded.version,
  updated_at = now()
WHERE stored.version < excluded.version`;

const insert = `INSERT INTO user_sessions AS stored (${columns})`;

/** Each row is a statement, and a transaction. */
export const rowByRow: Upsert = async (client, rows) => {
  const text = `${insert} VALUES ($1, $2, $3, $4) ${newer}`;
  for (const { key, data, at, version } of rows) {
    await client.query(text, [key, JSON.stringify(data), at, version]);
  }
};

export const unnest: Upsert = (client, rows) =>
  client.query(
    `${insert} SELECT ${columns}
     FROM unnest($1::text[], $2::jsonb[], $3::timestamptz[], $4::bigint[])
       AS batch (${columns})
     ORDER BY user_id ${newer}`,
    [
      rows.map(({ key }) => key),
      rows.map(({ data }) => JSON.stringify(data)),
      rows.map(({ at }) => at),
      rows.map(({ version }) => version),
    ],
  );

export const recordset: Upsert = (client, rows) => {
  const records = rows.map(({ key, data, at, version }) => {
    return { user_id: key, session_data: data, last_activity: at, version };
  });
  return client.query(
    `${insert} SELECT ${columns}
     FROM jsonb_to_recordset($1) AS batch (
       user_id text, session_data jsonb, last_activity timestamptz,
       version bigint)
     ORDER BY user_id ${newer}`,
    [JSON.stringify(records)],
  );
};

/** The table that is copied to is there from before, and empty. */
export const copyAndMerge: Upsert = async (client, rows) => {
  await client.query('BEGIN');
  const copy = client.query(
    copyStreams.from(`COPY incoming (${columns}) FROM STDIN`),
  );
  const lines = rows.map(({ key, data, at, version }) => {
    const fields = [key, JSON.stringify(data), at.toISOString(), version];
    return `${fields.join('\t').replaceAll('\\', '\\\\')}\n`;
  });
  await pipeline([lines.join('')], copy);
  await client.query(
    `${insert} SELECT ${columns} FROM incoming ORDER BY user_id ${newer}`,
  );
  await client.query('COMMIT');
};

/** Its rows go with each transaction. */
export const incoming = `CREATE TEMPORARY TABLE incoming (
  user_id text, session_data jsonb, last_activity timestamptz, version bigint
) ON COMMIT DELETE ROWS`;
