import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class BrokenCache<V> {
  readonly #store: Store<string, V>;
  readonly #maxBatchSize: number;
  readonly #values = new Map<string, V | undefined>();
  readonly #pending = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  #lastFlush = Promise.resolve();

  constructor(options: Options<V>) {
    const { store, clock, maxDelayMs } = options;
    this.#store = store;
    this.#maxBatchSize = options.maxBatchSize;
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

  async delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    this.#pending.set(key, remove(key));
  }

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#drain());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  // #region drain
  async #drain(): Promise<void> {
    const due = [...this.#pending.values()];
    while (due.length > 0) {
      const batch = due.splice(0, this.#maxBatchSize);
      // #region bug
      await this.#store.write(batch);
      // #endregion bug
      for (const it of batch) this.#settle(it);
    }
  }
  // #endregion drain

  #settle(operation: Operation<string, V>): void {
    const { key } = operation;
    const isNewest = this.#pending.get(key) === operation;
    if (isNewest) this.#pending.delete(key);
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

if (isMain('pitfalls/poisoned-batch/broken'))
  void demo(console.log);
