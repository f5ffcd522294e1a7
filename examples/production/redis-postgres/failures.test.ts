import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { PoolConfig } from 'pg';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  test,
  vi,
} from 'vitest';
import { findCommand } from '../../services/command.ts';
import { Guard } from '../../services/guard.ts';
import { startPostgres } from '../../services/postgres.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { projectFile } from '../../shared/project-file.ts';
import { isPartialWriteError } from '../../shared/store.ts';
import type { WriteBehindOptions } from '../../strategies/write-behind/write-behind-cache.ts';
import { RedisStreamJournal } from '../../write-behind/durable-queue/redis-stream-journal.ts';
import { SqliteJournal } from '../../write-behind/durable-queue/sqlite-journal.ts';
import { errorKind } from '../../write-behind/retries-and-dead-letters/error-kind.ts';
import type { Settings } from './fixtures/visited.ts';
import { type Loaded, loadWith, visitNumber, WatchedStore } from './load.ts';
import { openPlace, type Place } from './place.ts';
import type { Session } from './sessions.ts';
import { verify } from './verify.ts';
import { sessionStore, sessionsBehind } from './wiring.ts';

const users = 20;
const visitsEach = 10;
const maxPending = 12;

describe.skipIf(findCommand('redis-server') === undefined)(
  'redis-server: while visitors go on,',
  () => {
    let postgres: Server;
    let redis: Server;
    let guard: Guard;
    let admin: Pool;
    const places: Place[] = [];
    const onDeadLetter = vi.fn();

    beforeAll(async () => {
      [postgres, redis, guard] = await Promise.all([
        startPostgres(),
        startRedis({ appendfsync: 'everysec' }),
        Guard.open(),
      ]);
      admin = new Pool(postgres);
    });

    afterEach(async () => {
      for (const place of places.splice(0)) await place.close();
      expect(onDeadLetter).not.toHaveBeenCalled();
    });

    afterAll(async () => {
      await admin?.end();
      await Promise.all([postgres?.stop(), redis?.stop(), guard?.close()]);
    });

    async function opened(config: PoolConfig = {}) {
      const errors: unknown[] = [];
      const watchers: (() => void)[] = [];
      const log = (error: unknown) => {
        errors.push(error);
        for (const watch of watchers.splice(0)) watch();
      };
      const place = await openPlace({ postgres, redis }, log, config);
      places.push(place);
      const cacheFails = () =>
        new Promise<void>((resolve) => watchers.push(resolve));
      return { place, cacheFails };
    }

    function newFile(): string {
      return path.join(guard.directory, `${randomUUID()}.journal`);
    }

    async function durable(
      place: Place,
      options: Partial<WriteBehindOptions<string, Session>> = {},
    ) {
      const file = newFile();
      const journal = await SqliteJournal.open<Session>({ file });
      const store = new WatchedStore(sessionStore(place));
      const cache = sessionsBehind(place, onDeadLetter, {
        ...{ store, journal, maxPending, maxDelayMs: 20 },
        retry: { attempts: 100_000, baseDelayMs: 10, maxDelayMs: 200 },
        ...options,
      });
      const close = async () => {
        await cache.close();
        await journal.close();
      };
      return { store, journal, file, cache, close };
    }

    /** All that was acknowledged is in the database, and as it was. */
    async function expectStored(place: Place, { last }: Loaded) {
      const sessions = new Map(
        [...last].map(([user, number]) => [user, visitNumber(number)]),
      );
      const verified = await verify(place, { sessions, views: new Map() });
      const all = { expected: users, found: users, equal: users };
      expect(verified.user_sessions).toEqual(all);
      return { verified, all };
    }

    /** The load meets the failure, which ends when it was felt. */
    async function play(
      { place }: { place: Place },
      failure: (isFelt: () => Promise<void>) => Promise<void>,
      isFelt: (error: unknown) => boolean = isTemporary,
    ) {
      const { store, cache, close } = await durable(place);
      const loaded = await loadWith({
        ...{ cache, users, visitsEach },
        async acknowledged(count) {
          if (count === 50) await failure(() => store.fails(isFelt));
        },
      });
      await cache.flush();
      expect(loaded.refused).toBe(0);
      expectBound(loaded);
      expect(cache.stats()).toMatchObject({ pending: 0, deadLettered: 0 });
      const { verified, all } = await expectStored(place, loaded);
      expect(verified['Redis sessions']).toEqual(all);
      await close();
    }

    test('PostgreSQL is killed and comes back', async () => {
      const { place } = await opened();
      await play({ place }, async (felt) => {
        await postgres.kill();
        await felt();
        await postgres.restart();
      });
    });

    test('connections are cut, again and again', async () => {
      const { place } = await opened();
      await play({ place }, async (felt) => {
        for (let times = 1; times <= 5; times += 1) {
          let isFelt = false;
          void felt().then(() => {
            isFelt = true;
          });
          while (!isFelt) await admin.query(cutConnections, [place.name]);
        }
      });
    });

    test('somebody has all connections of the pool', async () => {
      const { place } = await opened({ max: 2 });
      await play({ place }, async (felt) => {
        const { pool } = place;
        const held = [await pool.connect(), await pool.connect()];
        pool.options.connectionTimeoutMillis = 50;
        await felt();
        pool.options.connectionTimeoutMillis = 0;
        for (const client of held) client.release();
      });
    });

    test('somebody locks the table, and statements run out of time', async () => {
      const { place } = await opened({ statement_timeout: 500 });
      const isTimeout = (error: unknown) => codeOf(error) === '57014';
      await play(
        { place },
        async (felt) => {
          const client = await admin.connect();
          await client.query('BEGIN');
          await client.query(`LOCK TABLE ${place.name}.user_sessions`);
          await felt();
          await client.query('ROLLBACK');
          client.release();
        },
        isTimeout,
      );
    });

    test('Redis is killed and comes back: nobody is refused', async () => {
      const { place, cacheFails } = await opened();
      const { store, cache, close } = await durable(place);
      const loaded = await loadWith({
        ...{ cache, users, visitsEach },
        async acknowledged(count) {
          if (count !== 50) return;
          const felt = cacheFails();
          await redis.kill();
          await felt;
          const back = new Promise((resolve) =>
            place.redis.once('ready', resolve),
          );
          await redis.restart();
          await back;
        },
      });
      await cache.flush();
      expect(loaded.refused).toBe(0);
      expectBound(loaded);
      await store.inner.catchUp();
      const { verified, all } = await expectStored(place, loaded);
      expect(verified['Redis sessions']).toEqual(all);
      await close();
    });

    test('Redis is killed that has the journal, and comes back: who was refused may come again', async () => {
      const { place } = await opened();
      await using own = await startRedis({ appendfsync: 'always' });
      const stream = place.name;
      const journal = await RedisStreamJournal.open<Session>({
        ...{ url: own.url, stream },
      });
      const { cache, close } = await durable(place, { journal });
      let back: Promise<void> | undefined;
      const loaded = await loadWith({
        ...{ cache, users, visitsEach },
        async acknowledged(count) {
          if (count === 50) await own.kill();
        },
        async refused() {
          back ??= own.restart();
          await back;
          // The journal finds its way by itself, and must get the time for it.
          await setImmediate();
        },
      });
      expect(loaded.refused).toBeGreaterThan(0);
      expectBound(loaded);
      await cache.flush();
      expect(cache.stats()).toMatchObject({ pending: 0, deadLettered: 0 });
      const { verified, all } = await expectStored(place, loaded);
      expect(verified['Redis sessions']).toEqual(all);
      await close();
      await journal.close();
    });

    test('PostgreSQL is killed, and then the process: the next one stores all', async () => {
      const { place } = await opened();
      const file = newFile();
      const program = 'examples/production/redis-postgres/fixtures/visited.ts';
      const settings: Settings = {
        addresses: { postgres, redis },
        ...{ name: place.name, file, users, maxPending },
      };
      const visited = guard.run(process.execPath, [
        ...['--import', typeScript(), projectFile(program)],
        JSON.stringify(settings),
      ]);
      await visited.printed('acknowledged');
      await postgres.kill();
      await visited.printed('full');
      await visited.kill();
      await postgres.restart();
      const services = place;
      // #region durable
      const next = await SqliteJournal.open<Session>({ file });
      const options = { journal: next };
      const sessions = sessionsBehind(services, onDeadLetter, options);
      // #endregion durable
      await sessions.flush();
      const acknowledged = visited.output.matchAll(
        /^acknowledged: (\S+) (\d+), waiting: (\d+)$/gm,
      );
      let mostWaiting = 0;
      const last = new Map<string, number>();
      for (const [, user = '', number, waiting] of acknowledged) {
        last.set(user, Number(number));
        mostWaiting = Math.max(mostWaiting, Number(waiting));
      }
      expect(mostWaiting).toBe(maxPending);
      // The last ones may have been acknowledged, and not have come to us.
      for (const [user, number] of last) {
        const { lastActivity } = (await sessions.get(user)) ?? {};
        expect(lastActivity, user).toBeGreaterThanOrEqual(number);
      }
      await sessions.close();
      await next.close();
    });
  },
);

/** There are more visitors than that, so it is reached. */
function expectBound({ mostWaiting, mostHeld }: Loaded): void {
  expect(mostWaiting).toBe(maxPending);
  // Of each key, one write is on its way and one waits, at most.
  expect(mostHeld).toBeLessThanOrEqual(2 * maxPending);
}

/** It runs in a directory of its own, where no packages are. */
function typeScript(): string {
  const file = projectFile('node_modules/jiti/lib/jiti-register.mjs');
  return pathToFileURL(file).href;
}

const cutConnections = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = $1`;

function isTemporary(error: unknown): boolean {
  return errorKind(causeOf(error)) === 'temporary';
}

function codeOf(error: unknown): unknown {
  const cause = causeOf(error);
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

function causeOf(error: unknown): unknown {
  return isPartialWriteError(error) ? error.cause : error;
}
