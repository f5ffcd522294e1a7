/**
 * A write-behind cache. A write changes memory and is acknowledged; the store
 * follows in batches. To own it, copy this file and the three that it imports.
 */
import {
  type Clock,
  longestDelayMs,
  systemClock,
  whileAwaited,
} from '../../shared/clock.ts';
import type { Journal } from '../../shared/journal.ts';
import {
  isPermanent,
  type Operation,
  PartialWriteError,
  type Store,
} from '../../shared/store.ts';

// #region options
export interface WriteBehindOptions<K, V> {
  /** The system of record. Nobody else may write the keys of this cache. */
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
   * it, the cache keeps it, and it counts for `maxPending`.
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
  /** Given up meanwhile, or before and never taken over. */
  readonly deadLettered: readonly DeadLetter<K, V>[];
  /** Neither stored nor given up when the time was over. */
  readonly abandoned: readonly Operation<K, V>[];
}

export class CacheFullError extends Error {
  override readonly name = 'CacheFullError';
}

export class CacheClosedError extends Error {
  override readonly name = 'CacheClosedError';
}
// #endregion reports

export class WriteBehindCache<K, V> {
  // #region state
  readonly #settings: Settings<K, V>;
  /** The keys whose last operation is not in the store. */
  readonly #dirty = new Map<K, Dirty<K, V>>();
  /** What the next batch carries: always less than a full one. */
  readonly #queue = new Set<Dirty<K, V>>();
  /** Goes off when the first of the queue is due. */
  #alarm: Alarm | undefined;
  /** Each sends what failed together once more. */
  readonly #retries = new Set<() => void>();
  /** What the store holds, or that it holds nothing: the last used last. */
  readonly #clean = new Map<K, Known<V>>();
  /** Never passes an entry that it does not drop, so the next is the oldest. */
  #oldest = this.#clean.keys();
  /** Calls of `#remember` since it was made. */
  #passes = 0;
  /** Reads under way. A write takes the one of its key away: it is too old. */
  readonly #loads = new Map<K, Promise<Known<V>>>();
  /** Writes that wait for room: one of a key, and its others in line. */
  readonly #held = new Set<() => void>();
  /** The ends of the lines: of keys whose writes wait for something. */
  readonly #turns = new Map<K, Promise<void>>();
  /** How many wait for the journal. Each may need room in a moment. */
  #appending = 0;
  /** What the journal shall forget. */
  readonly #unforgotten = new Map<K, Operation<K, V>>();
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
    const loaded = known ?? (await this.#load(key));
    return this.#copyOf((known ?? this.#recall(key) ?? loaded).value);
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
        const value = this.#copyOf(change(this.#copyOf(current.value)));
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
    const entries = [...this.#dirty.values()];
    const settled = this.#settled(entries.map(({ operation }) => operation));
    for (const entry of entries) {
      if (entry.operation !== entry.inFlight) entry.due = -Infinity;
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
    const entry = this.#dirty.get(key);
    if (entry?.letter ?? this.#clean.get(key)?.isFailed) return 'failed';
    if (entry === undefined) return 'clean';
    return entry.inFlight === entry.operation ? 'writing' : 'pending';
  }

  stats(): WriteBehindStats {
    const entries = [...this.#dirty.values()];
    return {
      ...this.#counts,
      unforgotten: this.#unforgotten.size,
      pending: entries.filter(isPending).length,
      writing: entries.filter(({ inFlight }) => inFlight).length,
    };
  }
  // #endregion status

  // #region read
  #copyOf(value: V): V;
  #copyOf(value: V | undefined): V | undefined;
  #copyOf(value: V | undefined): V | undefined {
    const { copy } = this.#settings;
    return value === undefined || copy === undefined ? value : copy(value);
  }

  #recall(key: K): Known<V> | undefined {
    const entry = this.#dirty.get(key);
    if (entry !== undefined) return { value: contentOf(entry.operation) };
    const known = this.#clean.get(key);
    if (known !== undefined) this.#remember(key, known);
    return known;
  }

  #remember(key: K, known: Known<V>): void {
    this.#clean.delete(key);
    this.#clean.set(key, known);
    this.#renewOldest();
    if (this.#clean.size <= this.#settings.maxEntries) return;
    const oldest = this.#oldest.next();
    if (!oldest.done) this.#clean.delete(oldest.value);
  }

  #forget(key: K): void {
    this.#clean.delete(key);
    this.#loads.delete(key);
  }

  /** Reads the store: once, for all who miss the key at the same time. */
  #load(key: K): Promise<Known<V>> {
    const shared = this.#loads.get(key);
    if (shared !== undefined) return shared;
    const isCurrent = () => this.#loads.get(key) === load;
    const load = this.#settings.store
      .read(key)
      .then((value) => {
        if (isCurrent()) this.#remember(key, { value });
        return { value };
      })
      .finally(() => {
        if (isCurrent()) this.#loads.delete(key);
      });
    this.#loads.set(key, load);
    return load;
  }
  // #endregion read

