/**
 * A journal in a Redis Stream. What a consumer has appended is its own to
 * settle, and another's to take over when it is dead. To own it, copy this file
 * and those that it imports.
 */
import type { RedisClientType } from 'redis';
import type { Clock } from '../../shared/clock.ts';
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
import { RedisConnection } from './redis-connection.ts';

// #region options
export interface RedisStreamJournalOptions {
  readonly url: string;
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
  /** Milliseconds after which an unanswered call rejects. Default: 5000. */
  readonly timeoutMs?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
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
  readonly #version: string;
  readonly #group: string;
  readonly #consumer: string;
  readonly #reclaimAfterMs: number;
  readonly #onDamage: ((damage: Damage) => void) | undefined;
  readonly #held = new Held<string>();

  // #region open
  static async open<V>(
    options: RedisStreamJournalOptions,
  ): Promise<RedisStreamJournal<V>> {
    const { url, stream: name, timeoutMs, clock } = options;
    const { group = 'caches', reclaimAfterMs = 60_000 } = options;
    expectDelay('reclaimAfterMs', reclaimAfterMs);
    const redis = await RedisConnection.open({ url, name, timeoutMs, clock });
    await redis.ask('open', (client) => createGroup(client, name, group));
    return new RedisStreamJournal(redis, { ...options, group, reclaimAfterMs });
  }
  // #endregion open

  private constructor(
    redis: RedisConnection,
    options: RedisStreamJournalOptions & {
      readonly group: string;
      readonly reclaimAfterMs: number;
    },
  ) {
    this.#redis = redis;
    this.#stream = options.stream;
    // The braces keep both keys on the same node of a cluster.
    this.#version = `{${options.stream}}:last-version`;
    this.#group = options.group;
    this.#consumer = options.consumer ?? 'cache';
    this.#reclaimAfterMs = options.reclaimAfterMs;
    this.#onDamage = options.onDamage;
  }

  // #region append
  /** Added, delivered to ourselves and counted: all of it, or nothing. */
  async append(operation: Operation<string, V>): Promise<void> {
    const entry = encode(operation);
    const { version } = operation;
    await this.#redis.ask('append', async (client) => {
      const [id] = await client
        .multi()
        .xAdd(this.#stream, '*', { entry })
        .xReadGroup(this.#group, this.#consumer, {
          key: this.#stream,
          id: '>',
        })
        .zAdd(
          this.#version,
          { value: 'last', score: version },
          { comparison: 'GT' },
        )
        .execTyped();
      this.#held.add(operation, id);
    });
  }
  // #endregion append

  // #region settle
  /** Nobody needs them: not this group, and not the stream. */
  async settle(operations: readonly Settled<string>[]): Promise<void> {
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

  // #region replay
  async replay(): Promise<readonly Operation<string, V>[]> {
    await this.#deliver();
    const damage = await this.#trimmed();
    // Told at once: what takes over what is held forgets what it cannot find.
    for (const part of damage) this.#onDamage?.(part);
    if (damage.length === 0 || this.#onDamage) await this.#reclaim();
    const intact: Operation<string, V>[] = [];
    for await (const { id, entry } of this.#pending(this.#consumer)) {
      if (entry === undefined) continue;
      try {
        const operation = decode<V>(entry);
        this.#held.add(operation, id);
        intact.push(operation);
      } catch (error) {
        const reason = messageOf(error);
        const part = { where: `entry ${id}`, reason, found: entry };
        this.#onDamage?.(part);
        damage.push(part);
      }
    }
    if (damage.length === 0 || this.#onDamage) return intact;
    const lastVersion = await this.lastVersion();
    const salvage = { damage, intact, lastVersion };
    throw new JournalDamagedError(this.#stream, salvage);
  }
  // #endregion replay

  /** What somebody has added who is not a journal. */
  async #deliver(): Promise<void> {
    const { key, id } = { key: this.#stream, id: '>' };
    await this.#redis.ask('replay', (client) =>
      client.xReadGroup(this.#group, this.#consumer, { key, id }),
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

  /** Held by somebody, and not in the stream: a stranger has shortened it. */
  async #trimmed(): Promise<Damage[]> {
    const damage: Damage[] = [];
    for await (const { id, entry } of this.#pending()) {
      if (entry !== undefined) continue;
      damage.push({ where: `entry ${id}`, reason: 'it was trimmed away' });
    }
    return damage;
  }

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

  async lastVersion(): Promise<number> {
    const score = await this.#redis.ask('lastVersion', (client) =>
      client.zScore(this.#version, 'last'),
    );
    return score ?? 0;
  }

  async close(): Promise<void> {
    await this.#redis.close();
  }
}

const pageSize = 1000;

async function createGroup(
  client: RedisClientType,
  stream: string,
  group: string,
): Promise<void> {
  try {
    await client.xGroupCreate(stream, group, '0', { MKSTREAM: true });
  } catch (error) {
    const exists =
      error instanceof Error && error.message.includes('BUSYGROUP');
    if (!exists) throw error;
  }
}
