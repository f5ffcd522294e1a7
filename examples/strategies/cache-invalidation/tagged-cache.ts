/**
 * A cache in the memory of a process, whose entries end in time: by expiry, by
 * hand, by an event from another process, or by a tag. To own it, copy this
 * file and those that it imports, with those that they import.
 */
import type { Cache } from '../../shared/cache.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  expectDelay,
  expectSize,
  unexpected,
} from '../../shared/expect-option.ts';
import { OpenWrites } from '../../shared/open-writes.ts';
import type { Row, Table } from '../../shared/table.ts';
import { within } from '../../shared/timeout.ts';
import type { InvalidationBus, News } from './invalidation-bus.ts';

// #region options
export interface TaggedCacheOptions<K, V> {
  /**
   * The system of record. A call takes as long as the table does: give its
   * client a time limit.
   */
  readonly table: Table<K, V>;
  /** Tells the caches of the other processes, and is told by them. */
  readonly bus: InvalidationBus<K>;
  /**
   * Hears that an event was not published: other processes may read the old
   * value until it expires. Required, since nobody else hears of it. It must
   * not throw.
   */
  readonly onBusError: (error: unknown) => void;
  /** Milliseconds that the bus may take to accept an event. Default: 50. */
  readonly busTimeoutMs?: number;
  /** Default: no tags. */
  readonly tags?: TagOptions<K, V>;
  /**
   * Milliseconds that an entry is used at most, counted from when its load set
   * out. An old value is never read for longer. Default: 60,000.
   */
  readonly ttlMs?: number;
  /**
   * The part of `ttlMs` by which an entry may end early, drawn anew for each,
   * from 0 to 1. Default: 0.2.
   */
  readonly jitter?: number;
  /**
   * What a write does to the entry that it finds: true replaces it, false
   * removes it. Other processes remove theirs. Default: false.
   */
  readonly keepWarm?: boolean;
  /** Beyond it, the least recently used entry leaves. Default: 10,000. */
  readonly maxEntries?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
  /** From 0 to below 1; draws the jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

export interface TagOptions<K, V> {
  /**
   * Tags of an entry; of what is known to be absent where there is no value.
   * Example: `(id, product) => ['products', product?.category ?? 'none']`.
   */
  readonly of: (key: K, value: V | undefined) => readonly string[];
  /**
   * Draws a number for all processes that is higher than any before: the next
   * version of a row of the tag's own, say. A counter that may be forgotten, as
   * in a cache, will not do.
   */
  readonly nextGeneration: (tag: string) => Promise<number>;
}
// #endregion options

/**
 * Readers share the values: nobody may change one. Keys are told apart as those
 * of a `Map` are, so what the bus copies must be a string or a number.
 */
export class TaggedCache<K, V> implements Cache<K, V> {
  readonly #settings: Settings<K, V>;
  /** The least recently used one first. */
  readonly #entries = new Map<K, Entry<V>>();
  /** Those that may be joined and kept. What changes meanwhile removes them. */
  readonly #loads = new Map<K, Promise<Row<V>>>();
  /** The oldest one first. */
  readonly #bumps = new Map<string, Bump>();
  #bumpCount = 0;
  readonly #writes = new OpenWrites();
  /** Tells its own events from those of others. */
  readonly #id = crypto.randomUUID();
  readonly #unsubscribe: () => void;
  #isClosed = false;

