import { type Clock, sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation } from '../../shared/store.ts';

export interface UnevenStoreOptions<V> {
  readonly rows?: Iterable<readonly [string, V]>;
  /** Milliseconds until each of the first batches is carried out, in turn. */
  readonly writeMs: readonly number[];
  readonly clock: Clock;
}

/** A database with slow moments, which carries writes out side by side. */
export class UnevenStore<V> extends InMemoryStore<string, V> {
  readonly #clock: Clock;
  readonly #writeMs: number[];
  #underWay = 0;

  constructor({ rows = [], writeMs, clock }: UnevenStoreOptions<V>) {
    super({ rows, clock });
    this.#clock = clock;
    this.#writeMs = [...writeMs];
  }

  /** Writes that are neither carried out nor refused yet. */
  get underWay(): number {
    return this.#underWay;
  }

  override async write(batch: readonly Operation<string, V>[]): Promise<void> {
    const ms = this.#writeMs.shift() ?? 0;
    this.#underWay += 1;
    try {
      await sleep(this.#clock, ms);
      await super.write(batch);
    } finally {
      this.#underWay -= 1;
    }
  }
}
