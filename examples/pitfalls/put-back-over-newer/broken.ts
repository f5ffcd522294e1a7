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
  #queue = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  #turn = Promise.resolve();

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
    this.#queue.set(key, put(key, value));
  }

  async delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    this.#queue.set(key, remove(key));
  }

  /** One batch at a time: who comes meanwhile goes next. */
  flush(): Promise<void> {
    const turn = this.#turn.then(() => this.#write());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  // #region write
  async #write(): Promise<void> {
    const batch = this.#queue;
    this.#queue = new Map();
    try {
      await this.#store.write([...batch.values()]);
    } catch (error) {
      // #region bug
      this.#queue = new Map([...this.#queue, ...batch]);
      // #endregion bug
      throw error;
    }
  }
  // #endregion write

  async close(): Promise<void> {
    this.#stop();
    await this.flush();
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(BrokenCache, print);
}

if (isMain('pitfalls/put-back-over-newer/broken'))
  void demo(console.log);
