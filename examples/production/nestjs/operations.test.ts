import { ConsoleLogger } from '@nestjs/common';
import { expect, test, vi } from 'vitest';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { ConnectionError } from '../redis-postgres/postgres-query.ts';
import { apiOf } from './app.ts';
import { strategies } from './database.ts';
import { runApp } from './running-app.ts';

const path = '/cache-strategies/write-behind';

test('while the database hangs, the process is alive and not ready', async () => {
  const clock = new VirtualClock();
  await using app = await runApp({}, clock);
  expect((await app.ask('GET', '/health/ready')).body).toEqual({
    state: 'healthy',
    reasons: [],
  });
  await app.ask('GET', `${path}/1`);
  app.database.rowsOf('write-behind').hang();
  await app.ask('PUT', `${path}/1`, { stock: 1 });
  await clock.advance(60_001);
  const ready = await app.ask('GET', '/health/ready');
  expect(ready.status).toBe(503);
  expect(ready.body).toEqual({
    statusCode: 503,
    error: 'Service Unavailable',
    state: 'unhealthy',
    reasons: ['oldestAgeMs is 60001, above 60000'],
  });
  expect(await app.ask('GET', '/health/live')).toMatchObject({
    status: 200,
    body: { state: 'alive' },
  });
  app.database.rowsOf('write-behind').recover();
});

test('a database that refuses connections for ten minutes costs no write', async () => {
  const clock = new VirtualClock();
  await using app = await runApp({}, clock);
  const rows = app.database.rowsOf('write-behind');
  rows.breakKey('1', new ConnectionError('connection refused'));
  expect((await app.ask('PUT', `${path}/1`, { stock: 1 })).status).toBe(202);
  await clock.advance(59_000);
  expect((await app.ask('GET', '/health/ready')).body.state).toBe('degraded');
  await clock.advance(541_000);
  expect((await app.ask('GET', '/health/ready')).status).toBe(503);
  rows.mendKey('1');
  await clock.advance(10_000);
  expect(rows.peek('1')?.stock).toBe(1);
  expect((await app.ask('GET', '/health/ready')).body.state).toBe('healthy');
});

test('a queue that is nearly full makes it unready, by its own bound', async () => {
  await using app = await runApp({ MAX_PENDING: '2' }, new VirtualClock());
  await app.ask('PUT', `${path}/1`, { stock: 1 });
  expect((await app.ask('GET', '/health/ready')).body.state).toBe('healthy');
  await app.ask('PUT', `${path}/2`, { stock: 1 });
  expect((await app.ask('GET', '/health/ready')).body.reasons).toEqual([
    'queueSize is 2, above 1',
  ]);
});

test('an age that is configured keeps it ready through an outage', async () => {
  const clock = new VirtualClock();
  await using app = await runApp({ MAX_AGE_MS: '3600000' }, clock);
  await app.ask('GET', `${path}/1`);
  const rows = app.database.rowsOf('write-behind');
  rows.hang();
  await app.ask('PUT', `${path}/1`, { stock: 1 });
  await clock.advance(600_001);
  const degraded = await app.ask('GET', '/health/ready');
  await clock.advance(3_000_000);
  const unhealthy = await app.ask('GET', '/health/ready');
  rows.recover();
  expect(degraded).toMatchObject({ status: 200, body: { state: 'degraded' } });
  expect(unhealthy).toMatchObject({
    status: 503,
    body: { reasons: ['oldestAgeMs is 3600001, above 3600000'] },
  });
});

test('one that ends is not ready, and still answers', async () => {
  const clock = new VirtualClock();
  const app = await runApp({ NOTICE_MS: '5000' }, clock);
  const closed = app.app.close();
  const ready = await app.ask('GET', '/health/ready');
  expect(ready.status).toBe(503);
  expect(ready.body.reasons).toEqual(['the process is ending']);
  const put = await app.ask('PUT', `${path}/1`, { stock: 1 });
  expect(put.status).toBe(202);
  await clock.advance(5000);
  await closed;
  expect(app.database.rowsOf('write-behind').peek('1')?.stock).toBe(1);
});

