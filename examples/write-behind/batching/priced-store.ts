import { type Clock, sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { type Costs, type Form, forms } from './costs.ts';

export interface PricedStoreOptions {
  readonly clock: Clock;
  readonly costs: Costs;
  /** Default: 'statement-a-batch'. */
  readonly form?: Form;
  /** Milliseconds after which the database gives a write up. Default: never. */
  readonly timeoutMs?: number;
}

/** A database with one connection: a write waits until the one before ends. */
export class PricedStore<K, V> implements Store<K, V> {
  /** Beside all costs. */
  readonly rows: InMemoryStore<K, V>;
  costs: Costs;
  readonly #clock: Clock;
  readonly #form: Form;
  readonly #timeoutMs: number;
  #free: Promise<void> = Promise.resolve();

  constructor(options: PricedStoreOptions) {
    const { clock, costs, form = 'statement-a-batch' } = options;
    const { timeoutMs = Infinity } = options;
    this.rows = new InMemoryStore({ clock });
    this.costs = costs;
    this.#clock = clock;
    this.#form = form;
    this.#timeoutMs = timeoutMs;
  }

  read(key: K): Promise<V | undefined> {
    return this.rows.read(key);
  }

  write(batch: readonly Operation<K, V>[]): Promise<void> {
    const written = this.#free.then(() => this.#write(batch));
    this.#free = written.catch(() => {});
    return written;
  }

  async #write(batch: readonly Operation<K, V>[]): Promise<void> {
    const ms = forms[this.#form](batch.length, this.costs);
    await sleep(this.#clock, Math.min(ms, this.#timeoutMs));
    if (ms > this.#timeoutMs) {
      throw new Error('canceling statement due to statement timeout');
    }
    await this.rows.write(batch);
  }
}
