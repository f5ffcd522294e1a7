/** The process that the tests and demos start, and send signals to. */
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { WriteBehindCache } from '../../strategies/write-behind/write-behind-cache.ts';
import {
  exitAtOnce,
  exitBeforeTheFlush,
  serveWhileFlushing,
} from './careless-endings.ts';
import { endGracefully } from './graceful-ending.ts';
import type { ShutdownTimes } from './graceful-shutdown.ts';
import { HurriedClock } from './hurried-clock.ts';
import { sessionServer } from './service.ts';
import { type Session, SessionStore } from './session-store.ts';

export interface Settings {
  readonly database: string;
  readonly ending: keyof typeof carelessEndings | 'endGracefully';
  readonly times?: Partial<ShutdownTimes>;
  readonly maxBatchSize?: number;
  readonly maxDelayMs?: number;
}

const carelessEndings = {
  exitAtOnce,
  exitBeforeTheFlush,
  serveWhileFlushing,
};

const settings: Settings = JSON.parse(process.argv[2] ?? '');
const { database, ending, times = {} } = settings;
const { maxBatchSize = 100, maxDelayMs = 1000 } = settings;

// #region parts
const pool = new pg.Pool({ connectionString: database });
pool.on('error', (error) => console.log(error.message));
const clock = new HurriedClock();
const store = new SessionStore(pool);
const cache = new WriteBehindCache<string, Session>({
  ...{ store, clock, maxBatchSize, maxDelayMs },
});
let isReady = () => true;
const server = sessionServer(cache, () => isReady());
// #endregion parts

if (ending === 'endGracefully') {
  const shutdown = endGracefully({ cache, clock, server }, times);
  isReady = () => shutdown.isReady;
} else {
  carelessEndings[ending]({ cache, clock, server });
}
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`listens on ${port}.`);
});
