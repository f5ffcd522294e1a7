/** A journal in a Redis list, as it must not be done. */
import type { Journal, Settled } from '../../shared/journal.ts';
import type { Operation } from '../../shared/store.ts';
import { decode, encode } from './journal-entry.ts';
import { RedisConnection } from './redis-connection.ts';

export class PoppedListJournal<V> implements Journal<string, V> {
  readonly #redis: RedisConnection;
  readonly #list: string;

  static async open<V>(options: {
    readonly url: string;
    readonly list: string;
  }): Promise<PoppedListJournal<V>> {
    const { url, list } = options;
    const redis = await RedisConnection.open(list, { url });
    return new PoppedListJournal(redis, list);
  }

  private constructor(redis: RedisConnection, list: string) {
    this.#redis = redis;
    this.#list = list;
  }

  async append(operation: Operation<string, V>): Promise<void> {
    const score = { value: 'last', score: operation.version };
    await this.#redis.ask('append', (client) =>
      client
        .multi()
        .rPush(this.#list, encode(operation))
        .zAdd(this.#redis.keyOf('last-version'), score, { comparison: 'GT' })
        .exec(),
    );
  }

  // #region replay
  async replay(): Promise<readonly Operation<string, V>[]> {
    const operations: Operation<string, V>[] = [];
    for (;;) {
      const entry = await this.#redis.ask(
        'replay',
        (client) =>
          // #region bug
          client.lPop(this.#list),
        // #endregion bug
      );
      if (entry === null) return operations;
      operations.push(decode(entry));
    }
  }

  /** What was popped is forgotten already. */
  async settle(_: readonly Settled<string>[]): Promise<void> {}
  // #endregion replay

  lastVersion(): Promise<number> {
    return this.#redis.lastVersion();
  }

  close(): Promise<void> {
    return this.#redis.close();
  }
}