  /**
   * An iterator keeps alive what the map has outgrown since it was made, and a
   * new one must pass what the map has dropped: so it is renewed now and then.
   */
  #renewOldest(): void {
    this.#passes += 1;
    if (this.#passes <= this.#settings.maxEntries) return;
    this.#passes = 0;
    this.#oldest = this.#clean.keys();
  }

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
    const findsNoRoom = this.#isFull() && !this.#dirty.has(key);
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
    this.#forget(key);
    this.#counts.accepted += 1;
    let entry = this.#dirty.get(key);
    if (entry === undefined) {
      entry = newEntry(operation);
      this.#dirty.set(key, entry);
    } else {
      if (isPending(entry)) this.#counts.coalesced += 1;
      entry.operation = operation;
      entry.letter = undefined;
      entry.isKept = false;
    }
    // The first write of a key sets the date, and a later one cannot move it.
    if (entry.due === Infinity) {
      const { clock, maxDelayMs } = this.#settings;
      entry.due = clock.now() + maxDelayMs;
    }
    if (entry.inFlight === undefined) this.#enqueue(entry);
  }
  // #endregion accept

  // #region journal
  /** Goes on where the last process ended. */
  async #open(journal: Journal<K, V>): Promise<void> {
    const operations = await journal.replay();
    if (this.#phase === 'closed') return;
    const inOrder = [...operations].sort((a, b) => a.version - b.version);
    for (const operation of inOrder) {
      this.#version = Math.max(this.#version, operation.version);
      this.#accept(operation);
    }
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
    if (journal === undefined || this.#unforgotten.size === 0) return;
    this.#forgetting ??= this.#forgetIn(journal);
  }

  async #forgetIn(journal: Journal<K, V>): Promise<void> {
    try {
      // A journal may throw at once, and this must have begun before it ends.
      await undefined;
      while (this.#unforgotten.size > 0) {
        const settled = [...this.#unforgotten.values()];
        await journal.settle(settled);
        for (const operation of settled) {
          const { key } = operation;
          const isLatest = this.#unforgotten.get(key) === operation;
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
    const failure = await this.#send([operation]);
    this.#forget(operation.key);
    this.#conclude(operation);
    this.#tidyJournal();
    if (failure !== undefined) throw failure.error;
    this.#counts.accepted += 1;
    this.#counts.persisted += 1;
    this.#remember(operation.key, { value: contentOf(operation) });
    return operation;
  }
  // #endregion full

  // #region queue
  #enqueue(entry: Dirty<K, V>): void {
    if (this.#phase === 'closed') return;
    this.#queue.add(entry);
    this.#setAlarm(entry.due);
    if (this.#queue.size >= this.#settings.maxBatchSize) this.#sendQueue();
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
    const entries = [...this.#queue];
    this.#queue.clear();
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
    for (const entry of entries) {
      entry.inFlight = entry.operation;
      entry.due = Infinity;
    }
    const failure = await this.#send(entries.map(({ operation }) => operation));
    this.#settle(entries, attempt, failure);
    this.#tidyJournal();
    this.#announce();
  }
  // #endregion flush

  // #region send
  async #send(
    batch: readonly Operation<K, V>[],
  ): Promise<Failure<K> | undefined> {
    this.#counts.batches += 1;
    try {
      // A copy: a store that takes its batch apart must not take ours.
      await this.#settings.store.write([...batch]);
      return undefined;
    } catch (error) {
      return failureOf(error, batch);
    }
  }
  // #endregion send

  // #region settle
  #settle(entries: Batch<K, V>, attempt: number, failure?: Failure<K>): void {
    const replaced: Dirty<K, V>[] = [];
    const failed: Dirty<K, V>[] = [];
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
        this.#release(entry);
      } else {
        failed.push(entry);
      }
    }
    for (const entry of replaced) this.#enqueue(entry);
    if (failure !== undefined) this.#recover(failed, attempt, failure);
  }

  #conclude(operation: Operation<K, V>): void {
    if (this.#settings.journal === undefined) return;
    this.#unforgotten.set(operation.key, operation);
  }

  /** The key gives up its place: its last operation is in other hands. */
  #release({ operation, letter }: Dirty<K, V>): void {
    const value = contentOf(operation);
    this.#dirty.delete(operation.key);
    this.#remember(operation.key, { value, isFailed: letter !== undefined });
  }
  // #endregion settle

  // #region retry
  #recover(
    failed: Batch<K, V>,
    attempt: number,
    { error, isCertain }: Failure<K>,
  ): void {
    if (failed.length === 0 || this.#phase === 'closed') return;
    const { attempts } = this.#settings.retry;
    const isHopeless = attempt >= attempts || isPermanent(error);
    if (isHopeless && isCertain) {
      for (const entry of failed) void this.#giveUp(entry, attempt, error);
      return;
    }
    // Nothing is given up for a neighbour's fault: where the error names none,
    // the batches get smaller, and each operation goes alone in the end.
    const isLast = isHopeless || attempt + 1 >= attempts;
    const parts = isLast ? failed.length : isCertain ? 1 : 2;
    this.#retry(failed, Math.ceil(failed.length / parts), attempt + 1);
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
    entry: Dirty<K, V>,
    attempts: number,
    error: unknown,
  ): Promise<void> {
    const letter = { operation: entry.operation, attempts, error };
    entry.letter = letter;
    this.#counts.deadLettered += 1;
    const kept = await this.#handOver(letter);
    if (this.#phase === 'closing') this.#lastLetters.push(kept ?? letter);
    // A write that came meanwhile has given the key something new to store.
    if (entry.letter !== letter) return;
    if (kept === undefined) {
      this.#conclude(letter.operation);
      this.#tidyJournal();
      this.#release(entry);
    } else {
      entry.letter = kept;
      entry.isKept = true;
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
  // #endregion dead-letter

  // #region wait
  /** Those who wait for something to settle look again. */
  #announce(): void {
    this.#admitHeld();
    for (const look of this.#watchers.splice(0)) look();
  }

  /** Resolves when all of them are out of our hands. */
  async #settled(operations: readonly Operation<K, V>[]): Promise<void> {
    for (const operation of operations) {
      while (this.#owes(operation)) {
        if (this.#phase === 'closed') {
          throw new CacheClosedError('it closed before all was stored');
        }
        await new Promise<void>((look) => this.#watchers.push(look));
      }
    }
  }

  #owes({ key, version }: Operation<K, V>): boolean {
    const entry = this.#dirty.get(key);
    if (entry === undefined || entry.isKept) return false;
    return (entry.inFlight ?? entry.operation).version <= version;
  }
  // #endregion wait

  // #region close
  async #drain(timeoutMs: number): Promise<CloseReport<K, V>> {
    this.#phase = 'closing';
    const { clock } = this.#settings;
    const persistedBefore = this.#counts.persisted;
    for (const { isKept, letter } of this.#dirty.values()) {
      if (isKept && letter !== undefined) this.#lastLetters.push(letter);
    }
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
    const left = [...this.#dirty.values()].filter(({ isKept }) => !isKept);
    return {
      persisted: this.#counts.persisted - persistedBefore,
      deadLettered: this.#lastLetters,
      abandoned: left.map(({ operation }) => operation),
    };
  }

  async #finish(): Promise<void> {
    // Whoever called for them hears how they end. What was on its way to the
    // journal waits for the store then.
    const late = Promise.all(this.#turns.values()).then(() => this.flush());
    await Promise.all([this.flush(), late]);
    await this.#forgetting;
  }
  // #endregion close
}

/** A key whose last operation is not in the store. */
interface Dirty<K, V> {
  /** What reads see, and what the store shall hold. */
  operation: Operation<K, V>;
  /** On its way to the store. `operation` is later, if a write came since. */
  inFlight: Operation<K, V> | undefined;
  /** When `operation` must set out. Infinity once it has. */
  due: number;
  /** Where `operation` is given up. */
  letter: DeadLetter<K, V> | undefined;
  /** Nobody took the letter over. */
  isKept: boolean;
}

type Batch<K, V> = readonly Dirty<K, V>[];

interface Known<V> {
  /** Undefined where the key is absent. */
  readonly value: V | undefined;
  /** The store does not hold it: it is given up, and in other hands. */
  readonly isFailed?: boolean;
}

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
}

/** Trusts the names that an error gives only if all are of this batch. */
function failureOf<K, V>(
  error: unknown,
  batch: readonly Operation<K, V>[],
): Failure<K> {
  const failed = error instanceof PartialWriteError ? error.failed : [];
  const named: ReadonlySet<K> = new Set(failed.map(({ key }) => key));
  const ours = batch.filter(({ key }) => named.has(key));
  const isNamed = ours.length > 0 && ours.length === named.size;
  return {
    error,
    keys: isNamed ? named : new Set(batch.map(({ key }) => key)),
    isCertain: isNamed || batch.length === 1,
  };
}

function newEntry<K, V>(operation: Operation<K, V>): Dirty<K, V> {
  return {
    operation,
    inFlight: undefined,
    due: Infinity,
    letter: undefined,
    isKept: false,
  };
}

function isPending<K, V>(entry: Dirty<K, V>): boolean {
  return entry.operation !== entry.inFlight && entry.letter === undefined;
}

function contentOf<K, V>(operation: Operation<K, V>): V | undefined {
  return operation.type === 'set' ? operation.value : undefined;
}

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

function expectSize(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw unexpected(name, 'a whole number above 0', value);
}

function expectDelay(name: string, value: number): void {
  if (value >= 0 && value <= longestDelayMs) return;
  throw unexpected(name, `milliseconds from 0 to ${longestDelayMs}`, value);
}

function unexpected(
  name: string,
  expected: string,
  value: unknown,
): RangeError {
  return new RangeError(`${name}: expected ${expected}, got ${String(value)}`);
}
// #endregion settings
