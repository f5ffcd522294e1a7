import { createClient, type RedisClientType } from 'redis';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { expectDelay } from '../../shared/expect-option.ts';
import { within } from '../../shared/timeout.ts';

export interface RedisConnectionOptions {
  readonly url: string;
  /** Whose it is, for the errors. */
  readonly name: string;
  /** Milliseconds after which an unanswered call rejects. Default: 5000. */
  readonly timeoutMs?: number | undefined;
  /** Default: the system's. A test passes one that it moves itself. */
  readonly clock?: Clock | undefined;
}

/** Answers or rejects, and never keeps a call for a better day. */
export class RedisConnection {
  readonly #client: RedisClientType;
  readonly #name: string;
  readonly #timeoutMs: number;
  readonly #clock: Clock;

  // #region connect
  static async open(options: RedisConnectionOptions): Promise<RedisConnection> {
    const { url, name, timeoutMs = 5000, clock = systemClock } = options;
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
    const connection = new RedisConnection(client, name, timeoutMs, clock);
    try {
      await connection.ask('connect', () => client.connect());
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
    name: string,
    timeoutMs: number,
    clock: Clock,
  ) {
    this.#client = client;
    this.#name = name;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
  }

  // #region ask
  async ask<T>(
    what: string,
    work: (client: RedisClientType) => Promise<T>,
  ): Promise<T> {
    try {
      return await within(this.#clock, this.#timeoutMs, work(this.#client));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${this.#name}: ${what} failed: ${reason}`, {
        cause: error,
      });
    }
  }
  // #endregion ask

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
