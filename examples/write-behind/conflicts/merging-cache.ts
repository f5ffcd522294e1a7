/**
 * A write-behind cache for rows that others change as well. To own it, copy
 * this file and those that it imports.
 */
import { CacheClosedError } from '../../shared/cache.ts';
import { type Clock, systemClock, whileAwaited } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import { isPermanent } from '../../shared/store.ts';
import type { Row } from '../../shared/table.ts';
import { within } from '../../shared/timeout.ts';
import {
  type Conflict,
  ConflictError,
  carryOut,
  type Decision,
} from './conflict.ts';
import { type IsEqual, isSameRow, mergeRows } from './merge-rows.ts';
import { RecentRows } from './recent-rows.ts';
import type { Answer, VersionedTable } from './versioned-table.ts';

// #region options
export interface MergingCacheOptions<K, V extends object> {
  /** The system of record. Others may change its rows as well. */
  readonly table: VersionedTable<K, V>;
  /**
   * Takes over what cannot be stored. As long as nobody takes it, it stays
   * pending.
   */
  readonly onDeadLetter: (letter: DeadLetter<K, V>) => Promise<void> | void;
  /** Asked about what both sides have changed. Default: gives up. */
  readonly decide?: (conflict: Conflict<K, V>) => Decision<V>;
  /**
   * Tells whether a field has changed. Default: `Object.is`. For fields that
   * are objects, pass `isDeepStrictEqual` of `node:util`.
   */
  readonly isEqual?: IsEqual;
  readonly clock?: Clock;
  /**
   * Milliseconds that a change waits for others of its row, and what has failed
   * for its next attempt. Default: 1000.
   */
  readonly maxDelayMs?: number;
  /** How often a change is sent before it is given up. Default: 10. */
  readonly attempts?: number;
  /** Rows that may be pending at the same time. Default: 10,000. */
  readonly maxPending?: number;
  /** Milliseconds for which a row is not read again. Default: 10,000. */
  readonly maxAgeMs?: number;
  /** Rows kept for reads beside those that are pending. Default: 10,000. */
  readonly maxClean?: number;
}
// #endregion options

/** An update that will not be made, unless somebody makes it. */
export interface DeadLetter<K, V> extends Abandoned<K, V> {
  /** What stands in its way. Undefined where the table has not said. */
  readonly theirs: Row<V> | undefined;
  readonly error: unknown;
}

/** Where the table has failed or hangs, it may have been stored nevertheless. */
export interface Abandoned<K, V> {
  readonly key: K;
  readonly base: Row<V>;
  readonly mine: V | undefined;
}

export interface MergingCacheStats {
  readonly pending: number;
  /** Rows that somebody else had changed when a change of ours came. */
  readonly conflicts: number;
  /** Those of them about which `decide` was asked. */
  readonly contested: number;
  readonly deadLettered: number;
}

export class CacheFullError extends Error {
  override readonly name = 'CacheFullError';
}

export class MergingCache<K, V extends object> {
  readonly #settings: Required<MergingCacheOptions<K, V>>;
  readonly #pending = new Map<K, Pending<K, V>>();
  readonly #clean: RecentRows<K, V>;
  /** One write of a row at a time. */
  readonly #writes = new Map<Pending<K, V>, Promise<void>>();
  #cancelAlarm: (() => void) | undefined;
  #phase: 'open' | 'closing' | 'closed' = 'open';
  #report: Promise<readonly Abandoned<K, V>[]> | undefined;
  readonly #counts = { conflicts: 0, contested: 0, deadLettered: 0 };

