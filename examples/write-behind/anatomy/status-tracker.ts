/**
 * Follows each write of a write-behind cache to its end. It stands in the ports
 * of the cache, which every change of a write's state passes. To own it, copy
 * this file, the cache and the files that those two import.
 */
import { CacheClosedError } from '../../shared/cache.ts';
import { type Clock, systemClock, whileAwaited } from '../../shared/clock.ts';
import { isPartialWriteError, type Operation } from '../../shared/store.ts';
import type { WriteBehindOptions } from '../../strategies/write-behind/write-behind-cache.ts';

/** What the cache would have got, if nobody followed its writes. */
export interface StatusTrackerOptions<K, V>
  extends Pick<WriteBehindOptions<K, V>, 'store' | 'journal' | 'clock'> {
  /** Without it, nobody would hear of a write that is given up. */
  readonly onDeadLetter: NonNullable<WriteBehindOptions<K, V>['onDeadLetter']>;
  /** Writes that are remembered after their end. Default: 1000. */
  readonly maxSettled?: number;
}

export type WriteState =
  | 'pending'
  | 'writing'
  | 'completed'
  | 'coalesced'
  | 'failed';

export interface TrackedWrite<K> {
  /** Its name: the version of the operation. */
  readonly ticket: number;
  readonly key: K;
  readonly type: 'set' | 'delete';
  readonly state: WriteState;
  /** How often it has set out for the store. */
  readonly attempts: number;
  readonly acceptedAt: number;
  /** Undefined until it is completed, coalesced or failed. */
  readonly settledAt: number | undefined;
  /** What an attempt failed with: the last of those that did. */
  readonly error: unknown;
}

export class StatusTracker<K, V> {
  // #region ports
  /** To build the cache with: `new WriteBehindCache({ ...tracker.ports })`. */
  readonly ports: Required<Omit<StatusTrackerOptions<K, V>, 'maxSettled'>>;

  constructor(options: StatusTrackerOptions<K, V>) {
    const { store, journal, onDeadLetter } = options;
    const { clock = systemClock, maxSettled = 1000 } = options;
    this.#clock = clock;
    this.#maxSettled = expectSize('maxSettled', maxSettled);
    this.ports = {
      clock,
      journal: {
        append: async (operation) => {
          await journal?.append(operation);
          this.#accept(operation);
        },
        settle: async (operations) => {
          for (const { version } of operations) this.#giveUp(version);
          await journal?.settle(operations);
        },
        replay: async () => {
          const operations = (await journal?.replay()) ?? [];
          for (const operation of operations) this.#accept(operation);
          return operations;
        },
        lastVersion: async () => (await journal?.lastVersion()) ?? 0,
      },
      store: {
        read: (key) => store.read(key),
        write: async (batch) => {
          const operations = [...batch];
          for (const { version } of operations) this.#setOut(version);
          try {
            await store.write(batch);
          } catch (error) {
            this.#return(operations, failedOf(error, operations), error);
            throw error;
          }
          this.#return(operations, new Set());
        },
      },
      onDeadLetter: async (letter) => {
        const { version } = letter.operation;
        this.#settle(version, { state: 'failed', error: letter.error });
        await onDeadLetter(letter);
      },
    };
  }
  // #endregion ports

  readonly #clock: Clock;
  readonly #maxSettled: number;
  readonly #writes = new Map<number, TrackedWrite<K>>();
  /** The ticket of the last write of each key. */
  readonly #last = new Map<K, number>();
  /** A ring: who settles takes the place of who settled `maxSettled` ago. */
  readonly #settled: number[] = [];
  #place = 0;
  readonly #waiting = new Map<number, Waiting<K>[]>();
  #isClosed = false;

  // #region questions
  /** Undefined where it has settled long ago, or never was. */
  find(ticket: number): TrackedWrite<K> | undefined {
    return this.#writes.get(ticket);
  }

  /** The last write of the key so far. */
  last(key: K): TrackedWrite<K> | undefined {
    const ticket = this.#last.get(key);
    return ticket === undefined ? undefined : this.#writes.get(ticket);
  }

