import { describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { VirtualClock } from '../../shared/virtual-clock.ts';
import { CurlSession } from './curl-session.ts';
import type { Strategy } from './database.ts';
import { runApp } from './running-app.ts';

const at = 'localhost:3000/cache-strategies';

function put(strategy: Strategy, id: number, body: string): string {
  return [
    `curl -s -X PUT ${at}/${strategy}/${id} \\`,
    `  -H 'Content-Type: application/json' -d '${body}'`,
  ].join('\n');
}

const hasTools = ['bash', 'curl'].every((name) => findCommand(name));

describe.skipIf(!hasTools)('bash and curl: as the page shows it', () => {
  test('a write that is stored later', async () => {
    const clock = new VirtualClock();
    await using app = await runApp({}, clock);
    const session = new CurlSession(app);
    await session.type(put('write-behind', 1, '{"price": 39.9}'));
    await session.type(`curl -s ${at}/write-behind/queue/status`);
    await clock.advance(1000);
    session.note('a second later');
    await session.type(`curl -s ${at}/write-behind/1`);
    await session.type(`curl -s ${at}/write-behind/queue/status`);
    await expect(session.text).toMatchFileSnapshot('write-behind.out.txt');
  });

  test('the other strategies', async () => {
    await using app = await runApp();
    const session = new CurlSession(app);
    for (const strategy of ['cache-aside', 'read-through', 'write-through']) {
      await session.type(put(strategy as Strategy, 1, '{"price": 39.9}'));
      await session.type(`curl -s ${at}/${strategy}/1`);
    }
    await expect(session.text).toMatchFileSnapshot('others.out.txt');
  });

  test('what is refused', async () => {
    await using app = await runApp();
    const session = new CurlSession(app);
    for (const id of ['abc', '-1', '1e9', '999']) {
      await session.type(`curl -s ${at}/write-behind/${id}`);
    }
    for (const body of [
      '{"colour": "red"}',
      '{"price": "39.9", "stock": null}',
      '{"__proto__": {"stock": 0}}',
      '{"constructor": {"prototype": {}}}',
    ]) {
      await session.type(put('write-behind', 1, body));
    }
    await session.type(
      [
        'head -c 10000000 /dev/zero | tr "\\0" x |',
        `  curl -s -X PUT ${at}/write-behind/1 \\`,
        "  -H 'Content-Type: application/json' --data-binary @-",
      ].join('\n'),
    );
    await expect(session.text).toMatchFileSnapshot('refused.out.txt');
  });

  test('a full queue', async () => {
    await using app = await runApp({ MAX_PENDING: '2' }, new VirtualClock());
    for (const id of [1, 2, 3]) {
      await app.ask('GET', `/cache-strategies/write-behind/${id}`);
    }
    app.database.rowsOf('write-behind').hang();
    for (const id of [1, 2]) {
      const path = `/cache-strategies/write-behind/${id}`;
      expect((await app.ask('PUT', path, { stock: 1 })).status).toBe(202);
    }
    const session = new CurlSession(app);
    const answer = await session.type(
      `${put('write-behind', 3, '{"stock": 29}')} -i |\n  grep -iE '^HTTP|^Retry|^{'`,
    );
    expect(answer).toMatch(/^Retry-After: [3-6]\d\r?$/im);
    await expect(session.text).toMatchFileSnapshot('full.out.txt');
    app.database.rowsOf('write-behind').recover();
  });

  test('the queue, to a stranger and to who has the token', async () => {
    const clock = new VirtualClock();
    const token = 'correct-horse-battery-staple';
    await using app = await runApp({ QUEUE_TOKEN: token }, clock);
    const path = '/cache-strategies/write-behind';
    await app.ask('PUT', `${path}/1`, { price: 39.9 });
    await clock.advance(400);
    await app.ask('PUT', `${path}/3`, { stock: 29 });
    const session = new CurlSession(app);
    const status = `${at}/write-behind/queue/status`;
    await session.type(`curl -s ${status}`);
    const bearer = "-H 'Authorization: Bearer";
    await session.type(`curl -s ${status} \\\n  ${bearer} a-guess'`);
    await session.type(`curl -s ${status} \\\n  ${bearer} ${token}'`);
    await expect(session.text).toMatchFileSnapshot('queue.out.txt');
  });

  test('health and metrics', async () => {
    const clock = new VirtualClock();
    await using app = await runApp({}, clock);
    const rows = app.database.rowsOf('write-behind');
    await app.ask('GET', '/cache-strategies/write-behind/1');
    rows.hang();
    await app.ask('PUT', '/cache-strategies/write-behind/1', { stock: 1 });
    await clock.advance(90_000);
    const session = new CurlSession(app);
    session.note('the database has hung for a minute and a half');
    await session.type('curl -s localhost:3000/health/live');
    await session.type('curl -s localhost:3000/health/ready');
    await session.type(
      "curl -s localhost:3000/metrics |\n  grep -E '^write_behind_(queue|oldest)'",
    );
    await expect(session.text).toMatchFileSnapshot('operations.out.txt');
    rows.recover();
  });
});