  constructor(options: MergingCacheOptions<K, V>) {
    this.#settings = settingsFrom(options);
    const { table, clock, maxAgeMs, maxClean } = this.#settings;
    this.#clean = new RecentRows({
      ...{ clock, maxAgeMs, maxRows: maxClean },
      find: async (key) => ownRow(await table.find(key)),
    });
  }

  /** Undefined where there is no such row. */
  async get(key: K): Promise<V | undefined> {
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending.mine;
    const row = await this.#clean.get(key);
    const since = this.#pending.get(key);
    return since === undefined ? row.value : since.mine;
  }

  // #region update
  /**
   * Changes the row in memory, and is acknowledged. `change` returns a new row,
   * or undefined to delete it; the one that it gets is frozen.
   */
  async update(
    key: K,
    change: (current: V | undefined) => V | undefined,
  ): Promise<V | undefined> {
    this.#expectOpen();
    const base = this.#pending.get(key)?.base ?? (await this.#clean.get(key));
    // Nobody gets in between from here on.
    this.#expectOpen();
    const pending = this.#pending.get(key) ?? newPending(key, base);
    this.#expectRoomFor(key);
    pending.mine = own(change(pending.mine));
    pending.updates += 1;
    this.#pending.set(key, pending);
    this.#setAlarm();
    return pending.mine;
  }
  // #endregion update

  /** Resolves when all that was accepted before is stored or given up. */
  async flush(): Promise<void> {
    const ends = [...this.#pending.values()].map(async (pending) => {
      // The write under way may have begun before the last change.
      await this.#writes.get(pending)?.catch(() => {});
      await this.#write(pending);
    });
    const { clock } = this.#settings;
    const settled = await whileAwaited(clock, Promise.allSettled(ends));
    const errors = settled.flatMap((end) =>
      end.status === 'rejected' ? [end.reason] : [],
    );
    if (errors.length === 0) return;
    throw new AggregateError(errors, `${errors.length} rows are still pending`);
  }

  /**
   * Refuses updates, tries once to store what is pending, and returns what is
   * left then, or when the time is over. Default: 10,000 milliseconds.
   */
  async close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<readonly Abandoned<K, V>[]> {
    const { timeoutMs = 10_000 } = options;
    expectDelay('timeoutMs', timeoutMs);
    this.#report ??= this.#drain(timeoutMs);
    return this.#report;
  }

  stats(): MergingCacheStats {
    return { ...this.#counts, pending: this.#pending.size };
  }

  // #region send
  async #send(pending: Pending<K, V>): Promise<void> {
    const goal = pending.updates;
    while (pending.settled < goal) {
      this.#expectNotClosed();
      const { key, base, mine, updates } = pending;
      if (pending.sent === undefined && this.#isSame(mine, base.value)) {
        return this.#settle(pending, updates);
      }
      // After an error it may have been stored, so it comes again as it was.
      pending.sent ??= { value: mine, updates, isInDoubt: false };
      const { sent } = pending;
      const answer = await this.#compareAndSet(pending, sent);
      this.#expectNotClosed();
      if (answer === undefined) continue;
      const row = ownRow(answer.row);
      this.#clean.put(key, row);
      if (answer.isStored || this.#hasLanded(sent, row)) {
        pending.base = row;
        pending.sent = undefined;
        this.#settle(pending, sent.updates);
        continue;
      }
      try {
        this.#rebase(pending, sent, row);
      } catch (error) {
        return this.#giveUp(pending, error, row);
      }
    }
  }
  // #endregion send

  /** Undefined where there is no answer, and this is not sent again. */
  async #compareAndSet(
    pending: Pending<K, V>,
    sent: Sent<V>,
  ): Promise<Answer<V> | undefined> {
    const { key, base } = pending;
    pending.attempts += 1;
    try {
      const { table } = this.#settings;
      return await table.compareAndSet(key, base.version, sent.value);
    } catch (error) {
      sent.isInDoubt = true;
      this.#expectNotClosed();
      if (isPermanent(error)) {
        // It was never stored, and the error says nothing of what came since.
        pending.sent = undefined;
        pending.attempts = 0;
        if (pending.updates > sent.updates) return undefined;
      } else if (!this.#isLast(pending)) {
        throw error;
      }
      await this.#giveUp(pending, error);
      return undefined;
    }
  }

  /** An answer was lost, but the row is just what was sent. */
  #hasLanded({ isInDoubt, value }: Sent<V>, row: Row<V>): boolean {
    return isInDoubt && this.#isSame(row.value, value);
  }

  #settle(pending: Pending<K, V>, updates: number): void {
    pending.settled = updates;
    pending.attempts = 0;
    if (pending.updates === updates) this.#pending.delete(pending.key);
  }

  // #region rebase
  /** Makes it a change of the row that was found instead. */
  #rebase(pending: Pending<K, V>, sent: Sent<V>, row: Row<V>): void {
    const { key, mine } = pending;
    const { isInDoubt } = sent;
    const base = pending.base.value;
    const theirs = row.value;
    const before = isInDoubt ? [base, sent.value] : [base];
    const { isEqual, decide } = this.#settings;
    const merge = mergeRows({ before, mine, theirs }, isEqual);
    this.#counts.conflicts += 1;
    if (this.#isLast(pending)) {
      throw new ConflictError(`${pending.attempts} attempts were overtaken`);
    }
    let merged = merge.withMine;
    if (merge.isContested) {
      this.#counts.contested += 1;
      const { fields } = merge;
      const conflict = { key, fields, base, mine, theirs, isInDoubt };
      merged = carryOut(decide(conflict), merge);
    }
    pending.mine = own(merged);
    pending.base = row;
    pending.sent = undefined;
  }
  // #endregion rebase

  async #giveUp(
    pending: Pending<K, V>,
    error: unknown,
    theirs?: Row<V>,
  ): Promise<void> {
    const { key, base, mine, updates } = pending;
    await this.#settings.onDeadLetter({ key, base, mine, theirs, error });
    this.#counts.deadLettered += 1;
    if (theirs === undefined) this.#clean.forget(key);
    // A change that came meanwhile is one of this row, and keeps it pending.
    this.#settle(pending, updates);
  }

  #isLast({ attempts }: Pending<K, V>): boolean {
    return attempts >= this.#settings.attempts;
  }

  #isSame(one: V | undefined, other: V | undefined): boolean {
    return isSameRow(one, other, this.#settings.isEqual);
  }

  /** One write of a row at a time: whoever comes meanwhile waits for it. */
  #write(pending: Pending<K, V>): Promise<void> {
    const write =
      this.#writes.get(pending) ??
      this.#send(pending).finally(() => this.#writes.delete(pending));
    this.#writes.set(pending, write);
    return write;
  }

  /** Goes off every so often until nothing is pending. */
  #setAlarm(): void {
    const { clock, maxDelayMs } = this.#settings;
    this.#cancelAlarm ??= clock.schedule(maxDelayMs, () => {
      this.#cancelAlarm = undefined;
      for (const pending of this.#pending.values()) {
        // What fails stays pending, and comes again with the next alarm.
        this.#write(pending).catch(() => {});
      }
      if (this.#pending.size > 0) this.#setAlarm();
    });
  }

  async #drain(timeoutMs: number): Promise<readonly Abandoned<K, V>[]> {
    this.#phase = 'closing';
    // What it could not store, in time or at all, is in the report.
    await within(this.#settings.clock, timeoutMs, this.flush()).catch(() => {});
    this.#phase = 'closed';
    this.#cancelAlarm?.();
    return Array.from(this.#pending.values(), ({ key, base, mine }) => ({
      key,
      base,
      mine,
    }));
  }

  #expectOpen(): void {
    if (this.#phase !== 'open') throw new CacheClosedError('it is closed');
  }

  /** The report of `close` is out, and says what is left. */
  #expectNotClosed(): void {
    if (this.#phase !== 'closed') return;
    throw new CacheClosedError('it closed before all was stored');
  }

  #expectRoomFor(key: K): void {
    const { maxPending } = this.#settings;
    if (this.#pending.has(key) || this.#pending.size < maxPending) return;
    throw new CacheFullError(`${maxPending} rows are pending`);
  }
}

