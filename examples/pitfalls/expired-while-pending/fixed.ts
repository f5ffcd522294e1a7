import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { ExpiringMap } from './expiring-map.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #options: Options<V>;
  readonly #entries: ExpiringMap<Promise<V | undefined>>;
  readonly #pending = new Map<string, Operation<string, V>>();
  readonly #stop: () => void;
  #lastFlush = Promise.resolve();

  constructor(options: Options<V>) {
    const { clock, maxDelayMs } = options;
    this.#options = options;
    this.#entries = new ExpiringMap(options);
    this.#stop = every(clock, maxDelayMs, () => {
      // What failed goes with the next flush.
      this.flush().catch(() => {});
    });
  }

  // #region get
  async get(key: string): Promise<V | undefined> {
    // #region mend
    const pending = this.#pending.get(key);
    if (pending?.type === 'set') return pending.value;
    if (pending?.type === 'delete') return undefined;
    // #endregion mend
    return this.#entries.get(key) ?? this.#load(key);
  }
  // #endregion get

  #load(key: string): Promise<V | undefined> {
    const load = this.#options.store.read(key);
    // Kept before it ends, so that a write can take its place.
    this.#entries.set(key, load);
    load.catch(() => {
      const isKept = this.#entries.get(key) === load;
      if (isKept) this.#entries.delete(key);
    });
    return load;
  }

  set(key: string, value: V): Promise<void> {
    return this.#accept(put(key, value), value);
  }

  delete(key: string): Promise<void> {
    return this.#accept(remove(key));
  }

  async #accept(operation: Operation<string, V>, value?: V) {
    const { key } = operation;
    while (!this.#hasRoom(key)) await this.flush();
    this.#pending.set(key, operation);
    this.#entries.set(key, Promise.resolve(value));
  }

  #hasRoom(key: string): boolean {
    const { size } = this.#pending;
    const { maxPending } = this.#options;
    return size < maxPending || this.#pending.has(key);
  }

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#write());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  async #write(): Promise<void> {
    const batch = [...this.#pending.values()];
    if (batch.length === 0) return;
    await this.#options.store.write(batch);
    for (const operation of batch) {
      const isNewest =
        this.#pending.get(operation.key) === operation;
      if (isNewest) this.#pending.delete(operation.key);
    }
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

if (isMain('pitfalls/expired-while-pending/fixed'))
  void demo(console.log);
