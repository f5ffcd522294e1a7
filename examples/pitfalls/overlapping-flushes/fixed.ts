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
  /** Resolves when the last flush that was asked for is over. */
  #turn = Promise.resolve();

  constructor({ store, clock, maxDelayMs }: Options<V>) {
    this.#store = store;
    // What failed goes with the next flush.
    this.#stop = every(clock, maxDelayMs, async () => {
      await this.flush().catch(() => {});
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
  // #region mend
  flush(): Promise<void> {
    const turn = this.#turn.then(() => this.#write());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #write(): Promise<void> {
    // #endregion mend
    const batch = [...this.#queue.values()];
    await this.#store.write(batch);
    for (const operation of batch) {
      const isNewest =
        this.#queue.get(operation.key) === operation;
      if (isNewest) this.#queue.delete(operation.key);
    }
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

if (isMain('pitfalls/overlapping-flushes/fixed'))
  void demo(console.log);
