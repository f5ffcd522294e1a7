import { sleep } from '../../shared/clock.ts';
import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation } from '../../shared/store.ts';
import { put, remove } from '../operation.ts';
import { Channel } from './channel.ts';
import { type Options, story } from './story.ts';

// #region cache
export class BrokenCache<V> {
  readonly #options: Options<V>;
  readonly #values = new Map<string, V | undefined>();
  readonly #dirty: Channel;
  #consumer: Promise<void> | undefined;

  constructor(options: Options<V>) {
    this.#options = options;
    this.#dirty = new Channel(options.maxPending);
  }

  async get(key: string): Promise<V | undefined> {
    if (this.#values.has(key)) return this.#values.get(key);
    const stored = await this.#options.store.read(key);
    // A write that came meanwhile knows better.
    if (!this.#values.has(key)) this.#values.set(key, stored);
    return this.#values.get(key);
  }

  set(key: string, value: V): Promise<void> {
    this.#values.set(key, value);
    return this.#enqueue(key);
  }

  delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    return this.#enqueue(key);
  }

  async flush(): Promise<void> {
    await this.#consumer;
  }

  close(): Promise<void> {
    return this.flush();
  }

  async #enqueue(key: string): Promise<void> {
    await this.#dirty.send(key);
    if (!this.#dirty.isEmpty)
      this.#consumer ??= this.#consume();
  }

  // #region consume
  async #consume(): Promise<void> {
    const { store, clock, retry } = this.#options;
    for (;;) {
      const key = this.#dirty.receive();
      if (key === undefined) break;
      try {
        await store.write([this.#newest(key)]);
      } catch {
        await sleep(clock, retry.baseDelayMs);
        // #region bug
        await this.#dirty.send(key);
        // #endregion bug
      }
    }
    this.#consumer = undefined;
  }
  // #endregion consume

  #newest(key: string): Operation<string, V> {
    const value = this.#values.get(key);
    return value === undefined ? remove(key) : put(key, value);
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(BrokenCache, print);
}

if (isMain('pitfalls/self-fed-channel/broken'))
  void demo(console.log);