  /** All that are remembered, in the order in which they were accepted. */
  writes(): TrackedWrite<K>[] {
    return [...this.#writes.values()];
  }

  /**
   * Resolves when the last write of the key so far is completed or failed, or a
   * later one that took its place. Hurries nothing: it may take `maxDelayMs`.
   */
  async settled(key: K): Promise<TrackedWrite<K> | undefined> {
    const write = this.last(key);
    if (write === undefined || write.settledAt !== undefined) return write;
    if (this.#isClosed) throw neverSettles();
    const end = new Promise<TrackedWrite<K>>((resolve, reject) => {
      const others = this.#waiting.get(write.ticket) ?? [];
      others.push({ resolve, reject });
      this.#waiting.set(write.ticket, others);
    });
    return whileAwaited(this.#clock, end);
  }

  /** To be called when the cache has closed: what is left will not settle. */
  close(): void {
    this.#isClosed = true;
    for (const waiting of this.#waiting.values()) {
      for (const { reject } of waiting) reject(neverSettles());
    }
  }
  // #endregion questions

  // #region transitions
  #accept({ key, type, version }: Operation<K, V>): void {
    const before = this.last(key);
    this.#writes.set(version, {
      ticket: version,
      key,
      type,
      state: 'pending',
      attempts: 0,
      acceptedAt: this.#clock.now(),
      settledAt: undefined,
      error: undefined,
    });
    this.#last.set(key, version);
    if (before?.state === 'pending') {
      this.#settle(before.ticket, { state: 'coalesced' });
    }
  }

  /**
   * It may count as coalesced already: the cache sends it in the very moment in
   * which a later one is accepted.
   */
  #setOut(ticket: number): void {
    const attempts = (this.#writes.get(ticket)?.attempts ?? 0) + 1;
    this.#change(ticket, { state: 'writing', attempts, settledAt: undefined });
  }

  #return(
    operations: readonly Operation<K, V>[],
    failed: ReadonlySet<K>,
    error?: unknown,
  ): void {
    for (const { key, version } of operations) {
      if (!failed.has(key)) {
        this.#settle(version, { state: 'completed' });
      } else if (this.#last.get(key) === version) {
        this.#change(version, { state: 'pending', error });
      } else {
        // A later write came meanwhile, and this one does not set out again.
        this.#settle(version, { state: 'coalesced', error });
      }
    }
  }

  /** What is settled while it is pending has failed on its way through. */
  #giveUp(ticket: number): void {
    if (this.#writes.get(ticket)?.state !== 'pending') return;
    this.#settle(ticket, { state: 'failed' });
  }
  // #endregion transitions

  #settle(ticket: number, change: Partial<TrackedWrite<K>>): void {
    const settledAt = this.#clock.now();
    const write = this.#change(ticket, { ...change, settledAt });
    if (write === undefined) return;
    const last = this.#last.get(write.key);
    if (write.state === 'coalesced' && last !== undefined) {
      this.#passOn(ticket, last);
    } else {
      for (const { resolve } of this.#takeWaiting(ticket)) resolve(write);
    }
    this.#forgetOldest(ticket);
  }

  #change(
    ticket: number,
    change: Partial<TrackedWrite<K>>,
  ): TrackedWrite<K> | undefined {
    const write = this.#writes.get(ticket);
    if (write === undefined) return undefined;
    const changed = { ...write, ...change };
    this.#writes.set(ticket, changed);
    return changed;
  }

  /** Those who wait for a write wait for the one that took its place. */
  #passOn(from: number, to: number): void {
    const passed = this.#takeWaiting(from);
    const others = this.#waiting.get(to);
    if (others === undefined) this.#waiting.set(to, passed);
    else for (const waiting of passed) others.push(waiting);
  }

  #takeWaiting(ticket: number): Waiting<K>[] {
    const waiting = this.#waiting.get(ticket) ?? [];
    this.#waiting.delete(ticket);
    return waiting;
  }

  #forgetOldest(newest: number): void {
    const oldest = this.#settled[this.#place];
    this.#settled[this.#place] = newest;
    this.#place = (this.#place + 1) % this.#maxSettled;
    if (oldest === undefined) return;
    const key = this.#writes.get(oldest)?.key;
    this.#writes.delete(oldest);
    if (key !== undefined && this.#last.get(key) === oldest) {
      this.#last.delete(key);
    }
  }
}

/** The two ends of a promise that `settled` has given away. */
interface Waiting<K> {
  readonly resolve: (write: TrackedWrite<K>) => void;
  readonly reject: (error: CacheClosedError) => void;
}

function neverSettles(): CacheClosedError {
  return new CacheClosedError('it closed before the write was stored');
}

/** As the cache judges: it trusts names only if all are of the batch. */
function failedOf<K, V>(
  error: unknown,
  batch: readonly Operation<K, V>[],
): ReadonlySet<K> {
  const ours: ReadonlySet<K> = new Set(batch.map(({ key }) => key));
  const failed = isPartialWriteError<K, V>(error) ? error.failed : [];
  const named: ReadonlySet<K> = new Set(failed.map(({ key }) => key));
  const isTrusted = named.size > 0 && [...named].every((key) => ours.has(key));
  return isTrusted ? named : ours;
}

function expectSize(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(
    `${name}: expected a whole number above 0, got ${value}`,
  );
}
