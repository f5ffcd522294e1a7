import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #store: Store<string, V>;
  readonly #values = new Map<string, V | undefined>();
  readonly #pending = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  #lastFlush = Promise.resolve();

  constructor({ store, clock, maxDelayMs }: Options<V>) {
    this.#store = store;
    this.#stop = every(clock, maxDelayMs, () => {
      // What failed goes with the next flush.
      this.flush().catch(() => {});
    });
  }

  async get(key: string): Promise<V | undefined> {
    if (this.#values.has(key)) return this.#values.get(key);
    const stored = await this.#store.read(key);
    // A write that came meanwhile knows better.
    if (!this.#values.has(key)) this.#values.set(key, stored);
    return this.#values.get(key);
  }

  async set(key: string, value: V): Promise<void> {
    this.#values.set(key, value);
    this.#pending.set(key, put(key, value));
  }

  // #region delete
  async delete(key: string): Promise<void> {
    // #region mend
    this.#values.set(key, undefined);
    // #endregion mend
    this.#pending.set(key, remove(key));
  }
  // #endregion delete

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#write());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  async #write(): Promise<void> {
    const batch = [...this.#pending.values()];
    if (batch.length === 0) return;
    await this.#store.write(batch);
    for (const operation of batch) {
      const isNewest =
        this.#pending.get(operation.key) === operation;
      if (isNewest) this.#pending.delete(operation.key);
    }
  }

  async close(): Promise<void> {
    this.#stop();
    await this.flush();
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(FixedCache, print);
}

if (isMain('pitfalls/dead-rise/fixed')) void demo(console.log);
