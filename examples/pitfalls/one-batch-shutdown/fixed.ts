import type { Clock } from '../../shared/clock.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #store: Store<string, V>;
  readonly #clock: Clock;
  readonly #maxBatchSize: number;
  readonly #values = new Map<string, V | undefined>();
  readonly #pending = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  #lastFlush = Promise.resolve();
  #isClosing = false;
  #closed: Promise<Report<V>> | undefined;
  #onDrained = () => {};

  constructor(options: Options<V>) {
    const { store, clock, maxDelayMs } = options;
    this.#store = store;
    this.#clock = clock;
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
    this.#accept(put(key, value), value);
  }

  async delete(key: string): Promise<void> {
    this.#accept(remove(key), undefined);
  }

  #accept(operation: Operation<string, V>, value?: V): void {
    if (this.#isClosing) throw new Error('the cache is closed');
    this.#values.set(operation.key, value);
    this.#pending.set(operation.key, operation);
  }

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#drain());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  async #writeBatch(): Promise<void> {
    const pending = [...this.#pending.values()];
    const batch = pending.slice(0, this.#maxBatchSize);
    await this.#store.write(batch);
    for (const operation of batch) {
      const { key } = operation;
      const isNewest = this.#pending.get(key) === operation;
      if (isNewest) this.#pending.delete(key);
    }
  }

  // #region close
  // #region mend
  close({ timeoutMs = 10_000 } = {}): Promise<Report<V>> {
    this.#closed ??= this.#drainWithin(timeoutMs);
    return this.#closed;
  }

  async #drainWithin(timeoutMs: number): Promise<Report<V>> {
    this.#isClosing = true;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(timeoutMs, resolve);
      this.#onDrained = () => {
        cancel();
        resolve();
      };
      this.flush().catch(() => {});
    });
    this.#stop();
    const abandoned = [...this.#pending.values()];
    this.#pending.clear();
    return { abandoned };
  }

  async #drain(): Promise<void> {
    while (this.#pending.size > 0) await this.#writeBatch();
    this.#onDrained();
  }
  // #endregion mend
  // #endregion close
}
// #endregion cache

export interface Report<V> {
  /** What may not be in the store, for somebody to keep. */
  readonly abandoned: readonly Operation<string, V>[];
}

export function demo(print: Print): Promise<void> {
  return story(FixedCache, print);
}

if (isMain('pitfalls/one-batch-shutdown/fixed'))
  void demo(console.log);
