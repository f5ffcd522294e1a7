/**
 * A journal in Redis lists: one that is appended to, one that holds what a
 * process has taken and not settled, and one for what nobody can store. To own
 * it, copy this file and those that it imports.
 */
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

export interface RedisListJournalOptions extends RedisConnectionOptions {
  /** The key of the list; those of the others begin with it. */
  readonly list: string;
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
  readonly #onDamage: RedisListJournalOptions['onDamage'];
  readonly #held = new Held<string>();
  /** Appends that have failed. What they wrote may be there. */
  #failed = 0;

  static async open<V>(
    options: RedisListJournalOptions,
  ): Promise<RedisListJournal<V>> {
    const redis = await RedisConnection.open(options.list, options);
    return new RedisListJournal(redis, options);
  }

  private constructor(
    redis: RedisConnection,
    { list, onDamage }: RedisListJournalOptions,
  ) {
    this.#redis = redis;
    this.#onDamage = onDamage;
    this.#list = list;
    this.#processing = redis.keyOf('processing');
    this.#dead = redis.keyOf('dead');
  }

  // #region append
  async append(operation: Operation<string, V>): Promise<void> {
    const entry = encode(operation);
    const score = { value: 'last', score: operation.version };
    const lastVersion = this.#redis.keyOf('last-version');
    try {
      await this.#redis.ask('append', async (client) => {
        await client
          .multi()
          .rPush(this.#list, entry)
          .zAdd(lastVersion, score, { comparison: 'GT' })
          .exec();
        this.#held.add(operation, entry);
      });
    } catch (error) {
      this.#failed += 1;
      throw error;
    }
  }
  // #endregion append

  // #region settle
  async settle(operations: readonly Settled<string>[]): Promise<void> {
    if (this.#failed > 0) await this.#findFailed();
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

  async #findFailed(): Promise<void> {
    const failed = this.#failed;
    const lists = await this.#redis.ask('settle', (client) =>
      Promise.all([
        client.lRange(this.#processing, 0, -1),
        client.lRange(this.#list, 0, -1),
      ]),
    );
    this.#read(lists.flat());
    this.#failed -= failed;
  }
  // #endregion settle

  // #region replay
  async replay(): Promise<readonly Operation<string, V>[]> {
    await this.#take();
    const entries = await this.#redis.ask('replay', (client) =>
      client.lRange(this.#processing, 0, -1),
    );
    const { intact, damage } = this.#read(entries);
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

  /** From now on, they can be settled. */
  #read(entries: readonly string[]) {
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
    return { intact, damage };
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

  lastVersion(): Promise<number> {
    return this.#redis.lastVersion();
  }

  close(): Promise<void> {
    return this.#redis.close();
  }
}
