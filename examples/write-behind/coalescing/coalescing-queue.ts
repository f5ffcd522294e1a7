/**
 * A queue with one pending change a key. To own it, copy this file and the five
 * that it imports.
 */
import { CacheClosedError } from '../../shared/cache.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import { TimeoutError, within } from '../../shared/timeout.ts';
import type { Change, Combine, WriteChanges } from './change.ts';

export interface CoalescingQueueOptions<K, C> {
  readonly combine: Combine<C>;
  /** One call at a time. A change that is not above its row's version is old. */
  readonly write: WriteChanges<K, C>;
  /** Told of each write that failed. It is tried again. */
  readonly onError: (error: unknown) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Milliseconds from the first change of a batch to its write. Default: 1000. */
  readonly windowMs?: number;
  /** Milliseconds from a failure to the next attempt. Default: 1000. */
  readonly retryMs?: number;
  /** Keys that may be pending, beside those on their way. Default: 10,000. */
  readonly maxKeys?: number;
}

export interface CoalescingStats {
  /** Changes that were added. */
  readonly accepted: number;
  /** Those of them that the database has, by itself or combined. */
  readonly written: number;
  /** Changes that it was sent for them, without those that came again. */
  readonly rows: number;
  readonly pendingKeys: number;
}

export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

export class CoalescingQueue<K, C> {
  readonly #combine: Combine<C>;
  readonly #send: WriteChanges<K, C>;
  readonly #onError: (error: unknown) => void;
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #retryMs: number;
  readonly #maxKeys: number;
  // #region state
  /** Still open: what comes now is combined with it. */
  #pending = new Map<K, { change: C }>();
  /** On its way, or to be sent again. Nothing is added to it. */
  #sealed: Sealed<K, C> | undefined;
  // #endregion state
  #writing: Promise<void> | undefined;
  /** When the pending changes must set out. */
  #due = 0;
  #cancelAlarm: (() => void) | undefined;
  #version: number;
  #phase: 'open' | 'closing' | 'closed' = 'open';
  readonly #counts = { accepted: 0, written: 0, rows: 0 };

  constructor(options: CoalescingQueueOptions<K, C>) {
    const { clock = systemClock, maxKeys = 10_000 } = options;
    const { windowMs = 1000, retryMs = 1000 } = options;
    expectDelay('windowMs', windowMs);
    expectDelay('retryMs', retryMs);
    expectSize('maxKeys', maxKeys);
    this.#combine = options.combine;
    this.#send = options.write;
    this.#onError = options.onError;
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#retryMs = retryMs;
    this.#maxKeys = maxKeys;
    // A restarted queue must go on above all versions that the rows have.
    this.#version = Math.floor(clock.now() * 1000);
  }

  // #region add
  /** Accepts the change at once. A key that is pending always has room. */
  add(key: K, change: C): void {
    if (this.#phase !== 'open') throw new CacheClosedError('it is closed');
    const pending = this.#pending.get(key);
    if (pending !== undefined) {
      pending.change = this.#combine(pending.change, change);
    } else {
      this.#open(key, change);
    }
    this.#counts.accepted += 1;
  }

  #open(key: K, change: C): void {
    if (this.#pending.size >= this.#maxKeys) {
      throw new QueueFullError(`${this.#maxKeys} keys are pending`);
    }
    this.#pending.set(key, { change });
    // The first change sets the date, and later ones cannot move it.
    if (this.#pending.size > 1) return;
    this.#due = this.#clock.now() + this.#windowMs;
    if (this.#sealed === undefined) this.#wakeAt(this.#due);
  }
  // #endregion add

  /** Resolves when all that was added before is written, or tells why not. */
  async flush(): Promise<void> {
    const goal = this.#counts.accepted;
    while (this.#counts.written < goal) {
      if (this.#phase === 'closed') throw new CacheClosedError('it is closed');
      await this.#write();
    }
  }

  /**
   * Takes no more changes, tries once to write what it has, and returns what it
   * could not write. A write that failed or hangs may have been applied.
   */
  async close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<readonly Change<K, C>[]> {
    const { timeoutMs = 10_000 } = options;
    expectDelay('timeoutMs', timeoutMs);
    if (this.#phase === 'open') this.#phase = 'closing';
    try {
      await within(this.#clock, timeoutMs, this.flush());
    } catch (error) {
      if (error instanceof TimeoutError) this.#onError(error);
    }
    this.#phase = 'closed';
    this.#cancelAlarm?.();
    return [...(this.#sealed?.changes ?? []), ...this.#pendingChanges()];
  }

  stats(): CoalescingStats {
    return { ...this.#counts, pendingKeys: this.#pending.size };
  }

  // #region write
  /** One at a time: whoever comes meanwhile waits for the same one. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeSealed().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeSealed(): Promise<void> {
    this.#cancelAlarm?.();
    this.#sealed ??= this.#seal();
    const { changes, written } = this.#sealed;
    try {
      await this.#send([...changes]);
    } catch (error) {
      // It may have been applied, so it comes again as it was.
      this.#wakeAt(this.#clock.now() + this.#retryMs);
      this.#onError(error);
      throw error;
    }
    this.#sealed = undefined;
    this.#counts.written = written;
    this.#counts.rows += changes.length;
    if (this.#pending.size > 0) this.#wakeAt(this.#due);
  }

  #seal(): Sealed<K, C> {
    const changes = this.#pendingChanges();
    this.#pending = new Map();
    return { changes, written: this.#counts.accepted };
  }
  // #endregion write

  #pendingChanges(): readonly Change<K, C>[] {
    return Array.from(this.#pending, ([key, { change }]) => {
      this.#version += 1;
      return { key, change, version: this.#version };
    });
  }

  #wakeAt(due: number): void {
    this.#cancelAlarm?.();
    if (this.#phase === 'closed') return;
    const delay = Math.max(0, due - this.#clock.now());
    this.#cancelAlarm = this.#clock.schedule(delay, () => {
      // `onError` has been told.
      this.#write().catch(() => {});
    });
  }
}

interface Sealed<K, C> {
  readonly changes: readonly Change<K, C>[];
  /** How many changes are written when these are. */
  readonly written: number;
}
