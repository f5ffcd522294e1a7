/**
 * A write-behind cache by mark and sweep: a write marks its key as dirty, and a
 * sweep stores what is dirty. To own it, copy this file and those it imports.
 */
import { type Cache, CacheClosedError } from '../../shared/cache.ts';
import { type Clock, systemClock, whileAwaited } from '../../shared/clock.ts';
import { expectDelay, expectSize } from '../../shared/expect-option.ts';
import { SingleFlight } from '../../shared/single-flight.ts';
import {
  isPartialWriteError,
  isPermanent,
  type Operation,
  type Store,
} from '../../shared/store.ts';
import { within } from '../../shared/timeout.ts';

export interface SweptCacheOptions<K, V> {
  /** The system of record. Nobody else may write the keys of this cache. */
  readonly store: Store<K, V>;
  readonly clock?: Clock;
  /** Milliseconds from one sweep to the next. Default: 1000. */
  readonly intervalMs?: number;
  /** Newly dirty keys that a sweep does not wait for. Default: 1000. */
  readonly threshold?: number;
  /** Dirty keys at which a write of another is refused. Default: 10,000. */
  readonly maxDirty?: number;
  /** Clean entries kept for reads. Default: 10,000. */
  readonly maxClean?: number;
  /** Operations in one `store.write`. Default: 1000. */
  readonly maxBatchSize?: number;
  /** How often a value is sent before it is given up. Default: 5. */
  readonly attempts?: number;
  /** Takes over what the store never will. Default: it stays dirty. */
  readonly onDeadLetter?: (letter: DeadLetter<K, V>) => Promise<void> | void;
}

export interface DeadLetter<K, V> {
  readonly operation: Operation<K, V>;
  readonly attempts: number;
  readonly error: unknown;
}

export class CacheFullError extends Error {
  override readonly name = 'CacheFullError';
}

export interface SweptCacheReport<K, V> {
  /** Still dirty when the time was over. */
  readonly abandoned: readonly Operation<K, V>[];
}

/** The dirty bit of a key, and what makes it more than a bit. */
interface Mark<K, V> {
  /** Its version tells this mark from the next one of the key. */
  readonly operation: Operation<K, V>;
  /** 0 until a sweep has taken it. */
  attempts: number;
}

type Marks<K, V> = readonly Mark<K, V>[];

export class SweptCache<K, V> implements Cache<K, V> {
  readonly #settings: Settings<K, V>;
  /** Whose value the store does not have. Never evicted. */
  readonly #dirty = new Map<K, Mark<K, V>>();
  /** The last used last. Undefined where the store has no row. */
  readonly #clean = new Map<K, V | undefined>();
  /** Keys on their way: a sweep leaves them out. */
  readonly #sweeping = new Set<K>();
  readonly #writes = new Set<Promise<void>>();
  readonly #reads = new SingleFlight<K, V | undefined>();
  /** Keys that were marked since the last sweep. */
  #fresh = 0;
  #version: number;
  #stopBeat = () => {};
  #phase: 'open' | 'closing' | 'closed' = 'open';
  #report: Promise<SweptCacheReport<K, V>> | undefined;
  /** Told when nothing is dirty any more. */
  #drained = () => {};

  constructor(options: SweptCacheOptions<K, V>) {
    this.#settings = settingsFrom(options);
    // A restarted cache must go on above all versions that the store has seen.
    this.#version = Math.floor(this.#settings.clock.now() * 1000);
    this.#beat();
  }

