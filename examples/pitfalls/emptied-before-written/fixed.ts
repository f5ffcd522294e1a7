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
  readonly #queue = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  /** Operations that the store has refused. */
  failed = 0;

  constructor({ store, clock, maxDelayMs }: Options<V>) {
    this.#store = store;
    this.#stop = every(clock, maxDelayMs, () => {
      // It is counted, and what failed goes with the next flush.
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
    this.#queue.set(key, put(key, value));
  }

  async delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    this.#queue.set(key, remove(key));
  }

  // #region flush
  async flush(): Promise<void> {
    const batch = [...this.#queue.values()];
    // #region mend
    try {
      await this.#store.write(batch);
    } catch (error) {
      this.failed += batch.length;
      throw error;
    }
    for (const operation of batch) {
      const isNewest =
        this.#queue.get(operation.key) === operation;
      if (isNewest) this.#queue.delete(operation.key);
    }
    // #endregion mend
  }
  // #endregion flush

  async close(): Promise<void> {
    this.#stop();
    await this.flush();
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(FixedCache, print);
}

if (isMain('pitfalls/emptied-before-written/fixed'))
  void demo(console.log);
