import { type Clock, sleep, systemClock } from './clock.ts';
import type { Journal, Settled } from './journal.ts';
import type { Operation } from './store.ts';

export interface InMemoryJournalOptions {
  /** Milliseconds until an operation is safe. Default: 0. */
  readonly appendMs?: number;
  readonly clock?: Clock;
}

/**
 * A journal for tests, which play the crash: it survives the cache, not the
 * process. Real ones write to a disk.
 */
export class InMemoryJournal<K, V> implements Journal<K, V> {
  #operations: readonly Operation<K, V>[] = [];
  #lastVersion = 0;
  readonly #appendMs: number;
  readonly #clock: Clock;
  readonly #errors: unknown[] = [];

  constructor(options: InMemoryJournalOptions = {}) {
    const { appendMs = 0, clock = systemClock } = options;
    this.#appendMs = appendMs;
    this.#clock = clock;
  }

  async append(operation: Operation<K, V>): Promise<void> {
    await sleep(this.#clock, this.#appendMs);
    this.#fail();
    this.#operations = [...this.#operations, operation];
    this.#lastVersion = Math.max(this.#lastVersion, operation.version);
  }

  async settle(operations: readonly Settled<K>[]): Promise<void> {
    this.#fail();
    const settled = new Map(
      operations.map(({ key, version }) => [key, version]),
    );
    this.#operations = this.#operations.filter(
      ({ key, version }) => version > (settled.get(key) ?? -Infinity),
    );
  }

  async replay(): Promise<readonly Operation<K, V>[]> {
    this.#fail();
    return this.#operations;
  }

  async lastVersion(): Promise<number> {
    return this.#lastVersion;
  }

  /** Fails the next calls, each with the next of the errors. */
  failNext(...errors: readonly unknown[]): void {
    this.#errors.push(...errors);
  }

  /** What a crash would leave. */
  entries(): readonly Operation<K, V>[] {
    return this.#operations;
  }

  #fail(): void {
    if (this.#errors.length > 0) throw this.#errors.shift();
  }
}
