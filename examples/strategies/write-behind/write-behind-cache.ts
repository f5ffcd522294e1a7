/**
 * A write-behind cache. A write changes memory and is acknowledged; the store
 * follows in batches. To own it, copy this file and the five that it imports.
 */
import { type Cache, CacheClosedError } from '../../shared/cache.ts';
import { type Clock, systemClock, whileAwaited } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import type { Journal } from '../../shared/journal.ts';
import {
  isPartialWriteError,
  isPermanent,
  type Operation,
  type Store,
} from '../../shared/store.ts';

// #region options
export interface WriteBehindOptions<K, V> {
  /**
   * The system of record. Nobody else may write the keys of this cache. What
   * never answers is waited for, and not tried again: its client needs a time
   * limit.
   */
  readonly store: Store<K, V>;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
  /** Operations in one `store.write`. Default: 100. */
  readonly maxBatchSize?: number;
  /** Milliseconds that an operation waits for company. Default: 1000. */
  readonly maxDelayMs?: number;
  /**
   * Keys that may wait for the store at the same time. What a journal brings
   * back may be more. Default: 10,000.
   */
  readonly maxPending?: number;
  /**
   * What becomes of a write that finds `maxPending` reached: it waits for room,
   * is rejected with a `CacheFullError`, or goes to the store while its caller
   * waits. Default: 'wait'.
   */
  readonly whenFull?: 'wait' | 'reject' | 'write-through';
  /** Keys kept for reads beside those that wait. Default: 10,000. */
  readonly maxEntries?: number;
  readonly retry?: Partial<RetryOptions>;
  /**
   * Takes over an operation that the store never will. As long as nobody takes
   * it, it counts for `maxPending`, and the next `flush` tries it again.
   * Example: `({ operation, error }) => deadLetters.insert(operation, error)`.
   */
  readonly onDeadLetter?: (letter: DeadLetter<K, V>) => Promise<void> | void;
  /**
   * Keeps each write before it is acknowledged, so that the next process can go
   * on where this one ends. One cache at a time. Default: none, memory only.
   */
  readonly journal?: Journal<K, V>;
  /**
   * Copies a value on its way in and on its way out. Without it, the cache and
   * its callers share one object, and none of them may change it.
   * Example: `structuredClone`.
   */
  readonly copy?: (value: V) => V;
  /** From 0 to below 1; spreads the retries. Default: `Math.random`. */
  readonly random?: () => number;
}

export interface RetryOptions {
  /** With the first one. Default: 5. */
  readonly attempts: number;
  /** Milliseconds before the second, doubled for each other. Default: 100. */
  readonly baseDelayMs: number;
  /** Milliseconds that none is put off for longer. Default: 10,000. */
  readonly maxDelayMs: number;
}
// #endregion options

// #region reports
export interface DeadLetter<K, V> {
  readonly operation: Operation<K, V>;
  readonly attempts: number;
  readonly error: unknown;
}

export type WriteStatus = 'clean' | 'pending' | 'writing' | 'failed';

export interface WriteBehindStats {
  /** Acknowledged or replayed operations: the sum of the five that follow. */
  readonly accepted: number;
  readonly pending: number;
  readonly writing: number;
  readonly persisted: number;
  /** Replaced by a later one before the store had them. */
  readonly coalesced: number;
  readonly deadLettered: number;
  /** Keys that are settled, while the journal has failed to forget them. */
  readonly unforgotten: number;
  /** Calls of `store.write`. */
  readonly batches: number;
  /** Reads that memory could answer, and those that it could not. */
  readonly hits: number;
  readonly misses: number;
}

export interface CloseReport<K, V> {
  /** How many operations the store took while the cache closed. */
  readonly persisted: number;
  /** Given up meanwhile, or before and failed once more. */
  readonly deadLettered: readonly DeadLetter<K, V>[];
  /** Neither stored nor given up when the time was over. */
  readonly abandoned: readonly Operation<K, V>[];
}

export class CacheFullError extends Error {
  override readonly name = 'CacheFullError';
}
// #endregion reports

