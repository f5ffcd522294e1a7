import type { Clock } from '../../shared/clock.ts';
import type { Operation } from '../../shared/store.ts';
import {
  WriteBehindCache,
  type WriteBehindOptions,
} from '../../strategies/write-behind/write-behind-cache.ts';

// #region cache
/** Sessions by their ids. Those that end are undefined. */
export type Changes<S> = ReadonlyMap<string, S | undefined>;

export interface SessionCacheOptions<S> {
  readonly loadOne: (id: string) => Promise<S | undefined>;
  readonly saveMany: (changes: Changes<S>) => Promise<void>;
  /** Takes over what cannot be saved. */
  readonly giveUp: (
    changes: Changes<S>,
    error: unknown,
  ) => Promise<void> | void;
  readonly clock?: Clock;
  readonly limits?: Pick<
    WriteBehindOptions<string, S>,
    'maxBatchSize' | 'maxDelayMs' | 'maxPending' | 'maxEntries' | 'retry'
  >;
}

/** Sessions, saved behind: our own names, over the cache that we copied. */
export class SessionCache<S> {
  readonly #sessions: WriteBehindCache<string, S>;

  constructor(options: SessionCacheOptions<S>) {
    const { loadOne, saveMany, giveUp, limits, ...others } = options;
    this.#sessions = new WriteBehindCache<string, S>({
      ...others,
      ...limits,
      store: { read: loadOne, write: (batch) => saveMany(changesOf(batch)) },
      onDeadLetter: ({ operation, error }) =>
        giveUp(changesOf([operation]), error),
    });
  }

  load(id: string): Promise<S | undefined> {
    return this.#sessions.get(id);
  }

  save(id: string, session: S): Promise<void> {
    return this.#sessions.set(id, session);
  }

  remove(id: string): Promise<void> {
    return this.#sessions.delete(id);
  }

  flush(): Promise<void> {
    return this.#sessions.flush();
  }

  /** Saves what it has. What is not saved by then is returned. */
  async stop(timeoutMs?: number): Promise<Changes<S>> {
    const options = timeoutMs === undefined ? {} : { timeoutMs };
    const report = await this.#sessions.close(options);
    const refused = report.deadLettered.map(({ operation }) => operation);
    return changesOf([...report.abandoned, ...refused]);
  }
}
// #endregion cache

function changesOf<S>(operations: readonly Operation<string, S>[]): Changes<S> {
  return new Map(
    operations.map((operation) => [
      operation.key,
      operation.type === 'set' ? operation.value : undefined,
    ]),
  );
}
