import { isMain } from '../../shared/main.ts';
import type { Print } from '../../shared/stopwatch.ts';
import {
  isPermanent,
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';
import { every } from '../every.ts';
import { put, remove } from '../operation.ts';
import { type Options, story } from './story.ts';

// #region cache
export class FixedCache<V> {
  readonly #store: Store<string, V>;
  readonly #maxBatchSize: number;
  readonly #maxAttempts: number;
  readonly #onDeadLetter: Options<V>['onDeadLetter'];
  readonly #values = new Map<string, V | undefined>();
  readonly #pending = new Map<string, Operation<string, V>>();
  readonly #failures = new WeakMap<
    Operation<string, V>,
    Failure
  >();
  readonly #stop: () => void;
  #lastFlush = Promise.resolve();

  constructor(options: Options<V>) {
    const { store, clock, maxDelayMs } = options;
    this.#store = store;
    this.#maxBatchSize = options.maxBatchSize;
    this.#maxAttempts = options.retry.attempts;
    this.#onDeadLetter = options.onDeadLetter;
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
    this.#pending.set(key, put(key, value));
  }

  async delete(key: string): Promise<void> {
    this.#values.set(key, undefined);
    this.#pending.set(key, remove(key));
  }

  flush(): Promise<void> {
    const flush = this.#lastFlush.then(() => this.#drain());
    this.#lastFlush = flush.catch(() => {});
    return flush;
  }

  // #region drain
  // #region mend
  async #drain(): Promise<void> {
    const due = [...this.#pending.values()];
    const fresh = due.filter((it) => !this.#failures.has(it));
    const failed = due.filter((it) => this.#failures.has(it));
    while (fresh.length > 0) {
      await this.#write(fresh.splice(0, this.#maxBatchSize));
    }
    for (const it of failed) await this.#retry(it);
    const left = due.filter((it) => this.#isNewest(it));
    if (left.length > 0) throw new PartialWriteError(left);
  }

  async #write(batch: Batch<V>): Promise<void> {
    try {
      await this.#store.write(batch);
      for (const it of batch) this.#settle(it);
    } catch (error) {
      for (const it of batch) {
        const verdict = verdictOn(it, batch, error);
        if (verdict === 'stored') this.#settle(it);
        else this.#blame(it, error, verdict === 'guilty');
      }
    }
  }
  // #endregion mend
  // #endregion drain

  // #region give-up
  #blame(
    it: Operation<string, V>,
    error: unknown,
    isGuilty: boolean,
  ): void {
    const attempts =
      1 + (this.#failures.get(it)?.attempts ?? 0);
    const isLast = attempts >= this.#maxAttempts;
    const isHopeless =
      isGuilty && (isLast || isPermanent(error));
    this.#failures.set(it, { error, attempts, isHopeless });
  }

  async #retry(operation: Operation<string, V>): Promise<void> {
    const failure = this.#failures.get(operation);
    if (!failure?.isHopeless) return this.#write([operation]);
    try {
      const { error } = failure;
      await this.#onDeadLetter({ operation, error });
      this.#settle(operation);
    } catch {
      // Nobody took it: the next flush offers it again.
    }
  }
  // #endregion give-up

  #settle(operation: Operation<string, V>): void {
    if (!this.#isNewest(operation)) return;
    this.#pending.delete(operation.key);
  }

  #isNewest(operation: Operation<string, V>): boolean {
    return this.#pending.get(operation.key) === operation;
  }

  async close(): Promise<void> {
    this.#stop();
    await this.flush();
  }
}
// #endregion cache

type Batch<V> = readonly Operation<string, V>[];

interface Failure {
  readonly error: unknown;
  readonly attempts: number;
  readonly isHopeless: boolean;
}

// #region verdict
function verdictOn<V>(
  { key }: Operation<string, V>,
  batch: Batch<V>,
  error: unknown,
): 'stored' | 'suspect' | 'guilty' {
  if (error instanceof PartialWriteError) {
    const isNamed = error.failed.some((it) => it.key === key);
    return isNamed ? 'guilty' : 'stored';
  }
  return batch.length === 1 ? 'guilty' : 'suspect';
}
// #endregion verdict

export function demo(print: Print): Promise<void> {
  return story(FixedCache, print);
}

if (isMain('pitfalls/poisoned-batch/fixed'))
  void demo(console.log);