  constructor(options: TaggedCacheOptions<K, V>) {
    this.#settings = settingsFrom(options);
    this.#unsubscribe = options.bus.subscribe((event) => {
      if (event.from !== this.#id) this.#hear(event);
    });
  }

  // #region read
  async get(key: K): Promise<V | undefined> {
    const entry = this.#entries.get(key);
    if (entry !== undefined && this.#isGood(entry)) {
      this.#hold(key, entry);
      return entry.row.value;
    }
    const { value } = await (this.#loads.get(key) ?? this.#load(key));
    return value;
  }

  #load(key: K): Promise<Row<V>> {
    const term = this.#term();
    const load = this.#settings.table.find(key).then(
      (row) => {
        if (this.#endLoad(key, load)) this.#keep(key, row, term);
        return row;
      },
      (error) => {
        this.#endLoad(key, load);
        throw error;
      },
    );
    this.#loads.set(key, load);
    return load;
  }

  /** Says whether nothing has happened that makes it too old. */
  #endLoad(key: K, load: Promise<Row<V>>): boolean {
    return this.#loads.get(key) === load && this.#loads.delete(key);
  }
  // #endregion read

  // #region write
  async set(key: K, value: V): Promise<void> {
    await this.#write(key, (table) => table.put(key, value));
  }

  async delete(key: K): Promise<void> {
    await this.#write(key, (table) => table.remove(key));
  }

  /** For rows that somebody has changed behind the caches, version or not. */
  async invalidate(key: K): Promise<void> {
    await this.#writes.run(() => this.#announce({ type: 'key', key }));
  }

  #write(
    key: K,
    commit: (table: Table<K, V>) => Promise<Row<V>>,
  ): Promise<void> {
    return this.#writes.run(async () => {
      const term = this.#term();
      const row = await this.#commit(key, commit);
      try {
        if (this.#settings.keepWarm) this.#replace(key, row, term);
      } finally {
        await this.#announce({ type: 'key', key, version: row.version });
      }
    });
  }

  async #commit(
    key: K,
    commit: (table: Table<K, V>) => Promise<Row<V>>,
  ): Promise<Row<V>> {
    try {
      return await commit(this.#settings.table);
    } catch (error) {
      // Nobody knows whether it is committed: what there is now counts.
      await this.#announceRow(key).catch(() => {});
      throw error;
    }
  }

  async #announceRow(key: K): Promise<void> {
    const { version } = await this.#settings.table.find(key);
    await this.#announce({ type: 'key', key, version });
  }

  /** Here at once, elsewhere when the bus brings it there. */
  async #announce(news: News<K>): Promise<void> {
    const { bus, busTimeoutMs, clock, onBusError } = this.#settings;
    this.#hear(news);
    const event = { ...news, from: this.#id };
    try {
      await within(clock, busTimeoutMs, bus.publish(event));
    } catch (error) {
      onBusError(error);
    }
  }
  // #endregion write

  // #region hear
  #hear(news: News<K>): void {
    if (news.type === 'key') this.#end(news.key, news.version);
    else this.#bump(news.tag, news.version);
  }

  #end(key: K, version = Infinity): void {
    const held = this.#entries.get(key);
    if (held !== undefined && held.row.version >= version) return;
    this.#entries.delete(key);
    this.#loads.delete(key);
  }
  // #endregion hear

  // #region tags
  /** Ends all entries of the tag, in all processes, without looking for them. */
  async invalidateTag(tag: string): Promise<void> {
    const { tags } = this.#settings;
    if (tags === undefined) throw unexpected('tags', 'rules', tags);
    await this.#writes.run(async () => {
      const version = await tags.nextGeneration(tag);
      await this.#announce({ type: 'tag', tag, version });
    });
  }

  #bump(tag: string, generation: number): void {
    const known = this.#bumps.get(tag);
    if (known !== undefined && known.generation >= generation) return;
    this.#bumpCount += 1;
    const now = this.#settings.clock.now();
    const end = now + this.#settings.ttlMs;
    this.#bumps.delete(tag);
    this.#bumps.set(tag, { generation, number: this.#bumpCount, end });
    // Nobody knows the tags of what is still being loaded.
    this.#loads.clear();
    // What was loaded before the bump has expired by its end.
    for (const [oldest, bump] of this.#bumps) {
      if (bump.end > now) return;
      this.#bumps.delete(oldest);
    }
  }

  #isGood(entry: Entry<V>): boolean {
    if (entry.end <= this.#settings.clock.now()) return false;
    return entry.tags.every((tag) => {
      const bump = this.#bumps.get(tag);
      return bump === undefined || bump.number <= entry.bumpCount;
    });
  }
  // #endregion tags

  /** What is known when a read or a write of the table sets out. */
  #term(): Term {
    const { clock, jitter, random, ttlMs } = this.#settings;
    const end = clock.now() + ttlMs * (1 - jitter * random());
    return { end, bumpCount: this.#bumpCount };
  }

  #keep(key: K, row: Row<V>, term: Term): void {
    if (this.#isClosed) return;
    const tags = this.#settings.tags?.of(key, row.value) ?? [];
    this.#hold(key, { row, tags, ...term });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#settings.maxEntries) return;
      this.#entries.delete(oldest);
    }
  }

  /** Brings in nothing: a later write may have come and gone meanwhile. */
  #replace(key: K, row: Row<V>, term: Term): void {
    const held = this.#entries.get(key);
    if (held === undefined || !this.#isGood(held)) return;
    if (held.row.version < row.version) this.#keep(key, row, term);
  }

  #hold(key: K, entry: Entry<V>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  /** Forgets all, in this process: for whoever learns that events were lost. */
  clear(): void {
    this.#entries.clear();
    this.#loads.clear();
  }

  /**
   * Refuses writes, and waits for those under way. Reads may go on, and ask the
   * table each time.
   */
  async close(): Promise<void> {
    await this.#writes.close();
    this.#unsubscribe();
    this.#isClosed = true;
    this.clear();
  }
}

interface Term {
  readonly end: number;
  /** Bumps of its tags that come later end the entry. */
  readonly bumpCount: number;
}

interface Entry<V> extends Term {
  readonly row: Row<V>;
  readonly tags: readonly string[];
}

interface Bump {
  readonly generation: number;
  /** Which one it is of all that this process has heard of. */
  readonly number: number;
  /** When it can be forgotten. */
  readonly end: number;
}

type Settings<K, V> = Required<Omit<TaggedCacheOptions<K, V>, 'tags'>> &
  Pick<TaggedCacheOptions<K, V>, 'tags'>;

function settingsFrom<K, V>(options: TaggedCacheOptions<K, V>): Settings<K, V> {
  const {
    busTimeoutMs = 50,
    ttlMs = 60_000,
    jitter = 0.2,
    keepWarm = false,
    maxEntries = 10_000,
    clock = systemClock,
    random = Math.random,
  } = options;
  expectDelay('busTimeoutMs', busTimeoutMs);
  expectDelay('ttlMs', ttlMs);
  expectSize('maxEntries', maxEntries);
  if (!(jitter >= 0 && jitter <= 1)) {
    throw unexpected('jitter', 'a number from 0 to 1', jitter);
  }
  return {
    ...options,
    busTimeoutMs,
    ttlMs,
    jitter,
    keepWarm,
    maxEntries,
    clock,
    random,
  };
}
