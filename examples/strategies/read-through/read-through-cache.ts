/**
 * A read-through cache. Whoever reads asks the cache alone, and the cache loads
 * what it does not have, in the memory of one process. To own it, copy this file
 * and those that it imports, with those that they import.
 */
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import { SingleFlight } from '../../shared/single-flight.ts';
import { within } from '../../shared/timeout.ts';

// #region options
export interface ReadThroughOptions<K, V> {
  /**
   * Asks the system of record. Undefined where there is no such value.
   * Example: `async (id) => (await table.find(id)).value`.
   */
  readonly load: (key: K) => Promise<V | undefined>;
  /**
   * Hears the errors that no reader does: those of a load that an old value has
   * stood in for. Required, or nobody would know. It must not throw.
   * Example: `(error, key) => log.warn({ error, key })`.
   */
  readonly onLoadError: (error: unknown, key: K) => void;
  /**
   * Milliseconds that a value is fresh, from when its load began. Chance takes
   * off up to a tenth. Default: 60,000.
   */
  readonly ttlMs?: number;
  /** The same for what is not there. Default: 5,000. */
  readonly negativeTtlMs?: number;
  /**
   * The last milliseconds of a fresh value, in which a read starts its reload
   * and does not wait for it. Less than `ttlMs`, and shortened by the same
   * chance. Default: 0, no such reload.
   */
  readonly refreshAheadMs?: number;
  /** Milliseconds that a load may take. Default: 5,000. */
  readonly timeoutMs?: number;
  /**
   * Milliseconds that a value may be given after it has expired, where the load
   * fails. Default: 0, the error is given.
   */
  readonly staleIfErrorMs?: number;
  /**
   * Milliseconds after a failed load in which the old value stands in without
   * another one. Default: 1,000.
   */
  readonly retryAfterMs?: number;
  /** Beyond it, the least recently used key leaves. Default: 10,000. */
  readonly maxEntries?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
  /** From 0 to below 1; spreads the expiry. Default: `Math.random`. */
  readonly random?: () => number;
}
// #endregion options

/** The largest part of its time by which chance lets an entry expire early. */
const jitter = 0.1;

/** Readers share the values: nobody may change one. */
export class ReadThroughCache<K, V> {
  readonly #settings: Required<ReadThroughOptions<K, V>>;
  /** The least recently used one first. */
  readonly #entries = new Map<K, Entry<V>>();
  readonly #loads = new SingleFlight<K, V | undefined>();
  /** Loads that no reader may be waiting for, each with its end. */
  readonly #refreshes = new Map<Promise<V | undefined>, Promise<void>>();
  #isClosed = false;

  constructor(options: ReadThroughOptions<K, V>) {
    this.#settings = settingsFrom(options);
  }

  // #region get
  async get(key: K): Promise<V | undefined> {
    const entry = this.#recall(key);
    const now = this.#settings.clock.now();
    if (entry === undefined || now >= entry.usableUntil) {
      return this.#load(key);
    }
    if (now < entry.reloadAt) return entry.value;
    if (now >= entry.freshUntil) return this.#load(key);
    this.#refresh(key);
    return entry.value;
  }
  // #endregion get

  // #region forget
  /** The value has changed: it is not given again, and no load from before. */
  forget(key: K): void {
    this.#loads.forget(key);
    this.#entries.delete(key);
  }

  /** It may have changed: it is given again only if the next load fails. */
  expire(key: K): void {
    this.#loads.forget(key);
    const entry = this.#entries.get(key);
    if (entry?.value === undefined) {
      this.#entries.delete(key);
      return;
    }
    entry.freshUntil = this.#settings.clock.now();
    entry.reloadAt = entry.freshUntil;
  }
  // #endregion forget

