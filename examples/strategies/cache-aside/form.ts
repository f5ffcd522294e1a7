import type { LeasingCache } from '../../shared/shared-cache.ts';
import type { Table } from '../../shared/table.ts';

/** One way to read and write with the cache beside the table. */
export abstract class Form<K, V> {
  protected readonly table: Table<K, V>;
  protected readonly cache: LeasingCache<K, V>;
  protected readonly ttlMs: number;

  constructor(table: Table<K, V>, cache: LeasingCache<K, V>, ttlMs: number) {
    this.table = table;
    this.cache = cache;
    this.ttlMs = ttlMs;
  }

  abstract get(key: K): Promise<V | undefined>;
  abstract set(key: K, value: V): Promise<void>;
}

export type FormClass = new <K, V>(
  ...parts: ConstructorParameters<typeof Form<K, V>>
) => Form<K, V>;
