import { type Clock, sleep } from '../../shared/clock.ts';
import { InMemoryStore } from '../../shared/in-memory-store.ts';
import type { Change } from './change.ts';

export interface ChangeTableOptions<R, C> {
  readonly rows?: Iterable<readonly [string, R]>;
  /** Milliseconds until a write is carried out. Default: 0. */
  readonly writeMs?: number;
  readonly clock: Clock;
  /** What a change makes of a row. */
  readonly apply: (row: R | undefined, change: C) => R;
}

/** A table whose rows are changed rather than set. */
export class ChangeTable<R, C> {
  /** For a test that wants it to fail, and for what it holds. */
  readonly store: InMemoryStore<string, R>;
  readonly #clock: Clock;
  readonly #writeMs: number;
  readonly #apply: (row: R | undefined, change: C) => R;

  constructor(options: ChangeTableOptions<R, C>) {
    const { rows = [], writeMs = 0, clock, apply } = options;
    this.store = new InMemoryStore({ rows, clock });
    this.#clock = clock;
    this.#writeMs = writeMs;
    this.#apply = apply;
  }

  // #region write
  async write(batch: readonly Change<string, C>[]): Promise<void> {
    await sleep(this.#clock, this.#writeMs);
    const unseen = batch.filter(
      ({ key, version }) => this.store.row(key).version < version,
    );
    await this.store.write(
      unseen.map(({ key, change, version }) => {
        const value = this.#apply(this.store.peek(key), change);
        return { type: 'set', key, value, version };
      }),
    );
  }
  // #endregion write

  /** At once, by a program that knows nothing of versions. */
  changeFromElsewhere(key: string, change: C): void {
    const { version, value } = this.store.row(key);
    const changed = this.#apply(value, change);
    this.store.carryOut({ type: 'set', key, value: changed, version });
  }
}
