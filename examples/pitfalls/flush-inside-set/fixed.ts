import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #store: Store<string, V>;
  readonly #maxBatchSize: number;
  readonly #values = new Map<string, V | undefined>();
  readonly #buffer = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  /** Operations that the store has refused. */
  failed = 0;

  constructor(options: Options<V>) {
    const { store, clock, maxBatchSize, maxDelayMs } = options;
    this.#store = store;
    this.#maxBatchSize = maxBatchSize;
    this.#stop = every(clock, maxDelayMs, () => {
      this.#flushSoon();
    });
  }

  async get(key: string): Promise<V | undefined> {
    if (this.#values.has(key)) return this.#values.get(key);
    const stored = await this.#store.read(key);
    // A write that came meanwhile knows better.
    if (!this.#values.has(key)) this.#values.set(key, stored);
    return this.#values.get(key);
  }

  set(key: string, value: V): Promise<void> {
    this.#values.set(key, value);
    return this.#add(put(key, value));
  }

  delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    return this.#add(remove(key));
  }

  // #region add
  async #add(operation: Operation<string, V>): Promise<void> {
    this.#buffer.set(operation.key, operation);
    const isFull = this.#buffer.size >= this.#maxBatchSize;
    // #region mend
    if (isFull) this.#flushSoon();
    // #endregion mend
  }

  // #region soon
  #flushSoon(): void {
    // Counted below. What fails goes with the next flush.
    this.flush().catch(() => {});
  }
  // #endregion soon

  async #write(): Promise<void> {
    const batch = [...this.#buffer.values()];
    if (batch.length === 0) return;
    // #region tell
    try {
      await this.#store.write(batch);
    } catch (error) {
      this.failed += batch.length;
      throw error;
    }
    // #endregion tell
    for (const operation of batch) {
      const { key } = operation;
      const isNewest = this.#buffer.get(key) === operation;
      if (isNewest) this.#buffer.delete(key);
    }
  }
  // #endregion add

  flush(): Promise<void> {
    // Who asks while a batch is under way shares the next.
    this.#next ??= this.#current.then(() => {
      this.#next = undefined;
      const write = this.#write();
      this.#current = write.catch(() => {});
      return write;
    });
    return this.#next;
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

if (isMain('pitfalls/flush-inside-set/fixed'))
  void demo(console.log);
