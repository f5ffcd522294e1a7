import type { Clock } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation, Store } from '../../shared/store.ts';
import type { Row, Table } from '../../shared/table.ts';
import { Connections } from './connections.ts';

/** What is cached: each write and each answer of the database makes a new one. */
export interface Item {
  /** Counts all items in the order in which they came into being. */
  readonly stamp: number;
}

export interface DatabaseOptions {
  readonly keys: readonly string[];
  readonly readMs: number;
  readonly writeMs: number;
  readonly connections: number;
  readonly clock: Clock;
  readonly newItem: () => Item;
}

/** A database that carries out so many calls at a time, and lets others wait. */
export class Database implements Store<string, Item>, Table<string, Item> {
  readonly #store: InMemoryStore<string, Item>;
  readonly #connections: Connections;
  readonly #newItem: () => Item;

  constructor(options: DatabaseOptions) {
    const { keys, readMs, writeMs, connections, clock, newItem } = options;
    const rows = keys.map((key): [string, Item] => [key, newItem()]);
    this.#store = new InMemoryStore({ rows, readMs, writeMs, clock });
    this.#connections = new Connections(connections);
    this.#newItem = newItem;
  }

  async find(key: string): Promise<Row<Item>> {
    const row = await this.#call((store) => store.find(key));
    const { value, version } = row;
    return { value: value && this.#newItem(), version };
  }

  async read(key: string): Promise<Item | undefined> {
    const { value } = await this.find(key);
    return value;
  }

  put(key: string, value: Item): Promise<Row<Item>> {
    return this.#call((store) => store.put(key, value));
  }

  remove(key: string): Promise<Row<Item>> {
    return this.#call((store) => store.remove(key));
  }

  write(batch: readonly Operation<string, Item>[]): Promise<void> {
    return this.#call((store) => store.write(batch));
  }

  counts(): Readonly<{ reads: number; writes: number; rows: number }> {
    return this.#store.counts();
  }

  #call<T>(
    call: (store: InMemoryStore<string, Item>) => Promise<T>,
  ): Promise<T> {
    return this.#connections.run(() => call(this.#store));
  }
}
