import { Logger } from '@nestjs/common';
import pg from 'pg';
import { isolatePoison } from '../redis-postgres/isolate-poison.ts';
import type { Shape } from '../redis-postgres/postgres-statements.ts';
import { PostgresStore } from '../redis-postgres/postgres-store.ts';
import {
  type Database,
  firstProducts,
  type ProductRows,
  type Strategy,
  strategies,
} from './database.ts';
import type { Product } from './products.ts';
import { withoutRows } from './without-rows.ts';

export class PostgresDatabase implements Database {
  readonly #pool: pg.Pool;

  // #region open
  static async open(connectionString: string): Promise<PostgresDatabase> {
    const pool = new pg.Pool({
      connectionString,
      // Or a hung database would hold up callers for ever.
      connectionTimeoutMillis: 5000,
      statement_timeout: 5000,
      query_timeout: 6000,
    });
    const log = new Logger(PostgresDatabase.name);
    pool.on('error', (error) => log.warn(withoutRows(error)));
    try {
      await pool.query(strategies.map(schemaOf).join('\n'));
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new PostgresDatabase(pool);
  }
  // #endregion open

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  // #region rows
  rowsOf(strategy: Strategy): ProductRows {
    const table = new PostgresStore(this.#pool, shapeOf(strategy));
    const { read, write } = isolatePoison(table);
    return {
      ...{ read, write },
      find: (id) => table.find(id),
      put: (id, product) => table.put(id, product),
      remove: (id) => table.remove(id),
    };
  }
  // #endregion rows

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

interface Columns {
  readonly name: string;
  /** The driver does not squeeze a numeric into a number. */
  readonly price: string | number;
  readonly stock: number;
}

function shapeOf(strategy: Strategy): Shape<Product, Columns> {
  return {
    table: tableOf(strategy),
    key: 'id',
    columns: { name: 'text', price: 'numeric', stock: 'integer' },
    toRow: ({ name, price, stock }) => ({ name, price, stock }),
    fromRow: ({ name, price, stock }) => ({
      ...{ name, stock },
      price: Number(price),
    }),
  };
}

function tableOf(strategy: Strategy): string {
  return `products_${strategy.replace('-', '_')}`;
}

/** Two processes may start at the same time: the second one waits. */
function schemaOf(strategy: Strategy): string {
  const table = tableOf(strategy);
  const rows = Array.from(
    firstProducts,
    ([id, { name, price, stock }]) =>
      `('${id}', '${name}', ${price}, ${stock}, 1)`,
  );
  return `
SELECT pg_advisory_xact_lock(hashtext('products'));
CREATE TABLE IF NOT EXISTS ${table} (
  id         text PRIMARY KEY,
  name       text,
  price      numeric(9, 2),
  stock      integer,
  updated_at timestamptz NOT NULL DEFAULT now(),
  version    bigint NOT NULL,
  deleted    boolean NOT NULL DEFAULT false
);
INSERT INTO ${table} (id, name, price, stock, version)
VALUES ${rows.join(', ')}
ON CONFLICT DO NOTHING;`;
}