  async get(key: K): Promise<V | undefined> {
    const mark = this.#dirty.get(key);
    if (mark !== undefined) return contentOf(mark.operation);
    if (this.#clean.has(key)) {
      const value = this.#clean.get(key);
      this.#keep(key, value);
      return value;
    }
    return this.#reads.run(key, async (isCurrent) => {
      const value = await this.#settings.store.read(key);
      if (isCurrent()) this.#keep(key, value);
      return value;
    });
  }

  async set(key: K, value: V): Promise<void> {
    this.#version += 1;
    this.#mark({ type: 'set', key, value, version: this.#version });
  }

  async delete(key: K): Promise<void> {
    this.#version += 1;
    this.#mark({ type: 'delete', key, version: this.#version });
  }

  /** Resolves when all that is dirty now is stored, or rejects. */
  async flush(): Promise<void> {
    const owed = [...this.#dirty.values()];
    // What is on its way may be older than what is owed: hence the second.
    for (let sweep = 0; sweep < 2; sweep += 1) {
      this.#sweep();
      await whileAwaited(this.#settings.clock, Promise.all(this.#writes));
    }
    const left = owed.filter(({ operation }) => this.#isDirty(operation));
    if (left.length > 0) throw new Error(`${left.length} keys are still dirty`);
  }

  /**
   * Refuses writes, stores what is dirty, and says what is left when all is
   * done or the time is over. Default: 10,000 milliseconds.
   */
  async close(
    options: { readonly timeoutMs?: number } = {},
  ): Promise<SweptCacheReport<K, V>> {
    const { timeoutMs = 10_000 } = options;
    expectDelay('timeoutMs', timeoutMs);
    this.#report ??= this.#drain(timeoutMs);
    return whileAwaited(this.#settings.clock, this.#report);
  }

  // #region mark
  #mark(operation: Operation<K, V>): void {
    if (this.#phase !== 'open') throw new CacheClosedError('it is closed');
    const { key } = operation;
    const { threshold, maxDirty } = this.#settings;
    const replaced = this.#dirty.get(key);
    if (replaced === undefined && this.#dirty.size >= maxDirty) {
      throw new CacheFullError(`${maxDirty} keys are dirty`);
    }
    this.#dirty.set(key, { operation, attempts: 0 });
    this.#clean.delete(key);
    this.#reads.forget(key);
    if (replaced?.attempts !== 0) this.#fresh += 1;
    if (this.#fresh >= threshold) this.#sweep(isFresh);
  }
  // #endregion mark

  // #region beat
  #beat(): void {
    const { clock, intervalMs } = this.#settings;
    this.#stopBeat = clock.schedule(intervalMs, () => {
      this.#beat();
      this.#sweep();
    });
  }
  // #endregion beat

  // #region sweep
  #sweep(isWanted: (mark: Mark<K, V>) => boolean = () => true): void {
    if (this.#phase === 'closed') return;
    this.#fresh = 0;
    const marks = [...this.#dirty.values()].filter(
      (mark) => isWanted(mark) && !this.#sweeping.has(mark.operation.key),
    );
    for (const batch of this.#batchesOf(marks)) {
      const write = this.#write(batch).finally(() => {
        this.#writes.delete(write);
      });
      this.#writes.add(write);
    }
  }

  async #write(marks: Marks<K, V>): Promise<void> {
    for (const mark of marks) {
      mark.attempts += 1;
      this.#sweeping.add(mark.operation.key);
    }
    const failure = await this.#send(marks);
    const ends = marks.map((mark) =>
      failure?.keys.has(mark.operation.key)
        ? this.#fail(mark, failure)
        : this.#clear(mark),
    );
    await Promise.all(ends);
    if (this.#phase === 'closing') this.#sweep(isFresh);
  }
  // #endregion sweep

  // #region clear
  #clear({ operation }: Mark<K, V>): void {
    this.#sweeping.delete(operation.key);
    // Of a newer mark, the end of this sweep says nothing.
    if (!this.#isDirty(operation)) return;
    this.#keep(operation.key, contentOf(operation));
    this.#removeMark(operation.key);
  }

  #isDirty({ key, version }: Operation<K, V>): boolean {
    return this.#dirty.get(key)?.operation.version === version;
  }
  // #endregion clear

  #removeMark(key: K): void {
    this.#dirty.delete(key);
    if (this.#dirty.size === 0) this.#drained();
  }

  /** What fails stays dirty, until it is hopeless and somebody takes it. */
  async #fail(mark: Mark<K, V>, failure: Failure<K>): Promise<void> {
    const { attempts: most, onDeadLetter } = this.#settings;
    const { operation, attempts } = mark;
    const { error, isCertain } = failure;
    const isHopeless = isPermanent(error) || attempts >= most;
    try {
      if (!isHopeless || !isCertain || onDeadLetter === undefined) return;
      await onDeadLetter({ operation, attempts, error });
      if (this.#isDirty(operation)) this.#removeMark(operation.key);
    } catch {
      // Nobody has taken it, so it is still ours to store.
    } finally {
      this.#sweeping.delete(operation.key);
    }
  }

  async #send(marks: Marks<K, V>): Promise<Failure<K> | undefined> {
    const batch = marks.map(({ operation }) => operation);
    try {
      await this.#settings.store.write([...batch]);
      return undefined;
    } catch (error) {
      return failureOf(error, batch);
    }
  }

  /** What fails again and again travels with fewer others, and then alone. */
  #batchesOf(marks: Marks<K, V>): Marks<K, V>[] {
    const { maxBatchSize, attempts: most } = this.#settings;
    const batches: Marks<K, V>[] = [];
    for (const attempts of new Set(marks.map((mark) => mark.attempts))) {
      const group = marks.filter((mark) => mark.attempts === attempts);
      const isLast = attempts + 1 >= most;
      const size = isLast ? 1 : Math.ceil(maxBatchSize / 10 ** attempts);
      for (let start = 0; start < group.length; start += size) {
        batches.push(group.slice(start, start + size));
      }
    }
    return batches;
  }

  async #drain(timeoutMs: number): Promise<SweptCacheReport<K, V>> {
    this.#phase = 'closing';
    const { clock } = this.#settings;
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    if (this.#dirty.size > 0) {
      this.#sweep();
      // Whether it is in time or not, the report says what is left.
      await within(clock, timeoutMs, drained).catch(() => {});
    }
    this.#phase = 'closed';
    this.#stopBeat();
    return {
      abandoned: [...this.#dirty.values()].map(({ operation }) => operation),
    };
  }

  #keep(key: K, value: V | undefined): void {
    this.#clean.delete(key);
    this.#clean.set(key, value);
    if (this.#clean.size <= this.#settings.maxClean) return;
    for (const oldest of this.#clean.keys()) {
      this.#clean.delete(oldest);
      return;
    }
  }
}