// #region pending
/** A change of a row that the table does not have. */
interface Pending<K, V> {
  readonly key: K;
  /** The row that it is a change of, with its version. */
  base: Row<V>;
  /** What the row shall be. */
  mine: V | undefined;
  /** What the table was asked to store, until it has said yes or no. */
  sent: Sent<V> | undefined;
  /** How many updates it consists of, and how many are settled. */
  updates: number;
  settled: number;
  /** Since the last time that it was stored. */
  attempts: number;
}

interface Sent<V> {
  readonly value: V | undefined;
  readonly updates: number;
  /** It was sent before, and may have been stored. */
  isInDoubt: boolean;
}
// #endregion pending

function newPending<K, V>(key: K, base: Row<V>): Pending<K, V> {
  return {
    ...{ key, base, mine: base.value, sent: undefined },
    ...{ updates: 0, settled: 0, attempts: 0 },
  };
}

/** Whoever changed a row in place would change what it is compared with. */
function own<V extends object>(value: V | undefined): V | undefined {
  return value && Object.freeze({ ...value });
}

function ownRow<V extends object>({ value, version }: Row<V>): Row<V> {
  return { value: own(value), version };
}

function settingsFrom<K, V extends object>(
  options: MergingCacheOptions<K, V>,
): Required<MergingCacheOptions<K, V>> {
  const settings = {
    ...options,
    decide: options.decide ?? (() => 'give up' as const),
    isEqual: options.isEqual ?? Object.is,
    clock: options.clock ?? systemClock,
    maxDelayMs: options.maxDelayMs ?? 1000,
    attempts: options.attempts ?? 10,
    maxPending: options.maxPending ?? 10_000,
    maxAgeMs: options.maxAgeMs ?? 10_000,
    maxClean: options.maxClean ?? 10_000,
  };
  const { attempts, maxPending, maxClean, maxDelayMs, maxAgeMs } = settings;
  const sizes = { attempts, maxPending, maxClean };
  for (const [name, size] of Object.entries(sizes)) expectSize(name, size);
  expectDelay('maxDelayMs', maxDelayMs);
  expectDelay('maxAgeMs', maxAgeMs);
  return settings;
}
