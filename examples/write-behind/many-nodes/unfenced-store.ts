import type { Pool } from 'pg';
import type { ClaimedStore, PartitionedStore } from './partitioned-store.ts';

/** Takes the rows of whoever comes. `write` and `read` are statements. */
export class UnfencedStore<V> implements PartitionedStore<V> {
  readonly #pool: Pool;
  readonly #statements: { readonly write: string; readonly read: string };

  constructor(
    pool: Pool,
    statements: { readonly write: string; readonly read: string },
  ) {
    this.#pool = pool;
    this.#statements = statements;
  }

  async claim(): Promise<ClaimedStore<V>> {
    return {
      position: 0,
      read: (key) => this.read(key),
      write: async (batch) => {
        await this.#pool.query(this.#statements.write, [
          batch.map(({ key }) => key),
          batch.map((operation) =>
            operation.type === 'set' ? JSON.stringify(operation.value) : null,
          ),
        ]);
      },
    };
  }

  async read(key: string): Promise<V | undefined> {
    const { rows } = await this.#pool.query(this.#statements.read, [key]);
    return rows[0]?.profile;
  }
}