interface Failure<K> {
  readonly error: unknown;
  readonly keys: ReadonlySet<K>;
  /** The error is of these keys, and not perhaps of a neighbour. */
  readonly isCertain: boolean;
}

/** Trusts the names that an error gives only if all are of this batch. */
function failureOf<K, V>(
  error: unknown,
  batch: readonly Operation<K, V>[],
): Failure<K> {
  const keys = new Set(batch.map(({ key }) => key));
  const failed = isPartialWriteError<K, V>(error) ? error.failed : [];
  const named = new Set(failed.map(({ key }) => key));
  const isNamed = named.size > 0 && [...named].every((key) => keys.has(key));
  return {
    error,
    keys: isNamed ? named : keys,
    isCertain: isNamed || keys.size === 1,
  };
}

type Settings<K, V> = Required<Omit<SweptCacheOptions<K, V>, 'onDeadLetter'>> &
  Pick<SweptCacheOptions<K, V>, 'onDeadLetter'>;

function settingsFrom<K, V>(options: SweptCacheOptions<K, V>): Settings<K, V> {
  const settings: Settings<K, V> = {
    clock: systemClock,
    intervalMs: 1000,
    threshold: 1000,
    maxDirty: 10_000,
    maxClean: 10_000,
    maxBatchSize: 1000,
    attempts: 5,
    ...options,
  };
  const { threshold, maxDirty, maxClean, maxBatchSize, attempts } = settings;
  const sizes = { threshold, maxDirty, maxClean, maxBatchSize, attempts };
  for (const [name, size] of Object.entries(sizes)) expectSize(name, size);
  expectDelay('intervalMs', settings.intervalMs);
  return settings;
}

function isFresh<K, V>({ attempts }: Mark<K, V>): boolean {
  return attempts === 0;
}

function contentOf<K, V>(operation: Operation<K, V>): V | undefined {
  return operation.type === 'set' ? operation.value : undefined;
}
