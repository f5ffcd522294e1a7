import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from '../../services/guard.ts';
import { startPostgres } from '../../services/postgres.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { keepIn } from './graceful-ending.ts';
import { lockSessions } from './locked-sessions.ts';
import type { Settings } from './main.ts';
import { ServiceProcess } from './service-process.ts';
import { createTable, SessionStore } from './session-store.ts';

/** Nothing of these tests depends on how long they take. */
const patient = { requestsMs: 600_000, drainMs: 600_000, progressMs: 20 };

let postgres: Server;

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);

afterAll(() => postgres?.stop());

// Windows ends a process that is sent a signal, and asks nobody.
const describeSignals = describe.skipIf(process.platform === 'win32');

describeSignals('a service under load', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'that %s ends has stored all that it has acknowledged',
    async (signal) => {
      const times = patient;
      await using service = await start({ times, maxBatchSize: 10 });
      await service.underLoad(8, (acknowledged) => {
        if (acknowledged === 400) service.signal(signal);
      });
      expect(await service.ended).toMatchObject({ code: 0, signal: null });
      const balance = await service.balance(postgres);
      expect(balance).toEqual({
        ...{ acknowledged: 8, stored: 8, kept: 0, lost: 0 },
      });
    },
  );

  test('whose database hangs ends in time, and has kept what is not stored', async () => {
    const times = { ...patient, drainMs: 300 };
    await using service = await start({ times, maxBatchSize: 10 });
    await using lock = await lockSessions(postgres);
    await service.underLoad(8, (acknowledged) => {
      if (acknowledged === 200) service.signal('SIGTERM');
    });
    expect(await service.ended).toMatchObject({ code: 1, signal: null });
    await lock.release();
    const balance = await service.balance(postgres);
    expect(balance).toMatchObject({ acknowledged: 8, lost: 0 });
  });

  test('whose database is gone has kept what is not stored', async () => {
    const times = patient;
    await using service = await start({ times });
    await postgres.kill();
    try {
      await service.underLoad(8, (acknowledged) => {
        if (acknowledged === 200) service.signal('SIGTERM');
      });
      expect(await service.ended).toMatchObject({ code: 1, signal: null });
    } finally {
      await postgres.restart();
    }
    expect(await service.balance(postgres)).toEqual({
      ...{ acknowledged: 8, stored: 0, kept: 8, lost: 0 },
    });
  });
});

describeSignals('a service that drains', () => {
  test('answers who is there, says what it does, and takes an echo for none', async () => {
    const times = { ...patient, echoMs: 600_000 };
    await using service = await start({ times, maxDelayMs: 600_000 });
    await using lock = await lockSessions(postgres);
    expect(await service.signIn('guest', 20)).toBe(20);
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    const request = await beginRequest(`${service.url}/linh`);

    service.signal('SIGINT');
    service.signal('SIGTERM');
    await service.printed('no new requests: 1 under way');
    const refused = once(net.connect(service.port, '127.0.0.1'), 'connect');
    await expect(refused).rejects.toThrow('ECONNREFUSED');
    request.end('{"page":"/checkout"}');
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(204);
    response.resume();
    await service.printed('draining: 21 writes to go\n'.repeat(3));
    await lock.release();

    expect(await service.ended).toMatchObject({ code: 0, signal: null });
    expect(service.lines.at(-1)).toBe('stored 21 writes, 0 are left');
    expect(await service.balance(postgres)).toMatchObject({ stored: 20 });
    await using pool = new Pool(postgres);
    const store = new SessionStore(pool);
    expect(await store.read('linh')).toEqual({ page: '/checkout' });
  });
});

