import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation } from '../../shared/store.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class BrokenCache<V> {
  readonly #options: Options<V>;
  readonly #values = new Map<string, V | undefined>();
  readonly #queue = new Map<string, Operation<string, V>>();
  /** Those under way, by key: it is in one at a time. */
  readonly #writes = new Map<string, Promise<void>>();
  #cancel: (() => void) | undefined;

  constructor(options: Options<V>) {
    this.#options = options;
  }

  async get(key: string): Promise<V | undefined> {
    if (this.#values.has(key)) return this.#values.get(key);
    const stored = await this.#options.store.read(key);
    // A write that came meanwhile knows better.
    if (!this.#values.has(key)) this.#values.set(key, stored);
    return this.#values.get(key);
  }

  async set(key: string, value: V): Promise<void> {
    this.#values.set(key, value);
    this.#enqueue(put(key, value));
  }

  async delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    this.#enqueue(remove(key));
  }

  // #region schedule
  #enqueue(operation: Operation<string, V>): void {
    this.#queue.set(operation.key, operation);
    this.#schedule();
  }

  #schedule(): void {
    const { clock, maxDelayMs } = this.#options;
    // #region bug
    this.#cancel?.();
    // #endregion bug
    this.#cancel = clock.schedule(maxDelayMs, () => {
      // What fails stays in the queue, and a flush tells of it.
      this.#send().catch(() => {});
    });
  }
  // #endregion schedule

  async flush(): Promise<void> {
    await this.#send();
    // What waited for a write of its own key goes now.
    await this.#send();
  }

  close(): Promise<void> {
    return this.flush();
  }

  /** Resolves when all that is on its way has arrived. */
  async #send(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const batch = [...this.#queue.values()].filter(
      ({ key }) => !this.#writes.has(key),
    );
    if (batch.length > 0) {
      const write = this.#write(batch);
      for (const { key } of batch) this.#writes.set(key, write);
    }
    await Promise.all(this.#writes.values());
  }

  async #write(
    batch: readonly Operation<string, V>[],
  ): Promise<void> {
    try {
      await this.#options.store.write(batch);
      for (const operation of batch) {
        const { key } = operation;
        const isNewest = this.#queue.get(key) === operation;
        if (isNewest) this.#queue.delete(key);
      }
    } finally {
      for (const { key } of batch) this.#writes.delete(key);
      if (this.#queue.size > 0) this.#schedule();
    }
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(BrokenCache, print);
}

if (isMain('pitfalls/postponed-deadline/broken'))
  void demo(console.log);
