/**
 * A journal in a Redis Stream. What a consumer has appended is its own to
 * settle, and another's to take over when it is dead. To own it, copy this file
 * and those that it imports.
 */
import { expectDelay } from '../../shared/expect-option.ts';
import type { Journal, Settled } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';
import { Held } from './held.ts';
import {
  type Damage,
  JournalDamagedError,
  messageOf,
} from './journal-damage.ts';
import { decode, encode } from './journal-entry.ts';
import {
  RedisConnection,
  type RedisConnectionOptions,
} from './redis-connection.ts';

// #region options
export interface RedisStreamJournalOptions extends RedisConnectionOptions {
  readonly stream: string;
  /**
   * The name of this process, which its successor bears too, and nobody else at
   * the same time. Default: 'cache'.
   */
  readonly consumer?: string;
  /** Default: 'caches'. */
  readonly group?: string;
  /**
   * Milliseconds after which `replay` takes over what another consumer holds.
   * Longer than a living one needs to settle. Default: 60,000.
   */
  readonly reclaimAfterMs?: number;
  /**
   * Told of each part that cannot be replayed; the rest is. Without it,
   * `replay` rejects with a `JournalDamagedError`, which has the rest.
   */
  readonly onDamage?: (damage: Damage) => void;
}
// #endregion options

export class RedisStreamJournal<V> implements Journal<string, V> {
  readonly #redis: RedisConnection;
  readonly #stream: string;
  readonly #group: string;
  readonly #consumer: string;
  readonly #reclaimAfterMs: number;
  readonly #onDamage: RedisStreamJournalOptions['onDamage'];
  readonly #held = new Held<string>();
  /** Appends that have failed. What they wrote may be there. */
  #failed = 0;

