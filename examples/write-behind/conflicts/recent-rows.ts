import type { Clock } from '../../shared/clock.ts';
import { SingleFlight } from '../../shared/single-flight.ts';
import type { Row } from '../../shared/table.ts';

export interface RecentRowsOptions<K, V> {
  readonly find: (key: K) => Promise<Row<V>>;
  readonly clock: Clock;
  /** Milliseconds for which a row is not asked for again. */
  readonly maxAgeMs: number;
  /** Beyond it, the row that was used least recently is forgotten. */
  readonly maxRows: number;
}

/** Rows as they were seen last. Others may have changed them since. */
export class RecentRows<K, V> {
  readonly #options: RecentRowsOptions<K, V>;
  /** The last used last. */
  readonly #seen = new Map<K, { row: Row<V>; until: number }>();
  readonly #reads = new SingleFlight<K, Row<V>>();

  constructor(options: RecentRowsOptions<K, V>) {
    this.#options = options;
  }

  async get(key: K): Promise<Row<V>> {
    const { find, clock } = this.#options;
    const seen = this.#seen.get(key);
    if (seen !== undefined && clock.now() < seen.until) {
      this.#keep(key, seen.row, seen.until);
      return seen.row;
    }
    return this.#reads.run(key, async (isCurrent) => {
      const row = await find(key);
      if (isCurrent()) this.put(key, row);
      return row;
    });
  }

  put(key: K, row: Row<V>): void {
    const { clock, maxAgeMs } = this.#options;
    // A read that began before may bring an older row.
    this.#reads.forget(key);
    this.#keep(key, row, clock.now() + maxAgeMs);
  }

  forget(key: K): void {
    this.#reads.forget(key);
    this.#seen.delete(key);
  }

  #keep(key: K, row: Row<V>, until: number): void {
    this.#seen.delete(key);
    this.#seen.set(key, { row, until });
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= this.#options.maxRows) return;
      this.#seen.delete(oldest);
    }
  }
}
