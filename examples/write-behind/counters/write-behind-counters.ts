/**
 * Counters behind a store: additions become one batch, and each batch is counted
 * once, however often it is sent. To own it, copy this file and those it imports.
 */
import { CacheClosedError } from '../../shared/cache.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import { within } from '../../shared/timeout.ts';
import type { CounterJournal } from './counter-journal.ts';
import type { BatchId, CounterBatch, CounterStore } from './counter-store.ts';

export interface WriteBehindCountersOptions {
  readonly store: CounterStore;
  /** Default: none, and a crash loses what the store does not have. */
  readonly journal?: CounterJournal;
  /** Told of each call that failed. Batches are tried again. */
  readonly onError: (error: unknown) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Milliseconds from the first addition of a batch to its way. Default: 1000. */
  readonly windowMs?: number;
  /** Milliseconds from a failure to the next attempt. Default: 1000. */
  readonly retryMs?: number;
  /** Milliseconds until an attempt is given up. Default: 10,000. */
  readonly timeoutMs?: number;
  /** Counters in one batch. Default: 10,000. */
  readonly maxKeys?: number;
}

export interface CounterStats {
  /** Additions that were accepted. */
  readonly added: number;
  /** Rows that were stored for them, and for those of former processes. */
  readonly rows: number;
  /** Counters in the batch that is open. */
  readonly pendingKeys: number;
  /** Batches that are sealed and not confirmed. */
  readonly unconfirmed: number;
}

/** Nothing was counted. */
export class CountersFullError extends Error {
  override readonly name = 'CountersFullError';
}

/** It is counted, unless this process dies first. Do not add it again. */
export class NotJournaledError extends Error {
  override readonly name = 'NotJournaledError';
}

export class WriteBehindCounters {
  readonly #settings: Settings;
  /** New for each process: nobody else ever gives a batch the same id. */
  readonly #node = crypto.randomUUID();
  /** What comes now is added to it. */
  #open = new Map<string, number>();
  #number = 1;
  /** On its way, or to be sent again: it never changes. */
  #sealed: CounterBatch | undefined;
  /** Of former processes. Unknown until the journal has been read. */
  #inherited: CounterBatch[] | undefined;
  #sending: Promise<void> | undefined;
  /** The number of the last batch that is stored. */
  #confirmed = 0;
  /** When the open batch must set out. */
  #due = 0;
  #cancelAlarm: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #closing: Promise<readonly CounterBatch[]> | undefined;
  #isClosed = false;
  readonly #counts = { added: 0, rows: 0 };

  constructor(options: WriteBehindCountersOptions) {
    this.#settings = settingsFrom(options);
    if (options.journal === undefined) this.#inherited = [];
    else this.#wakeAt(this.#settings.clock.now());
  }

  // #region add
  /** Resolves at once, or when the journal has it. */
  async add(key: string, by = 1): Promise<void> {
    const id = this.#join(key, by);
    try {
      await this.#settings.journal?.append(id, { key, by });
    } catch (cause) {
      throw new NotJournaledError('a crash would lose it', { cause });
    }
  }

  /** Counts it in memory, in one step. */
  #join(key: string, by: number): BatchId {
    if (this.#closing) throw new CacheClosedError('it is closed');
    const { maxKeys, windowMs, clock } = this.#settings;
    const pending = this.#open.get(key);
    const sum = (pending ?? 0) + by;
    if (!Number.isSafeInteger(by) || !Number.isSafeInteger(sum)) {
      throw unexpected('by', 'a whole number that adds up safely', by);
    }
    if (pending === undefined && this.#open.size >= maxKeys) {
      throw new CountersFullError(`${maxKeys} counters are pending`);
    }
    this.#open.set(key, sum);
    this.#counts.added += 1;
    if (pending === undefined) this.#setDate(maxKeys, clock.now() + windowMs);
    return { node: this.#node, number: this.#number };
  }
  // #endregion add

  /** The first counter sets it. The last one for which there is room ends it. */
  #setDate(maxKeys: number, due: number): void {
    const { size } = this.#open;
    if (size === 1) this.#due = due;
    if (size === maxKeys) this.#due = this.#settings.clock.now();
    const isIdle = !this.#sealed && this.#inherited?.length === 0;
    if (isIdle && (size === 1 || size === maxKeys)) this.#wakeAt(this.#due);
  }