  // #region open
  static async open<V>(
    options: RedisStreamJournalOptions,
  ): Promise<RedisStreamJournal<V>> {
    const { reclaimAfterMs = 60_000, stream } = options;
    expectDelay('reclaimAfterMs', reclaimAfterMs);
    const redis = await RedisConnection.open(stream, options);
    const journal = new RedisStreamJournal<V>(redis, options, reclaimAfterMs);
    try {
      await journal.#createGroup();
      return journal;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  async #createGroup(): Promise<void> {
    try {
      await this.#redis.ask('open', (client) =>
        client.xGroupCreate(this.#stream, this.#group, '0', { MKSTREAM: true }),
      );
    } catch (error) {
      const exists = messageOf(error).includes('BUSYGROUP');
      if (!exists) throw error;
    }
  }
  // #endregion open

  private constructor(
    redis: RedisConnection,
    options: RedisStreamJournalOptions,
    reclaimAfterMs: number,
  ) {
    this.#redis = redis;
    this.#stream = options.stream;
    this.#group = options.group ?? 'caches';
    this.#consumer = options.consumer ?? 'cache';
    this.#reclaimAfterMs = reclaimAfterMs;
    this.#onDamage = options.onDamage;
  }

  // #region append
  /** Added, delivered to ourselves and counted: all of it, or nothing. */
  async append(operation: Operation<string, V>): Promise<void> {
    const entry = encode(operation);
    const score = { value: 'last', score: operation.version };
    const lastVersion = this.#redis.keyOf('last-version');
    const unread = { key: this.#stream, id: '>' };
    try {
      await this.#redis.ask('append', async (client) => {
        const [id] = await client
          .multi()
          // A stream that is gone has lost its group: none must take its place.
          .xAddNoMkStream(this.#stream, '*', { entry })
          .xReadGroup(this.#group, this.#consumer, unread)
          .zAdd(lastVersion, score, { comparison: 'GT' })
          .execTyped();
        if (id !== null) this.#held.add(operation, id);
      });
    } catch (error) {
      this.#failed += 1;
      throw error;
    }
  }
  // #endregion append

  // #region settle
  /** Nobody needs them: not this group, and not the stream. */
  async settle(operations: readonly Settled<string>[]): Promise<void> {
    if (this.#failed > 0) await this.#findFailed();
    const ids = [...this.#held.settledBy(operations)];
    if (ids.length > 0) {
      await this.#redis.ask('settle', (client) =>
        client
          .multi()
          .xAck(this.#stream, this.#group, ids)
          .xDel(this.#stream, ids)
          .exec(),
      );
    }
    this.#held.remove(operations);
  }
  // #endregion settle

  async #findFailed(): Promise<void> {
    const failed = this.#failed;
    await this.#read();
    this.#failed -= failed;
  }

  // #region replay
  async replay(): Promise<readonly Operation<string, V>[]> {
    await this.#deliver();
    const trimmed = await this.#trimmed();
    // Told at once: what takes over what is held forgets what it cannot find.
    for (const part of trimmed) this.#onDamage?.(part);
    if (trimmed.length === 0 || this.#onDamage) await this.#reclaim();
    const { intact, damage } = await this.#read();
    for (const part of damage) this.#onDamage?.(part);
    const all = [...trimmed, ...damage];
    if (all.length === 0 || this.#onDamage) return intact;
    const lastVersion = await this.lastVersion();
    const salvage = { damage: all, intact, lastVersion };
    throw new JournalDamagedError(this.#stream, salvage);
  }

  /** What we hold. From now on, it can be settled. */
  async #read() {
    const intact: Operation<string, V>[] = [];
    const damage: Damage[] = [];
    for await (const { id, entry } of this.#pending(this.#consumer)) {
      if (entry === undefined) continue;
      try {
        const operation = decode<V>(entry);
        this.#held.add(operation, id);
        intact.push(operation);
      } catch (error) {
        const reason = messageOf(error);
        damage.push({ where: `entry ${id}`, reason, found: entry });
      }
    }
    return { intact, damage };
  }
  // #endregion replay

  /** What somebody has added who is not a journal. */
  async #deliver(): Promise<void> {
    const unread = { key: this.#stream, id: '>' };
    await this.#redis.ask('replay', (client) =>
      client.xReadGroup(this.#group, this.#consumer, unread),
    );
  }

  // #region reclaim
  /** Makes ours what others have held too long: they are dead. */
  async #reclaim(): Promise<void> {
    let next = '0-0';
    do {
      const { nextId } = await this.#redis.ask('replay', (client) =>
        client.xAutoClaimJustId(
          this.#stream,
          this.#group,
          this.#consumer,
          this.#reclaimAfterMs,
          next,
          { COUNT: pageSize },
        ),
      );
      next = nextId;
    } while (next !== '0-0');
  }
  // #endregion reclaim

  // #region trimmed
  /** Held by somebody, and not in the stream: a stranger has shortened it. */
  async #trimmed(): Promise<Damage[]> {
    const damage: Damage[] = [];
    for await (const { id, entry } of this.#pending()) {
      if (entry !== undefined) continue;
      // Or its owner has settled it since we asked who holds what.
      const [held] = await this.#redis.ask('replay', (client) =>
        client.xPendingRange(this.#stream, this.#group, id, id, 1),
      );
      if (held === undefined) continue;
      damage.push({ where: `entry ${id}`, reason: 'it was trimmed away' });
    }
    return damage;
  }
  // #endregion trimmed

  /** What the consumer holds, or any of them, with what the stream has of it. */
  async *#pending(consumer?: string) {
    const options = consumer === undefined ? {} : { consumer };
    let from = '-';
    for (;;) {
      const pending = await this.#redis.ask('replay', (client) =>
        client.xPendingRange(
          this.#stream,
          this.#group,
          from,
          '+',
          pageSize,
          options,
        ),
      );
      const [first] = pending;
      const last = pending.at(-1);
      if (first === undefined || last === undefined) return;
      const entries = await this.#redis.ask('replay', (client) =>
        client.xRange(this.#stream, first.id, last.id),
      );
      const texts = new Map(
        entries?.map(({ id, message: { entry } }) => [id, entry]),
      );
      for (const { id } of pending) yield { id, entry: texts.get(id) };
      from = `(${last.id}`;
    }
  }

  lastVersion(): Promise<number> {
    return this.#redis.lastVersion();
  }

  close(): Promise<void> {
    return this.#redis.close();
  }
}

const pageSize = 1000;