export class WriteBehindCache<K, V> implements Cache<K, V> {
  // #region state
  readonly #settings: Settings<K, V>;
  /** All that memory knows. Each entry stands in one of the two lines. */
  #entries = new Map<K, Entry<K, V>>();
  /** Whose operation the store does not have. */
  readonly #dirty = new Line<Entry<K, V>>();
  /** Whose operation it has, or somebody else: the last used last. */
  readonly #clean = new Line<Entry<K, V>>();
  /** What the next batch carries: always less than a full one. */
  #queue: Entry<K, V>[] = [];
  /** Goes off when the first of the queue is due. */
  #alarm: Alarm | undefined;
  /** Each sends what failed together once more. */
  readonly #retries = new Set<() => void>();
  /** The dead letters that nobody took. */
  readonly #kept = new Map<Entry<K, V>, DeadLetter<K, V>>();
  /** Reads under way. A write takes the one of its key away: it is too old. */
  readonly #loads = new Map<K, Promise<Operation<K, V>>>();
  /** Writes that wait for room: one of a key, and its others in line. */
  readonly #held = new Set<() => void>();
  /** The ends of the lines: of keys whose writes wait for something. */
  readonly #turns = new Map<K, Promise<void>>();
  /** How many wait for the journal. Each may need room in a moment. */
  #appending = 0;
  /** What the journal shall forget. */
  readonly #unforgotten = new Map<K, number>();
  #forgetting: Promise<void> | undefined;
  /** Until the journal is replayed, nobody knows anything. */
  #opening: Promise<void> | undefined;
  // #endregion state
  #version: number;
  #phase: 'open' | 'closing' | 'closed' = 'open';
  #report: Promise<CloseReport<K, V>> | undefined;
  readonly #lastLetters: DeadLetter<K, V>[] = [];
  readonly #watchers: (() => void)[] = [];
  readonly #counts = {
    accepted: 0,
    persisted: 0,
    coalesced: 0,
    deadLettered: 0,
    batches: 0,
    hits: 0,
    misses: 0,
  };

  constructor(options: WriteBehindOptions<K, V>) {
    this.#settings = settingsFrom(options);
    // A restarted cache must go on above all versions that the store has seen.
    this.#version = Math.floor(this.#settings.clock.now() * 1000);
    this.#opening =
      this.#settings.journal && this.#open(this.#settings.journal);
    // In line before all who wait, so that none is overtaken. They are told.
    this.#opening?.then(
      () => {
        this.#opening = undefined;
      },
      () => {},
    );
  }

  // #region operations
  async get(key: K): Promise<V | undefined> {
    if (this.#opening) await this.#opening;
    const known = this.#recall(key);
    this.#counts[known === undefined ? 'misses' : 'hits'] += 1;
    if (known !== undefined) return this.#contentOf(known);
    const loaded = await this.#load(key);
    return this.#contentOf(this.#recall(key) ?? loaded);
  }

  /** Resolves once it is accepted. */
  async set(key: K, value: V): Promise<void> {
    const own = this.#copyOf(value);
    const accepted = this.#submit(key, (version) => ({
      type: 'set',
      key,
      value: own,
      version,
    }));
    if (accepted instanceof Promise) await accepted;
  }

  async delete(key: K): Promise<void> {
    await this.#submit(key, (version) => ({ type: 'delete', key, version }));
  }

  /** Sets what `change` returns. No other write of the key gets in between. */
  async update(key: K, change: (current: V | undefined) => V): Promise<V> {
    if (this.#opening) await this.#opening;
    for (;;) {
      if (this.#recall(key) === undefined) await this.#load(key);
      const accepted = await this.#submit(key, (version) => {
        const current = this.#recall(key);
        if (current === undefined) return undefined;
        const value = this.#copyOf(change(this.#contentOf(current)));
        return { type: 'set', key, value, version };
      });
      // Otherwise the value has left memory before its turn came.
      if (accepted?.type === 'set') return this.#copyOf(accepted.value);
    }
  }
  // #endregion operations

  // #region drain
  /** Resolves when all that was accepted before is stored or given up. */
  async flush(): Promise<void> {
    if (this.#opening) await this.#opening;
    this.#takeBack();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const entries = this.#dirty.toArray();
    const settled = this.#settled(entries);
    for (const entry of entries) {
      // It waits behind an older one, and then for company no more.
      if (entry.due !== undefined) entry.due = -Infinity;
    }
    this.#sendQueue();
    await whileAwaited(this.#settings.clock, settled);
  }

  /**
   * Refuses writes, stores what it has, and says what is left when all is done
   * or the time is over. Default: 10,000 milliseconds.
   */
  async close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<CloseReport<K, V>> {
    const { timeoutMs = 10_000 } = options;
    expectDelay('timeoutMs', timeoutMs);
    this.#report ??= this.#drain(timeoutMs);
    return whileAwaited(this.#settings.clock, this.#report);
  }
  // #endregion drain

  // #region status
  /** Where the last operation on the key is. */
  status(key: K): WriteStatus {
    const entry = this.#entries.get(key);
    if (entry?.isGivenUp) return 'failed';
    if (entry?.line !== this.#dirty) return 'clean';
    return entry.inFlight === entry.operation ? 'writing' : 'pending';
  }

  stats(): WriteBehindStats {
    const entries = this.#dirty.toArray();
    return {
      ...this.#counts,
      unforgotten: this.#unforgotten.size,
      pending: entries.filter(isPending).length,
      writing: entries.filter(({ inFlight }) => inFlight).length,
    };
  }
  // #endregion status

  // #region read
  #recall(key: K): Operation<K, V> | undefined {
    const entry = this.#entries.get(key);
    if (entry?.line === this.#clean) this.#clean.take(entry);
    return entry?.operation;
  }

  /** Reads the store: once, for all who miss the key at the same time. */
  #load(key: K): Promise<Operation<K, V>> {
    const shared = this.#loads.get(key);
    if (shared !== undefined) return shared;
    const isCurrent = () => this.#loads.get(key) === load;
    const load = this.#settings.store
      .read(key)
      .then((value) => {
        const found = foundOperation(key, value);
        if (isCurrent()) this.#remember(found);
        return found;
      })
      .finally(() => {
        if (isCurrent()) this.#loads.delete(key);
      });
    this.#loads.set(key, load);
    return load;
  }

  #contentOf(operation: Operation<K, V>): V | undefined {
    return operation.type === 'set' ? this.#copyOf(operation.value) : undefined;
  }

  #copyOf(value: V): V {
    const { copy } = this.#settings;
    return copy === undefined ? value : copy(value);
  }
  // #endregion read

  // #region clean
  #remember(operation: Operation<K, V>): void {
    const entry = newEntry(operation);
    this.#entries.set(operation.key, entry);
    this.#clean.take(entry);
    this.#trim();
  }

  #forget(key: K): void {
    this.#loads.delete(key);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#clean.release(entry);
    this.#entries.delete(key);
  }

  /** Drops what was not used for the longest time. */
  #trim(): void {
    const dropped = this.#clean.shorten(this.#settings.maxEntries);
    if (dropped.length <= this.#entries.size / 2) {
      for (const { operation } of dropped) this.#entries.delete(operation.key);
      return;
    }
    // Where most of them go, it is faster to move those that stay.
    const kept = [...this.#dirty.toArray(), ...this.#clean.toArray()];
    this.#entries = new Map(kept.map((entry) => [entry.operation.key, entry]));
  }
  // #endregion clean

  // #region submit
  /**
   * Accepts what `draft` returns. It is asked in the very step that accepts, so
   * that nothing can happen between what it reads and what it writes. Where
   * that takes a while, later writes of the key wait in line.
   */
  #submit(key: K, draft: Draft<K, V>): Accepted<K, V> {
    const before = this.#turns.get(key) ?? this.#opening;
    const accepted = before
      ? this.#submitAfter(before, key, draft)
      : this.#place(key, draft);
    if (!(accepted instanceof Promise)) return accepted;
    const end = () => {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    };
    const turn = accepted.then(end, end);
    this.#turns.set(key, turn);
    return accepted;
  }

  async #submitAfter(
    before: Promise<void>,
    key: K,
    draft: Draft<K, V>,
  ): Promise<Operation<K, V> | undefined> {
    await before;
    if (this.#opening) await this.#opening;
    return this.#place(key, draft);
  }

  #place(key: K, draft: Draft<K, V>): Accepted<K, V> {
    if (this.#phase !== 'open') throw new CacheClosedError('it is closed');
    const { journal, whenFull, maxPending } = this.#settings;
    const findsNoRoom = this.#isFull() && !this.#isDirty(key);
    if (findsNoRoom) {
      this.#sendQueue();
      if (whenFull === 'wait') return this.#hold(key, draft);
      if (whenFull === 'reject') {
        throw new CacheFullError(`${maxPending} keys wait for the store`);
      }
    }
    const version = this.#version + 1;
    let operation = draft(version);
    if (operation === undefined) return undefined;
    // What is drafted may have written itself, and this is the later one.
    if (this.#version >= version) {
      operation = { ...operation, version: this.#version + 1 };
    }
    this.#version = operation.version;
    if (findsNoRoom) return this.#writeThrough(operation);
    if (journal !== undefined) return this.#append(operation, journal);
    this.#accept(operation);
    return operation;
  }
  // #endregion submit

  // #region accept
  #accept(operation: Operation<K, V>): void {
    const { key } = operation;
    this.#loads.delete(key);
    this.#counts.accepted += 1;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = newEntry(operation);
      this.#entries.set(key, entry);
    } else {
      const isDirty = entry.line === this.#dirty;
      if (isDirty && isPending(entry)) this.#counts.coalesced += 1;
      if (entry.isGivenUp) this.#kept.delete(entry);
      entry.operation = operation;
      entry.isGivenUp = false;
    }
    if (entry.line !== this.#dirty) this.#dirty.take(entry);
    // The first write of a key sets the date, and a later one cannot move it.
    if (entry.isQueued || entry.due !== undefined) return;
    const { clock, maxDelayMs } = this.#settings;
    const due = clock.now() + maxDelayMs;
    if (entry.inFlight === undefined) this.#enqueue(entry, due);
    else entry.due = due;
  }
  // #endregion accept

  // #region journal
  /** Goes on where the last process ended. */
  async #open(journal: Journal<K, V>): Promise<void> {
    const operations = await journal.replay();
    // The clock may have been put back since the last process.
    this.#version = Math.max(this.#version, await journal.lastVersion());
    if (this.#phase === 'closed') return;
    const inOrder = [...operations].sort((a, b) => a.version - b.version);
    for (const operation of inOrder) this.#accept(operation);
  }

  async #append(
    operation: Operation<K, V>,
    journal: Journal<K, V>,
  ): Promise<Operation<K, V>> {
    this.#appending += 1;
    try {
      // A journal that throws at once must not admit others from in here.
      await (async () => journal.append(operation))();
      // The report of `close` is out, and does not know of it.
      if (this.#phase === 'closed') throw new CacheClosedError('it is closed');
      this.#accept(operation);
      return operation;
    } finally {
      this.#appending -= 1;
      this.#admitHeld();
    }
  }

  /** What it fails to forget now, it is told again with the next. */
  #tidyJournal(): void {
    const { journal } = this.#settings;
    if (journal !== undefined) this.#forgetting ??= this.#forgetIn(journal);
  }

  async #forgetIn(journal: Journal<K, V>): Promise<void> {
    try {
      // A journal may throw at once, and this must have begun before it ends.
      await undefined;
      while (this.#unforgotten.size > 0) {
        const settled = [...this.#unforgotten];
        await journal.settle(
          settled.map(([key, version]) => ({ key, version })),
        );
        for (const [key, version] of settled) {
          const isLatest = this.#unforgotten.get(key) === version;
          if (isLatest) this.#unforgotten.delete(key);
        }
      }
    } catch {
      // They would be stored once more after a crash, and `stats` counts them.
    } finally {
      this.#forgetting = undefined;
    }
  }
  // #endregion journal

  // #region full
  #isDirty(key: K): boolean {
    return this.#entries.get(key)?.line === this.#dirty;
  }

  #isFull(): boolean {
    const { maxPending } = this.#settings;
    return this.#dirty.size + this.#appending >= maxPending;
  }

  async #hold(
    key: K,
    draft: Draft<K, V>,
  ): Promise<Operation<K, V> | undefined> {
    const room = new Promise<Accepted<K, V>>((resolve, reject) => {
      this.#held.add(() => {
        try {
          resolve(this.#place(key, draft));
        } catch (error) {
          reject(error);
        }
      });
    });
    return whileAwaited(this.#settings.clock, room);
  }

  #admitHeld(): void {
    for (const admit of this.#held) {
      if (this.#isFull() && this.#phase === 'open') {
        // Whoever waits for room does not wait for company.
        this.#sendQueue();
        return;
      }
      this.#held.delete(admit);
      admit();
    }
  }

  async #writeThrough(operation: Operation<K, V>): Promise<Operation<K, V>> {
    const { journal } = this.#settings;
    // Or the next process would replay an older one that it did not forget.
    if (journal !== undefined) await journal.append(operation);
    if (this.#phase === 'closed') throw new CacheClosedError('it is closed');
    const thrown = await this.#send([operation]);
    this.#forget(operation.key);
    this.#conclude(operation);
    this.#tidyJournal();
    if (thrown !== undefined) throw thrown.error;
    this.#counts.accepted += 1;
    this.#counts.persisted += 1;
    this.#remember(operation);
    return operation;
  }
  // #endregion full

  // #region queue
  #enqueue(entry: Entry<K, V>, due: number): void {
    if (this.#phase === 'closed') return;
    entry.isQueued = true;
    this.#queue.push(entry);
    this.#setAlarm(due);
    if (this.#queue.length >= this.#settings.maxBatchSize) this.#sendQueue();
  }

  #setAlarm(due: number): void {
    if (this.#alarm !== undefined && this.#alarm.due <= due) return;
    this.#alarm?.cancel();
    const { clock } = this.#settings;
    const delay = Math.max(0, due - clock.now());
    const cancel = clock.schedule(delay, () => this.#sendQueue());
    this.#alarm = { due, cancel };
  }
  // #endregion queue

  // #region flush
  #sendQueue(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    const entries = this.#queue;
    this.#queue = [];
    this.#writeInBatches(entries, this.#settings.maxBatchSize, 1);
  }

  /** Batches go side by side: a slow one must not keep the others waiting. */
  #writeInBatches(entries: Batch<K, V>, size: number, attempt: number): void {
    for (let start = 0; start < entries.length; start += size) {
      void this.#write(entries.slice(start, start + size), attempt);
    }
  }

  /** An entry is in one batch at a time, so a key has one writer at a time. */
  async #write(entries: Batch<K, V>, attempt: number): Promise<void> {
    if (this.#phase === 'closed') return;
    const operations = entries.map((entry) => {
      entry.isQueued = false;
      entry.inFlight = entry.operation;
      return entry.operation;
    });
    const thrown = await this.#send(operations);
    const failure = thrown && failureOf(thrown.error, entries);
    this.#settle(entries, attempt, failure);
    this.#tidyJournal();
    this.#announce();
  }
  // #endregion flush

  // #region send
  /** The store may take the batch apart: nobody else looks at it. */
  async #send(
    batch: readonly Operation<K, V>[],
  ): Promise<{ readonly error: unknown } | undefined> {
    this.#counts.batches += 1;
    try {
      await this.#settings.store.write(batch);
      return undefined;
    } catch (error) {
      return { error };
    }
  }
  // #endregion send

  // #region settle
  #settle(entries: Batch<K, V>, attempt: number, failure?: Failure<K>): void {
    const replaced: Entry<K, V>[] = [];
    const failed: Entry<K, V>[] = [];
    for (const entry of entries) {
      const { operation, inFlight } = entry;
      const isStored = !failure?.keys.has(operation.key);
      if (isStored) {
        this.#counts.persisted += 1;
        if (inFlight !== undefined) this.#conclude(inFlight);
      }
      entry.inFlight = undefined;
      // A later write came meanwhile: the end of this one says nothing of it.
      if (operation !== inFlight) {
        if (!isStored) this.#counts.coalesced += 1;
        replaced.push(entry);
      } else if (isStored) {
        this.#clean.take(entry);
      } else {
        failed.push(entry);
      }
    }
    this.#trim();
    for (const entry of replaced) {
      const { due } = entry;
      entry.due = undefined;
      if (due !== undefined) this.#enqueue(entry, due);
    }
    if (failure !== undefined) this.#recover(failed, attempt, failure);
  }

  #conclude({ key, version }: Operation<K, V>): void {
    if (this.#settings.journal === undefined) return;
    this.#unforgotten.set(key, version);
  }
  // #endregion settle

  // #region retry
  #recover(
    failed: Batch<K, V>,
    attempt: number,
    { error, isCertain, hopeless }: Failure<K>,
  ): void {
    if (this.#phase === 'closed') return;
    const { attempts } = this.#settings.retry;
    const isHopeless = ({ operation }: Entry<K, V>) =>
      attempt >= attempts || hopeless.has(operation.key);
    const left: Entry<K, V>[] = [];
    for (const entry of failed) {
      if (isCertain && isHopeless(entry)) {
        void this.#giveUp(entry, attempt, error);
      } else {
        left.push(entry);
      }
    }
    if (left.length === 0) return;
    // Nothing is given up for a neighbour's fault: where the error names none,
    // the batches get smaller, and each operation goes alone in the end.
    const isLast = attempt + 1 >= attempts || isPermanent(error);
    const parts = isLast ? left.length : isCertain ? 1 : 2;
    this.#retry(left, Math.ceil(left.length / parts), attempt + 1);
  }

  /** What failed together comes again together, after one throw of the dice. */
  #retry(failed: Batch<K, V>, batchSize: number, attempt: number): void {
    const { clock, random, retry } = this.#settings;
    const operations = failed.map(({ operation }) => operation);
    const run = () => {
      cancel();
      this.#retries.delete(run);
      const unreplaced = failed.filter(
        ({ operation }, index) => operation === operations[index],
      );
      this.#writeInBatches(unreplaced, batchSize, attempt);
    };
    const longest = retry.baseDelayMs * 2 ** (attempt - 2);
    const delay = random() * Math.min(retry.maxDelayMs, longest);
    const cancel = clock.schedule(delay, run);
    this.#retries.add(run);
  }
  // #endregion retry

  // #region dead-letter
  async #giveUp(
    entry: Entry<K, V>,
    attempts: number,
    error: unknown,
  ): Promise<void> {
    const { operation } = entry;
    const letter = { operation, attempts, error };
    entry.isGivenUp = true;
    this.#counts.deadLettered += 1;
    const kept = await this.#handOver(letter);
    const isTaken = kept === undefined;
    if (isTaken && this.#phase === 'closing') this.#lastLetters.push(letter);
    // A write that came meanwhile has given the key something new to store.
    if (entry.operation !== operation) return;
    if (isTaken) {
      this.#conclude(operation);
      this.#tidyJournal();
      this.#clean.take(entry);
      this.#trim();
    } else {
      this.#kept.set(entry, kept);
    }
    this.#announce();
  }

  /** Returns the letter where nobody took it. */
  async #handOver(
    letter: DeadLetter<K, V>,
  ): Promise<DeadLetter<K, V> | undefined> {
    const { onDeadLetter } = this.#settings;
    if (onDeadLetter === undefined) return letter;
    try {
      await onDeadLetter(letter);
      return undefined;
    } catch (refusal) {
      const errors = [letter.error, refusal];
      const error = new AggregateError(errors, 'onDeadLetter failed as well');
      return { ...letter, error };
    }
  }

  /** What nobody took over is still ours to store: it goes with the next. */
  #takeBack(): void {
    const entries = [...this.#kept.keys()];
    this.#kept.clear();
    this.#counts.deadLettered -= entries.length;
    for (const entry of entries) {
      entry.isGivenUp = false;
      this.#queue.push(entry);
    }
  }
  // #endregion dead-letter

  // #region wait
  /** Those who wait for something to settle look again. */
  #announce(): void {
    this.#admitHeld();
    for (const look of this.#watchers.splice(0)) look();
  }

  /** Resolves when what they hold now is out of our hands. */
  async #settled(entries: Batch<K, V>): Promise<void> {
    const operations = entries.map(({ operation }) => operation);
    let index = 0;
    for (const operation of operations) {
      while (this.#owes(entries[index], operation)) {
        if (this.#phase === 'closed') {
          throw new CacheClosedError('it closed before all was stored');
        }
        await new Promise<void>((look) => this.#watchers.push(look));
      }
      index += 1;
    }
  }

  #owes(entry: Entry<K, V> | undefined, operation: Operation<K, V>): boolean {
    if (entry?.line !== this.#dirty || this.#kept.has(entry)) return false;
    return (entry.inFlight ?? entry.operation).version <= operation.version;
  }
  // #endregion wait

  // #region close
  async #drain(timeoutMs: number): Promise<CloseReport<K, V>> {
    this.#phase = 'closing';
    const { clock } = this.#settings;
    const persistedBefore = this.#counts.persisted;
    this.#admitHeld();
    for (const retry of this.#retries) retry();
    const drained = this.#finish();
    await new Promise<void>((resolve, reject) => {
      const cancel = clock.schedule(timeoutMs, resolve);
      drained.finally(cancel).then(() => resolve(), reject);
    });

    this.#phase = 'closed';
    for (const retry of this.#retries) retry();
    this.#sendQueue();
    this.#announce();
    const left = this.#dirty
      .toArray()
      .filter((entry) => !this.#kept.has(entry));
    return {
      persisted: this.#counts.persisted - persistedBefore,
      deadLettered: [...this.#lastLetters, ...this.#kept.values()],
      abandoned: left.map(({ operation }) => operation),
    };
  }

  async #finish(): Promise<void> {
    // Whoever called for them hears how they end. What was on its way to the
    // journal waits for the store then.
    const late = Promise.all(this.#turns.values()).then(() => this.#flush());
    await Promise.all([this.flush(), late]);
    await this.#forgetting;
  }
  // #endregion close
}

/** What memory knows of a key. */
interface Entry<K, V> extends Place {
  /** What reads see, and what the store holds or shall hold. */
  operation: Operation<K, V>;
  /** On its way to the store. `operation` is later, if a write came since. */
  inFlight: Operation<K, V> | undefined;
  /** `operation` stands in the queue. */
  isQueued: boolean;
  /** When it must set out, if it came while `inFlight` was on its way. */
  due: number | undefined;
  /** The store never takes `operation`. */
  isGivenUp: boolean;
}

type Batch<K, V> = readonly Entry<K, V>[];

interface Alarm {
  readonly due: number;
  readonly cancel: () => void;
}

/** What shall be written; nothing where memory must learn the value first. */
type Draft<K, V> = (version: number) => Operation<K, V> | undefined;

/** At once where it can be, or when its turn or its room has come. */
type Accepted<K, V> =
  | Operation<K, V>
  | undefined
  | Promise<Operation<K, V> | undefined>;

interface Failure<K> {
  readonly error: unknown;
  readonly keys: ReadonlySet<K>;
  /** The error says which operations failed, or there was only one. */
  readonly isCertain: boolean;
  /** Those that would fail again at each further attempt. */
  readonly hopeless: ReadonlySet<K>;
}

/** Trusts the names that an error gives only if all are of this batch. */
function failureOf<K, V>(error: unknown, batch: Batch<K, V>): Failure<K> {
  const partial = isPartialWriteError<K, V>(error) ? error : undefined;
  const named = keysOf(partial?.failed);
  const all = keysOf(batch.map(({ operation }) => operation));
  const ours = [...all].filter((key) => named.has(key));
  const isNamed = ours.length > 0 && ours.length === named.size;
  const keys = isNamed ? named : all;
  return {
    error,
    keys,
    isCertain: isNamed || batch.length === 1,
    hopeless: isPermanent(error) ? keys : keysOf(partial?.hopeless),
  };
}

function keysOf<K, V>(
  operations: readonly Operation<K, V>[] = [],
): ReadonlySet<K> {
  return new Set(operations.map(({ key }) => key));
}

function newEntry<K, V>(operation: Operation<K, V>): Entry<K, V> {
  return {
    operation,
    inFlight: undefined,
    isQueued: false,
    due: undefined,
    isGivenUp: false,
    line: undefined,
    previous: undefined,
    next: undefined,
  };
}

function isPending<K, V>(entry: Entry<K, V>): boolean {
  return entry.operation !== entry.inFlight && !entry.isGivenUp;
}

/** What a read of the store has found, as if it had just been written. */
function foundOperation<K, V>(key: K, value: V | undefined): Operation<K, V> {
  return value === undefined
    ? { type: 'delete', key, version: 0 }
    : { type: 'set', key, value, version: 0 };
}

// #region line
interface Place {
  line: Line<this> | undefined;
  previous: this | undefined;
  next: this | undefined;
}

/** Entries in a row, each of which can leave it in one step. */
class Line<E extends Place> {
  size = 0;
  #first: E | undefined;
  #last: E | undefined;

  /** Puts it last, from wherever it was. */
  take(entry: E): void {
    entry.line?.release(entry);
    entry.line = this;
    entry.previous = this.#last;
    if (this.#last === undefined) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.size += 1;
  }

  release(entry: E): void {
    const { previous, next } = entry;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    // Whoever holds on to it must not hold on to those behind it.
    entry.next = undefined;
    this.size -= 1;
  }

  /** Lets the first go until no more than so many are left. */
  shorten(size: number): E[] {
    const released: E[] = [];
    while (this.#first !== undefined && this.size > size) {
      released.push(this.#first);
      this.release(this.#first);
    }
    return released;
  }

  toArray(): E[] {
    const entries: E[] = [];
    for (let entry = this.#first; entry; entry = entry.next) {
      entries.push(entry);
    }
    return entries;
  }
}
// #endregion line

// #region settings
interface Settings<K, V>
  extends Required<
      Omit<
        WriteBehindOptions<K, V>,
        'retry' | 'journal' | 'onDeadLetter' | 'copy'
      >
    >,
    Pick<WriteBehindOptions<K, V>, 'journal' | 'onDeadLetter' | 'copy'> {
  readonly retry: RetryOptions;
}

function settingsFrom<K, V>(options: WriteBehindOptions<K, V>): Settings<K, V> {
  const settings: Settings<K, V> = {
    clock: systemClock,
    maxBatchSize: 100,
    maxDelayMs: 1000,
    maxPending: 10_000,
    whenFull: 'wait',
    maxEntries: 10_000,
    random: Math.random,
    ...withoutUndefined(options),
    retry: {
      attempts: 5,
      baseDelayMs: 100,
      maxDelayMs: 10_000,
      ...withoutUndefined(options.retry ?? {}),
    },
  };
  const { maxBatchSize, maxPending, maxEntries, maxDelayMs } = settings;
  const { attempts, ...delays } = settings.retry;
  const sizes = {
    maxBatchSize,
    maxPending,
    maxEntries,
    'retry.attempts': attempts,
  };
  for (const [name, value] of Object.entries(sizes)) expectSize(name, value);
  expectDelay('maxDelayMs', maxDelayMs);
  for (const [name, value] of Object.entries(delays)) {
    expectDelay(`retry.${name}`, value);
  }
  if (!policies.includes(settings.whenFull)) {
    const expected = `one of ${policies.join(', ')}`;
    throw unexpected('whenFull', expected, settings.whenFull);
  }
  return settings;
}

/** An option that is passed as `undefined` is one that is not passed. */
function withoutUndefined<T extends object>(options: T): T {
  const given = Object.entries(options).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(given) as T;
}

const policies = ['wait', 'reject', 'write-through'];
// #endregion settings
