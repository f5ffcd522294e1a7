/**
 * A table of PostgreSQL as a system of record. A batch is one statement. To own
 * it, copy this file and those that it imports.
 */
import type { Pool } from 'pg';
import type { Operation, Store } from '../../shared/store.ts';
import type { Row, Table } from '../../shared/table.ts';
import { query } from './postgres-query.ts';
import { type Shape, statementsFor } from './postgres-statements.ts';

/** A store for whoever writes behind, and a table for whoever writes through. */
export class PostgresStore<V, Columns>
  implements Store<string, V>, Table<string, V>
{
  readonly #pool: Pool;
  readonly #shape: Shape<V, Columns>;
  readonly #statements: ReturnType<typeof statementsFor>;

  constructor(pool: Pool, shape: Shape<V, Columns>) {
    this.#pool = pool;
    this.#shape = shape;
    this.#statements = statementsFor(shape);
  }

  // #region write
  /** All of it or, after an error of the server, nothing. */
  async write(batch: readonly Operation<string, V>[]): Promise<void> {
    const rows = batch.map((operation) => this.#toRow(operation));
    await query(this.#pool, this.#statements.write, JSON.stringify(rows));
  }

  /** A deleted row stays, with its version: an older write must find it. */
  #toRow(operation: Operation<string, V>) {
    const { key, version } = operation;
    const { toRow, key: name } = this.#shape;
    const isSet = operation.type === 'set';
    const values = isSet ? toRow(operation.value) : {};
    return { ...values, [name]: key, version, deleted: !isSet };
  }
  // #endregion write

  async read(key: string): Promise<V | undefined> {
    const { value } = await this.find(key);
    return value;
  }

  // #region table
  async find(key: string): Promise<Row<V>> {
    const [row] = await query<Stored & Columns>(
      this.#pool,
      this.#statements.find,
      key,
    );
    if (row === undefined) return { value: undefined, version: 0 };
    return {
      value: row.deleted ? undefined : this.#shape.fromRow(row),
      version: Number(row.version),
    };
  }

  async put(key: string, value: V): Promise<Row<V>> {
    const version = await this.#put({ type: 'set', key, value, version: 1 });
    return { value, version };
  }

  async remove(key: string): Promise<Row<V>> {
    const version = await this.#put({ type: 'delete', key, version: 1 });
    return { value: undefined, version };
  }

  async #put(operation: Operation<string, V>): Promise<number> {
    const [row] = await query<Stored>(
      this.#pool,
      this.#statements.put,
      JSON.stringify([this.#toRow(operation)]),
    );
    return Number(row?.version);
  }
  // #endregion table
}

interface Stored {
  /** The driver does not squeeze a bigint into a number. */
  readonly version: string;
  readonly deleted: boolean;
}
