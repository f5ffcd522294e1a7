/**
 * A journal in Redis lists: one that is appended to, one that holds what a
 * process has taken and not settled, and one for what nobody can store. To own
 * it, copy this file and those that it imports.
 */
import type { Clock } from '../../shared/clock.ts';
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

export interface RedisListJournalOptions {
  readonly url: string;
  /** The key of the list; those of the others begin with it. */
  readonly list: string;
  /** Milliseconds after which an unanswered call rejects. Default: 5000. */
  readonly timeoutMs?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
  /**
   * Told of each entry that cannot be replayed, which goes to the dead letters;
   * the rest is replayed. Without it, `replay` rejects with a
   * `JournalDamagedError`, which has the rest.
   */
  readonly onDamage?: (damage: Damage) => void;
}

/** On the dead-letter list, as JSON. */
export interface BuriedEntry {
  readonly entry: string;
  readonly reason: string;
}

export class RedisListJournal<V> implements Journal<string, V> {
  readonly #redis: RedisConnection;
  readonly #list: string;
  readonly #processing: string;
  readonly #dead: string;
  readonly #version: string;
  readonly #onDamage: ((damage: Damage) => void) | undefined;
  readonly #held = new Held<string>();

  static async open<V>(
    options: RedisListJournalOptions,
  ): Promise<RedisListJournal<V>> {
    const { url, list: name, timeoutMs, clock } = options;
    const redis = await RedisConnection.open({ url, name, timeoutMs, clock });
    return new RedisListJournal(redis, options);
  }

  private constructor(
    redis: RedisConnection,
    { list, onDamage }: RedisListJournalOptions,
  ) {
    this.#redis = redis;
    this.#onDamage = onDamage;
    this.#list = list;
    // The braces keep all keys on the same node of a cluster.
    this.#processing = `{${list}}:processing`;
    this.#dead = `{${list}}:dead`;
    this.#version = `{${list}}:last-version`;
  }

  // #region append
  async append(operation: Operation<string, V>): Promise<void> {
    const entry = encode(operation);
    const score = { value: 'last', score: operation.version };
    await this.#redis.ask('append', async (client) => {
      await client
        .multi()
        .rPush(this.#list, entry)
        .zAdd(this.#version, score, { comparison: 'GT' })
        .exec();
      this.#held.add(operation, entry);
    });
  }
  // #endregion append

  // #region settle
  async settle(operations: readonly Settled<string>[]): Promise<void> {
    const entries = this.#held.settledBy(operations);
    if (entries.length > 0) {
      await this.#redis.ask('settle', (client) => {
        const multi = client.multi();
        for (const entry of entries) {
          // From the head, where the oldest is.
          multi.lRem(this.#list, 1, entry);
          multi.lRem(this.#processing, 1, entry);
        }
        return multi.exec();
      });
    }
    this.#held.remove(operations);
  }
  // #endregion settle

  // #region replay
  async replay(): Promise<readonly Operation<string, V>[]> {
    await this.#take();
    const entries = await this.#redis.ask('replay', (client) =>
      client.lRange(this.#processing, 0, -1),
    );
    const intact: Operation<string, V>[] = [];
    const damage: (Damage & { readonly found: string })[] = [];
    for (const [index, entry] of entries.entries()) {
      try {
        const operation = decode<V>(entry);
        this.#held.add(operation, entry);
        intact.push(operation);
      } catch (error) {
        const where = `entry ${index + 1}`;
        damage.push({ where, reason: messageOf(error), found: entry });
      }
    }
    if (damage.length > 0 && this.#onDamage === undefined) {
      const lastVersion = await this.lastVersion();
      const salvage = { damage, intact, lastVersion };
      throw new JournalDamagedError(this.#list, salvage);
    }
    for (const part of damage) {
      this.#onDamage?.(part);
      await this.#moveToDead(part.found, part.reason);
    }
    return intact;
  }
  // #endregion replay

  // #region take
  /** Each entry is on one of the two lists at every moment. */
  async #take(): Promise<void> {
    for (;;) {
      const moved = await this.#redis.ask('replay', (client) =>
        Promise.all(
          Array.from({ length: 100 }, () =>
            client.lMove(this.#list, this.#processing, 'LEFT', 'RIGHT'),
          ),
        ),
      );
      if (moved.includes(null)) return;
    }
  }
  // #endregion take

  // #region bury
  /** For the cache's `onDeadLetter`: off the one list, and on the other. */
  async bury(operation: Operation<string, V>, reason: string): Promise<void> {
    await this.#moveToDead(encode(operation), reason);
  }

  async deadLetters(): Promise<readonly BuriedEntry[]> {
    const letters = await this.#redis.ask('deadLetters', (client) =>
      client.lRange(this.#dead, 0, -1),
    );
    return letters.map((letter): BuriedEntry => JSON.parse(letter));
  }

  async #moveToDead(entry: string, reason: string): Promise<void> {
    const letter: BuriedEntry = { entry, reason };
    await this.#redis.ask('bury', (client) =>
      client
        .multi()
        .rPush(this.#dead, JSON.stringify(letter))
        .lRem(this.#list, 1, entry)
        .lRem(this.#processing, 1, entry)
        .exec(),
    );
  }
  // #endregion bury

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