test('Prometheus sees the queue, and requests by their routes', async () => {
  await using app = await runApp({}, new VirtualClock());
  await app.ask('PUT', `${path}/1`, { stock: 1 });
  await app.ask('GET', '/made-up/by-a-stranger');
  const { headers, body } = await app.ask('GET', '/metrics');
  expect(headers.get('content-type')).toContain('version=0.0.4');
  const text = body.text ?? '';
  expect(text).toContain('write_behind_queue_size{cache="products"} 1\n');
  expect(text).toContain(
    'http_request_duration_seconds_count{method="PUT",route="/cache-strategies/write-behind/:id",status="202"} 1\n',
  );
  expect(text).toContain('route="none",status="404"');
  expect(text).not.toContain('stranger');
});

test('the description of the API has all endpoints and their bounds', async () => {
  await using app = await runApp();
  const { body } = await app.ask('GET', '/docs-json');
  const { paths = {}, components } = body;
  expect(Object.keys(paths).sort()).toEqual(
    [
      ...strategies.map((strategy) => `/cache-strategies/${strategy}/{id}`),
      '/cache-strategies/write-behind/queue/status',
    ].sort(),
  );
  for (const strategy of strategies) {
    const endpoints = paths[`/cache-strategies/${strategy}/{id}`];
    expect(Object.keys(endpoints ?? {}).sort()).toEqual(['get', 'put']);
    const isBehind = strategy === 'write-behind';
    expect(endpoints?.put).toHaveProperty([
      'responses',
      isBehind ? '202' : '200',
    ]);
  }
  expect(components?.schemas?.ChangeProduct).toMatchObject({
    properties: {
      price: { type: 'number', minimum: 0, maximum: 1_000_000 },
      stock: { type: 'integer' },
    },
  });
});

test('the description of the API has the bounds of an id', async () => {
  await using app = await runApp();
  const { paths } = apiOf(app.app);
  const id = {
    ...{ name: 'id', in: 'path', required: true },
    schema: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
  };
  for (const strategy of strategies) {
    const endpoints = paths[`/cache-strategies/${strategy}/{id}`];
    expect(endpoints?.get?.parameters).toEqual([id]);
    expect(endpoints?.put?.parameters).toEqual([id]);
  }
});

test('the description of the API has each refusal, and what it says', async () => {
  await using app = await runApp();
  const { paths } = apiOf(app.app);
  const statuses = (operation: { responses: object } | undefined) =>
    Object.keys(operation?.responses ?? {}).map(Number);
  const refusals = [400, 404, 500, 503];
  for (const strategy of strategies) {
    const endpoints = paths[`/cache-strategies/${strategy}/{id}`];
    const done = strategy === 'write-behind' ? 202 : 200;
    const onPut = [done, 400, 404, 413, 415, 500, 503];
    expect(statuses(endpoints?.get)).toEqual([200, ...refusals]);
    expect(statuses(endpoints?.put)).toEqual(onPut);
    expect(endpoints?.put?.responses).toMatchObject({
      400: refusalWith('expected'),
      404: refusalWith('message'),
      413: refusalWith('expected'),
      503: {
        ...refusalWith('outcome'),
        headers: { 'Retry-After': { schema: { type: 'integer' } } },
      },
    });
  }
  const queue = paths['/cache-strategies/write-behind/queue/status'];
  expect(statuses(queue?.get)).toEqual([200, 401]);
  expect(queue?.get?.responses[401]).toMatchObject(refusalWith('expected'));
});

function refusalWith(field: string): object {
  const schema = {
    required: ['statusCode', 'error', field],
    properties: { [field]: { type: expect.any(String) } },
  };
  return { content: { 'application/json': { schema } } };
}

test('a request is a line of JSON in the log, without what it brought', async () => {
  await using app = await runApp();
  const lines: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    app.app.useLogger(new ConsoleLogger({ json: true, flattenParams: true }));
    const query = 'token=secret';
    await app.ask('PUT', `${path}/1?${query}`, { name: 'A secret lamp' });
  } finally {
    write.mockRestore();
    app.app.useLogger(false);
  }
  const requests = lines
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'request');
  expect(requests).toEqual([
    expect.objectContaining({
      level: 'log',
      context: 'RequestLog',
      method: 'PUT',
      path: `${path}/1`,
      status: 202,
      ms: expect.any(Number),
    }),
  ]);
  expect(lines.join('')).not.toContain('secret');
});
