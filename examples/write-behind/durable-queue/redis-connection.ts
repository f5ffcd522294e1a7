import { createClient, MultiErrorReply, type RedisClientType } from 'redis';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import { within } from '../../shared/timeout.ts';
import { messageOf } from './journal-damage.ts';

export interface RedisConnectionOptions {
  readonly url: string;
  /** Milliseconds after which an unanswered call rejects. Default: 5000. */
  readonly timeoutMs?: number;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock;
}

/** Answers or rejects, and never keeps a call for a better day. */
export class RedisConnection {
  readonly #client: RedisClientType;
  readonly #journal: string;
  readonly #timeoutMs: number;
  readonly #clock: Clock;

  // #region connect
  /** For the journal at that key, which its errors name. */
  static async open(
    journal: string,
    options: RedisConnectionOptions,
  ): Promise<RedisConnection> {
    const { url, timeoutMs = 5000, clock = systemClock } = options;
    expectDelay('timeoutMs', timeoutMs);
    let isOpen = false;
    const client: RedisClientType = createClient({
      url,
      // What is not sent now is not sent later: its caller was told of an error.
      disableOfflineQueue: true,
      socket: {
        connectTimeout: timeoutMs,
        reconnectStrategy: (retries, cause) =>
          isOpen ? Math.min(50 * 2 ** retries, 1000) : cause,
      },
    });
    // Every call says it to its own caller.
    client.on('error', () => {});
    const connection = new RedisConnection(client, journal, timeoutMs, clock);
    try {
      await connection.#answer('connect', () => client.connect());
      await connection.ask('open', expectNoEviction);
    } catch (error) {
      client.destroy();
      throw error;
    }
    isOpen = true;
    return connection;
  }
  // #endregion connect

  private constructor(
    client: RedisClientType,
    journal: string,
    timeoutMs: number,
    clock: Clock,
  ) {
    this.#client = client;
    this.#journal = journal;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
  }

  // #region ask
  async ask<T>(
    what: string,
    work: (client: RedisClientType) => Promise<T>,
  ): Promise<T> {
    return this.#answer(what, async (client) => {
      // The client would keep a transaction until it is connected again.
      const isLost = client.isOpen && !client.isReady;
      if (isLost) throw new Error('there is no connection');
      return work(client);
    });
  }

  async #answer<T>(
    what: string,
    work: (client: RedisClientType) => Promise<T>,
  ): Promise<T> {
    try {
      return await within(this.#clock, this.#timeoutMs, work(this.#client));
    } catch (error) {
      const reason = messageOf(firstOf(error));
      throw new Error(`${this.#journal}: ${what} failed: ${reason}`, {
        cause: error,
      });
    }
  }
  // #endregion ask

  /** The braces keep it on the node of a cluster that has the journal. */
  keyOf(part: string): string {
    return `{${this.#journal}}:${part}`;
  }

  async lastVersion(): Promise<number> {
    const score = await this.ask('lastVersion', (client) =>
      client.zScore(this.keyOf('last-version'), 'last'),
    );
    return score ?? 0;
  }

  /** Waits for the answers that are under way, if they come. */
  async close(): Promise<void> {
    if (!this.#client.isOpen) return;
    try {
      await this.ask('close', () => this.#client.close());
    } catch {
      this.#client.destroy();
    }
  }
}

/** A journal is a key among others, and evicted as one. */
async function expectNoEviction(client: RedisClientType): Promise<void> {
  const memory = await client.info('memory');
  const [, policy] = memory.match(/^maxmemory_policy:(allkeys-\S+)/m) ?? [];
  if (policy === undefined) return;
  throw new Error(`maxmemory-policy: expected noeviction, got ${policy}`);
}

/** Of a transaction, the error says only that there are some. */
function firstOf(error: unknown): unknown {
  if (!(error instanceof MultiErrorReply)) return error;
  const [first] = error.errors();
  return first ?? error;
}
