import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import type { Operation, Store } from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { DurableLog, type LogRecord } from './durable-log.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #store: Store<string, V>;
  readonly #maxBatchSize: number;
  readonly #log: DurableLog<V>;
  readonly #values = new Map<string, V | undefined>();
  /** In the order of the log. */
  readonly #pending = new Map<string, LogRecord<V>>();
  readonly #stop: () => void;
  /** Behind the last record that it has read or appended. */
  #next = 0;
  #lastAppend = Promise.resolve();
  #lastFlush = Promise.resolve();

  constructor(options: Options<V>) {
    const { store, clock, disk, maxDelayMs } = options;
    this.#store = store;
    this.#maxBatchSize = options.maxBatchSize;
    this.#log = disk.open('log', () => new DurableLog());
    for (const left of this.#log.uncommitted()) {
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
    await this.#append(put(key, value));
  }

  async delete(key: string): Promise<void> {
    await this.#append(remove(key));
  }

  // #region append
  /** One at a time, so all before `#next` has been answered. */
  #append(operation: Operation<string, V>): Promise<void> {
    const appended = this.#lastAppend.then(async () => {
      this.#remember(await this.#log.append(operation));
    });
    this.#lastAppend = appended.catch(() => {});
    return appended;
  }
  // #endregion append

  #remember(record: LogRecord<V>): void {
    const { type, key } = record.operation;
    const value =
      type === 'set' ? record.operation.value : undefined;
    this.#values.set(key, value);
    this.#pending.delete(key);
    this.#pending.set(key, record);
    this.#next = record.offset + 1;
  }

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#writeAll());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  async #writeAll(): Promise<void> {
    const due = [...this.#pending.values()];
    const errors: unknown[] = [];
    while (due.length > 0) {
      const batch = due.splice(0, this.#maxBatchSize);
      // A batch that fails does not hold up the next.
      await this.#write(batch).catch((it) => errors.push(it));
    }
    if (errors.length > 0)
      throw new AggregateError(errors, 'some batches failed');
  }

  // #region write
  async #write(batch: readonly LogRecord<V>[]): Promise<void> {
    await this.#store.write(batch.map((it) => it.operation));
    for (const { offset, operation } of batch) {
      const { key } = operation;
      const isNewest =
        this.#pending.get(key)?.offset === offset;
      if (isNewest) this.#pending.delete(key);
    }
    // #region mend
    const [oldest] = this.#pending.values();
    await this.#log.commit(oldest?.offset ?? this.#next);
    // #endregion mend
  }
  // #endregion write

  async close(): Promise<void> {
    this.#stop();
    await this.flush();
  }
}
// #endregion cache

export function demo(print: Print): Promise<void> {
  return story(FixedCache, print);
}

if (isMain('pitfalls/offset-past-failure/fixed'))
  void demo(console.log);
