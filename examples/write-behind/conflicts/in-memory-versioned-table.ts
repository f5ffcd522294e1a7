import { type Clock, sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Row } from '../../shared/table.ts';
import type { Answer, VersionedTable } from './versioned-table.ts';

export interface InMemoryVersionedTableOptions<K, V> {
  /** What it holds at first. */
  readonly rows?: Iterable<readonly [K, V]>;
  /** Milliseconds that the answer of a read takes. Default: 0. */
  readonly readMs?: number;
  /** Milliseconds until a write is carried out. Default: 0. */
  readonly writeMs?: number;
  readonly clock: Clock;
}

/** A versioned table in a process: slow or broken, as the test wants it. */
export class InMemoryVersionedTable<K, V> implements VersionedTable<K, V> {
  /** For what it holds, and for a program that changes it at once. */
  readonly store: InMemoryStore<K, V>;
  readonly #clock: Clock;
  readonly #writeMs: number;
  readonly #writeErrors: unknown[] = [];
  readonly #lostAnswers: unknown[] = [];

  constructor(options: InMemoryVersionedTableOptions<K, V>) {
    const { rows = [], readMs = 0, writeMs = 0, clock } = options;
    this.store = new InMemoryStore({ rows, readMs, clock });
    this.#clock = clock;
    this.#writeMs = writeMs;
  }

  find(key: K): Promise<Row<V>> {
    return this.store.find(key);
  }

  async compareAndSet(
    key: K,
    version: number,
    value: V | undefined,
  ): Promise<Answer<V>> {
    await sleep(this.#clock, this.#writeMs);
    if (this.#writeErrors.length > 0) throw this.#writeErrors.shift();
    const isStored = this.store.row(key).version === version;
    if (isStored) this.change(key, value);
    if (this.#lostAnswers.length > 0) throw this.#lostAnswers.shift();
    return { isStored, row: this.store.row(key) };
  }

  /** Changes the row at once, whatever it is, under its next version. */
  change(key: K, value: V | undefined): void {
    this.store.commit(
      value === undefined
        ? { type: 'delete', key, version: 0 }
        : { type: 'set', key, value, version: 0 },
    );
  }

  /** Fails the next writes, each with the next of the errors. */
  failNextWrites(...errors: readonly unknown[]): void {
    this.#writeErrors.push(...errors);
  }

  /** Fails the next writes likewise, after they have been carried out. */
  loseNextAnswers(...errors: readonly unknown[]): void {
    this.#lostAnswers.push(...errors);
  }
}
