import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { DurableList } from './durable-list.ts';
import { type Options, story } from './story.ts';

// #region cache
export class BrokenCache<V> {
  readonly #store: Store<string, V>;
  readonly #maxBatchSize: number;
  readonly #list: DurableList<V>;
  readonly #values = new Map<string, V | undefined>();
  readonly #stop: () => void;
  #lastFlush = Promise.resolve();

  constructor(options: Options<V>) {
    const { store, clock, disk, maxDelayMs } = options;
    this.#store = store;
    this.#maxBatchSize = options.maxBatchSize;
    this.#list = disk.open('queue', () => new DurableList());
    for (const left of this.#list.entries()) {
      this.#remember(left);
    }
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
    await this.#accept(put(key, value));
  }

  async delete(key: string): Promise<void> {
    await this.#accept(remove(key));
  }

  async #accept(
    operation: Operation<string, V>,
  ): Promise<void> {
    await this.#list.push(operation);
    this.#remember(operation);
  }

  #remember(operation: Operation<string, V>): void {
    const { type, key } = operation;
    const value = type === 'set' ? operation.value : undefined;
    this.#values.set(key, value);
  }

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#drain());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  // #region drain
  async #drain(): Promise<void> {
    for (;;) {
      // #region bug
      const batch = await this.#list.pop(this.#maxBatchSize);
      // #endregion bug
      if (batch.length === 0) return;
      const newest = new Map(batch.map((it) => [it.key, it]));
      try {
        await this.#store.write([...newest.values()]);
      } catch (error) {
        await this.#list.unpop(batch);
        throw error;
      }
    }
  }
  // #endregion drain

  async close(): Promise<void> {
    this.#stop();
    await this.flush();
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(BrokenCache, print);
}

if (isMain('pitfalls/pop-then-write/broken'))
  void demo(console.log);
