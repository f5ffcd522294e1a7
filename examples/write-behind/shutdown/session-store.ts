import type pg from 'pg';
import type { Operation, Store } from '../../shared/store.ts';

export interface Session {
  readonly page: string;
}

export const createTable = `
  CREATE TABLE user_sessions (
    user_id      text PRIMARY KEY,
    session_data jsonb,
    version      bigint NOT NULL
  )`;

/** A deleted session leaves its version: an older write must not come back. */
const upsert = `
  INSERT INTO user_sessions AS stored (user_id, session_data, version)
  SELECT user_id, session_data, version
  FROM jsonb_to_recordset($1)
    AS batch (user_id text, session_data jsonb, version bigint)
  ON CONFLICT (user_id) DO UPDATE
    SET session_data = excluded.session_data, version = excluded.version
    WHERE stored.version < excluded.version`;

export class SessionStore implements Store<string, Session> {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async read(id: string): Promise<Session | undefined> {
    const { rows } = await this.#pool.query<{ session_data: Session | null }>(
      'SELECT session_data FROM user_sessions WHERE user_id = $1',
      [id],
    );
    return rows[0]?.session_data ?? undefined;
  }

  async write(batch: readonly Operation<string, Session>[]): Promise<void> {
    const rows = batch.map((operation) => ({
      user_id: operation.key,
      version: operation.version,
      ...(operation.type === 'set' && { session_data: operation.value }),
    }));
    await this.#pool.query(upsert, [JSON.stringify(rows)]);
  }
}
