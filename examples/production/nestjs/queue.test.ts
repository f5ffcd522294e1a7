import { describe, expect, test, vi } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { runApp } from './running-app.ts';
import { isSameSecret } from './same-secret.ts';
import { settingsFrom } from './settings.ts';

const path = '/cache-strategies/write-behind';
const token = 'a-token-of-16-characters';

/** Nothing is flushed, and an age is what the test makes it. */
async function runQueue(environment: Record<string, string> = {}) {
  const clock = new VirtualClock();
  const app = await runApp({ QUEUE_TOKEN: token, ...environment }, clock);
  const status = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const at = `${path}/queue/status`;
    const answer = await app.ask('GET', at, undefined, headers);
    return { status: answer.status, body: answer.body };
  };
  return { clock, app, status };
}

describe('the status of the queue', () => {
  test('tells everybody how many writes wait, and how long', async () => {
    const { clock, app, status } = await runQueue();
    await using _ = app;
    await app.ask('PUT', `${path}/1`, { stock: 1 });
    await app.ask('PUT', `${path}/1`, { stock: 2 });
    await clock.advance(250);
    await app.ask('PUT', `${path}/2`, { stock: 3 });
    expect(await status()).toEqual({
      status: 200,
      body: {
        queueSize: 2,
        oldestAgeMs: 250,
        accepted: 3,
        coalesced: 1,
        persisted: 0,
        retries: 0,
        deadLetters: 0,
      },
    });
  });

  test('shows the writes to who has the token', async () => {
    const { clock, app, status } = await runQueue();
    await using _ = app;
    await app.ask('PUT', `${path}/1`, { stock: 1 });
    await clock.advance(250);
    const { status: code, body } = await status(`Bearer ${token}`);
    expect(code).toBe(200);
    expect(body.pendingWrites).toEqual([
      {
        id: 1,
        status: 'pending',
        ageMs: 250,
        product: { name: 'Desk lamp', price: 49, stock: 1 },
      },
    ]);
    await clock.advance(750);
    const later = await status(`Bearer ${token}`);
    expect(later.body).toMatchObject({ queueSize: 0, pendingWrites: [] });
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    `Bearer ${token}x`,
    'Basic x',
  ])(
    'shows nothing at all to who has another one: "%s"',
    async (authorization) => {
      const { app, status } = await runQueue();
      await using _ = app;
      const { status: code, body } = await status(authorization);
      expect(code).toBe(401);
      expect(body).toEqual({
        statusCode: 401,
        error: 'Unauthorized',
        expected: ['no token, or the one of the queue'],
      });
    },
  );

  test('shows the writes to nobody where no token is set', async () => {
    const { app, status } = await runQueue({ QUEUE_TOKEN: '' });
    await using _ = app;
    for (const authorization of ['', 'Bearer ', 'Bearer undefined']) {
      expect((await status(authorization)).status).toBe(401);
    }
  });
});

test('a secret is the same, or it is not, however long it is', () => {
  expect(isSameSecret('secret', 'secret')).toBe(true);
  expect(isSameSecret('secreT', 'secret')).toBe(false);
  expect(isSameSecret('', 'secret')).toBe(false);
  expect(isSameSecret('secret, and much longer', 'secret')).toBe(false);
});

test('a full queue is a 503, and says when to come back', async () => {
  const { app, clock } = await runQueue({ MAX_PENDING: '2' });
  await using _ = app;
  for (const id of [1, 2, 3]) await app.ask('GET', `${path}/${id}`);
  app.database.rowsOf('write-behind').hang();
  expect((await app.ask('PUT', `${path}/1`, { stock: 1 })).status).toBe(202);
  expect((await app.ask('PUT', `${path}/2`, { stock: 1 })).status).toBe(202);
  const { status, headers, body } = await app.ask('PUT', `${path}/3`, {
    stock: 1,
  });
  expect(status).toBe(503);
  expect(body).toEqual({
    statusCode: 503,
    error: 'Service Unavailable',
    outcome: 'refused',
  });
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(30);
  expect(seconds).toBeLessThanOrEqual(60);
  // A key that waits already needs no room.
  expect((await app.ask('PUT', `${path}/1`, { stock: 9 })).status).toBe(202);
  app.database.rowsOf('write-behind').recover();
  await clock.advance(1000);
  expect((await app.ask('PUT', `${path}/3`, { stock: 1 })).status).toBe(202);
});

test('a full queue is a 503 after a read, if memory does not know the product', async () => {
  const { app } = await runQueue({ MAX_PENDING: '1' });
  await using _ = app;
  expect((await app.ask('PUT', `${path}/1`, { stock: 1 })).status).toBe(202);
  const rows = app.database.rowsOf('write-behind');
  rows.hang();
  const heard: string[] = [];
  const read = rows.read.bind(rows);
  const reading = new Promise<void>((resolve) => {
    vi.spyOn(rows, 'read').mockImplementation(async (id) => {
      resolve();
      const product = await read(id);
      heard.push('the row');
      return product;
    });
  });
  const put = app.ask('PUT', `${path}/2`, { stock: 1 });
  const answered = put.then(() => heard.push('the answer'));
  await Promise.race([reading, answered]);
  rows.recover();
  await answered;
  expect(heard).toEqual(['the row', 'the answer']);
  expect((await put).body).toMatchObject({ outcome: 'refused' });
});

describe('settings', () => {
  test.each([
    [{ PORT: 'http' }, 'PORT: expected a port, or 0 for a free one, got http'],
    [{ MAX_PENDING: '0' }, 'MAX_PENDING: expected a whole number above 0'],
    [{ QUEUE_TOKEN: 'short' }, 'QUEUE_TOKEN: expected 16 characters or more'],
    [{ CACHE_TIMEOUT_MS: 'soon' }, 'CACHE_TIMEOUT_MS: expected milliseconds'],
    [{ MAX_AGE_MS: '-1' }, 'MAX_AGE_MS: expected milliseconds from 0'],
    [{ MAX_AGE_MS: '1000' }, 'MAX_AGE_MS: expected more than MAX_DELAY_MS'],
    [{ DRAIN_MS: '-1' }, 'DRAIN_MS: expected milliseconds from 0'],
  ])('such as %j stop the process', (environment, message) => {
    expect(() => settingsFrom(environment)).toThrow(message);
  });

  test('need not be there', () => {
    expect(settingsFrom({})).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
      maxPending: 10_000,
    });
  });
});
