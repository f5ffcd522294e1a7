import type { Pool } from 'pg';
import type { Operation } from '../../shared/store.ts';
import {
  type Claim,
  type ClaimedStore,
  FencedOutError,
  type PartitionedStore,
} from './partitioned-store.ts';

/** The regions of `users.sql`. */
export interface Statements {
  readonly claim: string;
  readonly seen: string;
  readonly call: string;
  readonly read: string;
}

/** Rows of JSON in PostgreSQL, and beside them who may write which. */
export class PostgresStore<V> implements PartitionedStore<V> {
  readonly #pool: Pool;
  readonly #statements: Statements;

  constructor(pool: Pool, statements: Statements) {
    this.#pool = pool;
    this.#statements = statements;
  }

  // #region claim
  async claim(claim: Claim): Promise<ClaimedStore<V>> {
    const { partition, token } = claim;
    const text = this.#statements.claim;
    const { rows } = await this.#pool.query(text, [partition, token]);
    const [row] = rows;
    if (row === undefined) {
      throw new FencedOutError(claim, await this.#seen(claim));
    }
    return {
      position: Number(row.position),
      read: (key) => this.read(key),
      write: (batch) => this.#write(claim, batch),
    };
  }
  // #endregion claim

  async read(key: string): Promise<V | undefined> {
    const { rows } = await this.#pool.query(this.#statements.read, [key]);
    return rows[0]?.profile;
  }

  // #region write
  async #write(
    claim: Claim,
    batch: readonly Operation<string, V>[],
  ): Promise<void> {
    const { rows } = await this.#query(this.#statements.call, [
      claim.partition,
      claim.token,
      Math.max(...batch.map(({ version }) => version)),
      batch.map(({ key }) => key),
      batch.map((operation) =>
        operation.type === 'set' ? JSON.stringify(operation.value) : null,
      ),
    ]);
    if (rows[0]?.is_written) return;
    const seen = await this.#seen(claim);
    // Otherwise an attempt that seemed to fail has stored it before.
    if (seen !== claim.token) throw new FencedOutError(claim, seen);
  }
  // #endregion write

  async #query(text: string, values: unknown[]) {
    try {
      return await this.#pool.query(text, values);
    } catch (error) {
      if (error instanceof Error && isRefusal(error)) {
        // Whoever tries again has to know that it is in vain.
        throw Object.assign(error, { permanent: true });
      }
      throw error;
    }
  }

  async #seen({ partition }: Claim): Promise<number> {
    const { rows } = await this.#pool.query(this.#statements.seen, [partition]);
    return Number(rows[0]?.token ?? 0);
  }
}

/** SQLSTATE 22, the data is wrong, 23, it breaks a constraint, 54, too large. */
function isRefusal(error: Error): boolean {
  return 'code' in error && /^(22|23|54)/.test(String(error.code));
}
