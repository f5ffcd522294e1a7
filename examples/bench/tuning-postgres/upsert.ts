import { startPostgres } from '../../services/postgres.ts';
import { Pool } from '../../services/sql.ts';
import { projectFile } from '../../shared/project-file.ts';
import { sqlRegion } from '../../shared/sql-region.ts';
import type { Work } from '../harness/rounds.ts';

const file = projectFile('examples/bench/tuning-postgres/upsert.sql');
const batchesAtMost = 20;
const rowsAtMost = 4000;

export interface BatchKind {
  readonly rows: number;
  /** Of the value, as text. */
  readonly bytes: number;
  /** A statement for each row, in one transaction. Default: one for all. */
  readonly inLoop?: boolean;
}

/** Upserts batches into a real PostgreSQL, one after the other. */
export class Upserts {
  readonly #pool: Pool;
  readonly #statement = sqlRegion(file, 'upsert');
  #version = 0;

  static async use<T>(work: (upserts: Upserts) => Promise<T>): Promise<T> {
    await using server = await startPostgres();
    await using pool = new Pool(server, 1);
    await pool.query(sqlRegion(file, 'table'));
    return await work(new Upserts(pool));
  }

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  // #region work
  /** An operation is a batch. The table has the rows already. */
  work({ rows, bytes, inLoop = false }: BatchKind): Work {
    const batches = Math.ceil(Math.min(batchesAtMost, rowsAtMost / rows));
    const ids = Array.from({ length: rows }, (_, row) => `session-${row}`);
    return {
      operations: batches,
      prepare: async () => {
        await this.#pool.query('TRUNCATE sessions');
        await this.#upsert(ids, bytes);
        return async () => {
          for (let batch = 0; batch < batches; batch += 1) {
            if (inLoop) await this.#upsertEach(ids, bytes);
            else await this.#upsert(ids, bytes);
          }
        };
      },
    };
  }
  // #endregion work

  /** There is one connection, so all of it is one transaction. */
  async #upsertEach(ids: readonly string[], bytes: number): Promise<void> {
    await this.#pool.query('BEGIN');
    for (const id of ids) await this.#upsert([id], bytes);
    await this.#pool.query('COMMIT');
  }

  async #upsert(ids: readonly string[], bytes: number): Promise<void> {
    this.#version += 1;
    const value = JSON.stringify({
      cart: 'x'.repeat(bytes - '{"cart":""}'.length),
    });
    await this.#pool.query(this.#statement, [
      ids,
      ids.map(() => value),
      ids.map(() => this.#version),
    ]);
  }
}