  // #region close
  /** Refreshes nothing any more, and waits for what it refreshes. Reads go on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#refreshes.values());
  }
  // #endregion close

  // #region load
  #load(key: K): Promise<V | undefined> {
    const { load, clock, timeoutMs } = this.#settings;
    return this.#loads.run(key, async (isCurrent) => {
      const asked = clock.now();
      try {
        const value = await within(clock, timeoutMs, load(key));
        if (isCurrent()) this.#keep(key, value, asked);
        return value;
      } catch (error) {
        return this.#fallBack(key, error, isCurrent());
      }
    });
  }

  /** What was known before stands in for the error, if it is not too old. */
  #fallBack(key: K, error: unknown, isCurrent: boolean): V | undefined {
    const { clock, retryAfterMs, onLoadError } = this.#settings;
    const entry = this.#entries.get(key);
    const now = clock.now();
    if (entry === undefined || now >= entry.usableUntil) throw error;
    if (isCurrent) {
      entry.reloadAt = Math.max(entry.reloadAt, now + retryAfterMs);
    }
    onLoadError(error, key);
    return entry.value;
  }
  // #endregion load

  // #region refresh
  #refresh(key: K): void {
    if (this.#isClosed) return;
    const load = this.#load(key);
    if (this.#refreshes.has(load)) return;
    const refresh = load
      .then(
        () => {},
        // The old value has left meanwhile, and cannot stand in.
        (error) => this.#settings.onLoadError(error, key),
      )
      .finally(() => this.#refreshes.delete(load));
    this.#refreshes.set(load, refresh);
  }
  // #endregion refresh

  // #region entries
  #recall(key: K): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #keep(key: K, value: V | undefined, asked: number): void {
    const { ttlMs, negativeTtlMs, random, maxEntries } = this.#settings;
    const longest = value === undefined ? negativeTtlMs : ttlMs;
    const part = 1 - jitter * random();
    const freshUntil = asked + longest * part;
    this.#entries.set(key, {
      value,
      freshUntil,
      ...this.#margins(value, freshUntil, part),
    });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) return;
      this.#entries.delete(oldest);
    }
  }

  #margins(value: V | undefined, freshUntil: number, part: number) {
    // By now there may be what was absent: nothing stands in for it.
    if (value === undefined) {
      return { reloadAt: freshUntil, usableUntil: freshUntil };
    }
    const { refreshAheadMs, staleIfErrorMs } = this.#settings;
    return {
      // Shortened as well, or the reload might be due before the load.
      reloadAt: freshUntil - refreshAheadMs * part,
      usableUntil: freshUntil + staleIfErrorMs,
    };
  }
  // #endregion entries
}

interface Entry<V> {
  /** Undefined where there was none. */
  readonly value: V | undefined;
  /** Until then it is given at once. */
  freshUntil: number;
  /** Until then, no read starts a load; not even one that finds it too old. */
  reloadAt: number;
  /** From then on it is not given at all. */
  readonly usableUntil: number;
}

function settingsFrom<K, V>(
  options: ReadThroughOptions<K, V>,
): Required<ReadThroughOptions<K, V>> {
  const { load, onLoadError } = options;
  const { ttlMs = 60_000, negativeTtlMs = 5_000 } = options;
  const { refreshAheadMs = 0, timeoutMs = 5_000 } = options;
  const { staleIfErrorMs = 0, retryAfterMs = 1_000 } = options;
  const { maxEntries = 10_000 } = options;
  const { clock = systemClock, random = Math.random } = options;
  const delays = {
    ttlMs,
    negativeTtlMs,
    refreshAheadMs,
    timeoutMs,
    staleIfErrorMs,
    retryAfterMs,
  };
  for (const [name, value] of Object.entries(delays)) expectDelay(name, value);
  if (refreshAheadMs > 0 && refreshAheadMs >= ttlMs) {
    throw unexpected(
      'refreshAheadMs',
      `less than ttlMs, which is ${ttlMs}`,
      refreshAheadMs,
    );
  }
  expectSize('maxEntries', maxEntries);
  return { load, onLoadError, ...delays, maxEntries, clock, random };
}
