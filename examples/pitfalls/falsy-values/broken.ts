import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class BrokenCache<V> {
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

  // #region get
  async get(key: string): Promise<V | undefined> {
    // #region bug
    const cached = this.#values.get(key);
    if (cached) return cached;
    const stored = await this.#store.read(key);
    // A write that came meanwhile knows better.
    const newest = this.#values.get(key) || stored;
    // #endregion bug
    this.#values.set(key, newest);
    return newest;
  }
  // #endregion get

  async set(key: string, value: V): Promise<void> {
    this.#values.set(key, value);
    this.#pending.set(key, put(key, value));
  }

  async delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    this.#pending.set(key, remove(key));
  }

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
  return story(BrokenCache, print);
}

if (isMain('pitfalls/falsy-values/broken'))
  void demo(console.log);
