import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #store: Store<string, V>;
  /** Per key the newest operation, if the store lacks it. */
  readonly #pending = new Map<string, Operation<string, V>>();
  readonly #maxPending: number;
  /** Writes that wait for room. */
  readonly #waiting: (() => void)[] = [];
  readonly #stop: () => void;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(options: Options<V>) {
    const { store, clock, maxDelayMs, maxPending } = options;
    this.#store = store;
    this.#maxPending = maxPending;
    this.#stop = every(clock, maxDelayMs, () => {
      // What fails stays, and goes with the next flush.
      this.flush().catch(() => {});
    });
  }

  get pending(): number {
    return this.#pending.size;
  }

  async get(key: string): Promise<V | undefined> {
    const newest = this.#pending.get(key);
    if (newest === undefined) return this.#store.read(key);
    return newest.type === 'set' ? newest.value : undefined;
  }

  set(key: string, value: V): Promise<void> {
    return this.#accept(put(key, value));
  }

  delete(key: string): Promise<void> {
    return this.#accept(remove(key));
  }

  // #region accept
  async #accept(
    operation: Operation<string, V>,
  ): Promise<void> {
    const { key } = operation;
    // #region mend
    while (
      this.#pending.size >= this.#maxPending &&
      !this.#pending.has(key)
    ) {
      await new Promise<void>((resume) => {
        this.#waiting.push(resume);
      });
    }
    // #endregion mend
    this.#pending.set(key, operation);
  }

  async #write(): Promise<void> {
    const batch = [...this.#pending.values()];
    if (batch.length === 0) return;
    await this.#store.write(batch);
    for (const operation of batch) {
      const { key } = operation;
      const isNewest = this.#pending.get(key) === operation;
      if (isNewest) this.#pending.delete(key);
    }
    // #region room
    for (const resume of this.#waiting.splice(0)) resume();
    // #endregion room
  }
  // #endregion accept

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
    while (this.#pending.size > 0) await this.flush();
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(FixedCache, print);
}

if (isMain('pitfalls/unbounded-queue/fixed'))
  void demo(console.log);
