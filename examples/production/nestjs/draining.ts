/** From a signal to the end of the process, in the order that loses nothing. */
import type { Server } from 'node:http';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { systemClock } from '../../shared/clock.ts';
import { within } from '../../shared/timeout.ts';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import { GracefulShutdown } from '../../write-behind/shutdown/graceful-shutdown.ts';
import { HttpRequests } from '../../write-behind/shutdown/http-requests.ts';
import { HurriedClock } from '../../write-behind/shutdown/hurried-clock.ts';
import { DATABASE, type Database } from './database.ts';
import { LeftWrites } from './left-writes.ts';
import type { Product } from './products.ts';
import { SETTINGS, type Settings } from './settings.ts';

@Injectable()
export class Draining
  implements OnModuleInit, OnModuleDestroy, OnApplicationShutdown
{
  readonly #cache: WriteBehindCache<string, Product>;
  readonly #clock: HurriedClock;
  readonly #left: LeftWrites<string, Product>;
  readonly #host: HttpAdapterHost;
  readonly #database: Database;
  readonly #settings: Settings;
  readonly #log = new Logger(Draining.name);
  #shutdown: GracefulShutdown<string, Product> | undefined;

  constructor(
    cache: WriteBehindCache<string, Product>,
    clock: HurriedClock,
    left: LeftWrites<string, Product>,
    host: HttpAdapterHost,
    @Inject(DATABASE) database: Database,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.#cache = cache;
    this.#clock = clock;
    this.#left = left;
    this.#host = host;
    this.#database = database;
    this.#settings = settings;
  }

  get isReady(): boolean {
    return this.#shutdown?.isReady ?? false;
  }

  // #region hooks
  /** The server is there, and does not listen yet. */
  onModuleInit(): void {
    const { noticeMs, drainMs } = this.#settings;
    const server: Server = this.#host.httpAdapter.getHttpServer();
    this.#shutdown = new GracefulShutdown({
      requests: new HttpRequests(server),
      cache: this.#cache,
      clock: this.#clock,
      keep: (left) => this.#left.keep(left),
      noticeMs,
      drainMs,
      print: (line) => this.#log.log(line),
      process: {
        on: (signal, listener) => process.on(signal, listener),
        off: (signal, listener) => process.off(signal, listener),
        // The process has connections to close before.
        exit: (code) => {
          if (code !== 0) process.exitCode = code;
        },
      },
    });
  }

  /** The first of all hooks: after it, the cache module leaves Redis. */
  async onModuleDestroy(): Promise<void> {
    await this.#shutdown?.begin('the application closes');
  }

  /** The last: Nest would end the process by the signal, without its code. */
  async onApplicationShutdown(signal?: string): Promise<void> {
    // A connection to a database that hangs is not waited for.
    const closed = within(systemClock, 1000, this.#database.close());
    await closed.catch((error) => this.#log.warn(error));
    if (signal !== undefined) process.exit();
  }
  // #endregion hooks
}
