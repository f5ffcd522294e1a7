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
  readonly #dirty = new Set<string>();
  readonly #stop: () => void;
  #turn = Promise.resolve();

  constructor({ store, clock, maxDelayMs }: Options<V>) {
    this.#store = store;
    this.#stop = every(clock, maxDelayMs, () => {
      // What failed is still dirty.
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
    this.#change(key, value);
  }

  async delete(key: string): Promise<void> {
    this.#change(key, undefined);
  }

  /** One batch at a time: who comes meanwhile goes next. */
  flush(): Promise<void> {
    const turn = this.#turn.then(() => this.#write());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  // #region write
  #change(key: string, value: V | undefined): void {
    this.#values.set(key, value);
    this.#dirty.add(key);
  }

  async #write(): Promise<void> {
    const keys = [...this.#dirty];
    await this.#store.write(keys.map((key) => this.#last(key)));
    // #region bug
    for (const key of keys) this.#dirty.delete(key);
    // #endregion bug
  }
  // #endregion write

  #last(key: string): Operation<string, V> {
    const value = this.#values.get(key);
    return value === undefined ? remove(key) : put(key, value);
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

if (isMain('pitfalls/newer-cleared/broken'))
  void demo(console.log);