  /** Resolves when all that was added before is stored, or tells why not. */
  async flush(): Promise<void> {
    const last = this.#open.size > 0 ? this.#number : this.#number - 1;
    while (this.#inherited?.length !== 0 || this.#confirmed < last) {
      if (this.#isClosed) throw new CacheClosedError('it is closed');
      await this.#send();
    }
  }

  /**
   * Takes no more additions, and stores what it has. When the time is over, it
   * returns what is not confirmed, and may be stored: a journal keeps it.
   * Default: 10,000 milliseconds.
   */
  close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<readonly CounterBatch[]> {
    const { timeoutMs = 10_000 } = options;
    expectDelay('timeoutMs', timeoutMs);
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  stats(): CounterStats {
    return {
      ...this.#counts,
      pendingKeys: this.#open.size,
      unconfirmed: (this.#inherited?.length ?? 0) + (this.#sealed ? 1 : 0),
    };
  }

  // #region send
  /** One at a time: whoever comes meanwhile waits for the same one. */
  #send(): Promise<void> {
    this.#sending ??= this.#sendOldest().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendOldest(): Promise<void> {
    this.#cancelAlarm?.();
    const { store, clock, retryMs, onError } = this.#settings;
    try {
      this.#inherited ??= await this.#inTime(this.#readJournal());
      const batch = this.#inherited[0] ?? this.#seal();
      if (batch !== undefined) {
        await this.#inTime(store.apply(batch));
        await this.#confirm(batch);
      }
    } catch (error) {
      // It may have been stored, so it comes again as it was.
      this.#wakeAt(clock.now() + retryMs);
      onError(error);
      throw error;
    }
    if (this.#inherited.length > 0) this.#wakeAt(clock.now());
    else if (this.#open.size > 0) this.#wakeAt(this.#due);
  }

  /** From now on, additions go into the next batch. */
  #seal(): CounterBatch | undefined {
    if (this.#sealed || this.#open.size === 0) return this.#sealed;
    this.#sealed = this.#openBatch();
    this.#open = new Map();
    this.#number += 1;
    return this.#sealed;
  }
  // #endregion send

  #openBatch(): CounterBatch {
    const id = { node: this.#node, number: this.#number };
    return {
      id,
      additions: Array.from(this.#open, ([key, by]) => ({ key, by })),
    };
  }

  async #confirm({ id, additions }: CounterBatch): Promise<void> {
    this.#counts.rows += additions.length;
    if (id.node === this.#node) {
      this.#sealed = undefined;
      this.#confirmed = id.number;
    } else {
      this.#inherited?.shift();
    }
    const { journal, onError } = this.#settings;
    if (journal === undefined) return;
    try {
      await this.#inTime(journal.settle(id));
    } catch (error) {
      // The next one forgets it too. Until then, a replay does no harm.
      onError(error);
    }
  }

  /** Its own additions may be there already, in a batch that is open. */
  async #readJournal(): Promise<CounterBatch[]> {
    const batches = (await this.#settings.journal?.replay()) ?? [];
    return (
      batches
        .filter(({ id }) => id.node !== this.#node)
        // A store skips a batch that comes after a later one of its node.
        .sort((a, b) => a.id.number - b.id.number)
    );
  }

  #inTime<T>(work: Promise<T>): Promise<T> {
    return within(this.#settings.clock, this.#settings.timeoutMs, work);
  }

  async #close(timeoutMs: number): Promise<readonly CounterBatch[]> {
    const { clock, onError } = this.#settings;
    await within(clock, timeoutMs, this.#drain()).catch(onError);
    this.#isClosed = true;
    this.#cancelAlarm?.();
    this.#cancelRetry?.();
    return [
      ...(this.#inherited ?? []),
      ...(this.#sealed ? [this.#sealed] : []),
      ...(this.#open.size > 0 ? [this.#openBatch()] : []),
    ];
  }

  async #drain(): Promise<void> {
    const { clock, retryMs } = this.#settings;
    while (!this.#isClosed) {
      try {
        return await this.flush();
      } catch {
        // `onError` has been told.
        await new Promise<void>((resolve) => {
          this.#cancelRetry = clock.schedule(retryMs, resolve);
        });
      }
    }
  }

  #wakeAt(due: number): void {
    this.#cancelAlarm?.();
    if (this.#isClosed) return;
    const delay = Math.max(0, due - this.#settings.clock.now());
    this.#cancelAlarm = this.#settings.clock.schedule(delay, () => {
      // `onError` has been told.
      this.#send().catch(() => {});
    });
  }
}

type Settings = Required<Omit<WriteBehindCountersOptions, 'journal'>> &
  Pick<WriteBehindCountersOptions, 'journal'>;

function settingsFrom(options: WriteBehindCountersOptions): Settings {
  const settings: Settings = {
    ...options,
    clock: options.clock ?? systemClock,
    windowMs: options.windowMs ?? 1000,
    retryMs: options.retryMs ?? 1000,
    timeoutMs: options.timeoutMs ?? 10_000,
    maxKeys: options.maxKeys ?? 10_000,
  };
  const { windowMs, retryMs, timeoutMs } = settings;
  const delays = { windowMs, retryMs, timeoutMs };
  for (const [name, ms] of Object.entries(delays)) expectDelay(name, ms);
  expectSize('maxKeys', settings.maxKeys);
  return settings;
}
