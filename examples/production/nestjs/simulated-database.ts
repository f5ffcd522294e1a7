import { InMemoryStore } from '../../shared/in-memory-store.ts';
import {
  type Database,
  firstProducts,
  type Strategy,
  strategies,
} from './database.ts';
import type { Product } from './products.ts';
import type { Settings } from './settings.ts';

export type SimulatedDatabaseOptions = Pick<
  Settings,
  'readMs' | 'writeMs' | 'products'
>;

/** A database in the process, as slow as one on another continent. */
export class SimulatedDatabase implements Database {
  readonly #rows: ReadonlyMap<Strategy, InMemoryStore<string, Product>>;

  constructor({ readMs, writeMs, products }: SimulatedDatabaseOptions) {
    const rows = [...firstProducts];
    for (let id = rows.length + 1; id <= products; id += 1) {
      rows.push([String(id), { name: `Part ${id}`, price: 5, stock: 100 }]);
    }
    this.#rows = new Map(
      strategies.map((strategy) => [
        strategy,
        new InMemoryStore({ rows, readMs, writeMs }),
      ]),
    );
  }

  rowsOf(strategy: Strategy): InMemoryStore<string, Product> {
    const rows = this.#rows.get(strategy);
    if (rows === undefined) throw new Error(`there is no ${strategy}`);
    return rows;
  }

  async close(): Promise<void> {}
}