describeSignals('a second signal to a service', () => {
  test.each([
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT'],
  ] as const)(
    'that drains, %s and then %s, ends it at once, and all is kept',
    async (first, second) => {
      const times = { ...patient, echoMs: 0 };
      await using service = await start({ times, maxDelayMs: 600_000 });
      await using lock = await lockSessions(postgres);
      expect(await service.signIn('guest', 20)).toBe(20);
      service.signal(first);
      await service.printed('draining: 20 writes to go');
      service.signal(second);
      expect(await service.ended).toMatchObject({ code: 1, signal: null });
      expect(service.lines).toContain(`${second} again: waits no more`);
      await lock.endWaiting();
      await lock.release();
      expect(await service.balance(postgres)).toEqual({
        ...{ acknowledged: 20, stored: 0, kept: 20, lost: 0 },
      });
    },
  );

  test('that waits for a request cuts it, and all others are kept', async () => {
    const times = { ...patient, echoMs: 0 };
    await using service = await start({ times, maxDelayMs: 600_000 });
    await using lock = await lockSessions(postgres);
    expect(await service.signIn('guest', 20)).toBe(20);
    const request = await beginRequest(`${service.url}/linh`);
    const cut = once(request, 'response');
    cut.catch(() => {});
    service.signal('SIGTERM');
    await service.printed('1 under way');
    service.signal('SIGTERM');
    await expect(cut).rejects.toThrow('socket hang up');
    expect(await service.ended).toMatchObject({ code: 1, signal: null });
    await lock.endWaiting();
    await lock.release();
    expect(await service.balance(postgres)).toMatchObject({
      ...{ acknowledged: 20, lost: 0 },
    });
  });

  test('that comes with a hundred others loses nothing either', async () => {
    const times = { ...patient, echoMs: 0 };
    await using service = await start({ times, maxBatchSize: 10 });
    await using lock = await lockSessions(postgres);
    await service.underLoad(8, (acknowledged) => {
      if (acknowledged !== 200) return;
      for (let times = 0; times < 50; times += 1) {
        service.signal('SIGTERM');
        service.signal('SIGINT');
      }
    });
    expect(await service.ended).toMatchObject({ code: 1, signal: null });
    await lock.endWaiting();
    await lock.release();
    const balance = await service.balance(postgres);
    expect(balance).toMatchObject({ acknowledged: 8, lost: 0 });
  });
});

test('what is kept stands behind what an earlier service has kept', async () => {
  await using guard = await Guard.open();
  const file = path.join(guard.directory, 'left.jsonl');
  for (const key of ['linh', 'haruka']) {
    await keepIn(file, [{ type: 'delete', key, version: 1 }]);
  }
  const kept = fs.readFileSync(file, 'utf8').trim().split('\n');
  expect(kept.map((line) => JSON.parse(line).key)).toEqual(['linh', 'haruka']);
});

describe('in PostgreSQL', () => {
  test('an older write changes nothing, and a deleted session stays so', async () => {
    await using pool = new Pool(postgres);
    await pool.query(`DROP TABLE IF EXISTS user_sessions; ${createTable}`);
    const store = new SessionStore(pool);
    const key = 'linh';
    const session = { page: '/home' };
    expect(await store.read(key)).toBeUndefined();
    await store.write([{ type: 'set', key, value: session, version: 2 }]);
    await store.write([{ type: 'delete', key, version: 1 }]);
    expect(await store.read(key)).toEqual(session);
    await store.write([{ type: 'delete', key, version: 3 }]);
    await store.write([{ type: 'set', key, value: session, version: 2 }]);
    expect(await store.read(key)).toBeUndefined();
  });
});

/** Resolves when the service waits for the rest of it. */
async function beginRequest(url: string): Promise<http.ClientRequest> {
  const request = http.request(url, {
    method: 'PUT',
    headers: { expect: '100-continue' },
  });
  request.flushHeaders();
  await once(request, 'continue');
  return request;
}

function start(settings: Partial<Settings>): Promise<ServiceProcess> {
  return ServiceProcess.start(postgres, {
    ending: 'endGracefully',
    ...settings,
  });
}
