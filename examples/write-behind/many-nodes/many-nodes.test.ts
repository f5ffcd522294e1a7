import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../services/command.ts';
import { startPostgres } from '../../services/postgres.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { guests, haruka, linh } from '../../shared/user.ts';
import { Nodes, type Services } from './nodes.ts';
import { StoredWrites } from './stored-writes.ts';
import { story } from './story.ts';
import { WriteQueue } from './write-queue.ts';

describe.skipIf(findCommand('redis-server') === undefined)(
  'redis-server:',
  () => {
    let redis: Server;
    let postgres: Server;
    let services: Services;

    beforeAll(async () => {
      [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
      services = { redis, postgres };
    });

    afterAll(async () => {
      await redis?.stop();
      await postgres?.stop();
    });

    test('without a fence, a paused worker overwrites a newer row', async () => {
      const output = await printed((print) =>
        story(services, { isFenced: false }, print),
      );
      await expect(output).toMatchFileSnapshot('before.out.txt');
    });

    test('with a fence, a paused worker is refused by its token', async () => {
      const output = await printed((print) =>
        story(services, { isFenced: true }, print),
      );
      await expect(output).toMatchFileSnapshot('after.out.txt');
    });

    // #region kill
    test('kills lose nothing, and each key keeps its order', async () => {
      await using nodes = await Nodes.open(services, 4);
      const { redis, pool } = nodes;
      const queue = new WriteQueue<number>({
        ...{ redis, name: 'users', partitions: 4 },
      });
      const keys = guests(20).map(({ id }) => id);
      await using stored = await StoredWrites.listen(services.postgres);
      const workers = [await nodes.start('worker-0')];
      let round = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const next = await nodes.start(`worker-${kill + 1}`);
        workers.push(next);
        await next.printed('taken');
        const first = round + 1;
        const writing = Array.from({ length: 40 * keys.length }, (_, write) => {
          const number = first + Math.floor(write / keys.length);
          return queue.append(keys[write % keys.length] ?? '', number);
        });
        round += 40;
        // They are in the middle of it.
        await stored.some((number) => number >= first);
        await workers[kill]?.kill();
        await Promise.all(writing);
        await nodes.expire(`worker-${kill}`);
      }
      await Promise.all(keys.map((key) => stored.of(key, round)));
      for (const numbers of stored.byKey.values()) {
        // Strictly: nothing was stored twice either.
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }
      const { rows } = await pool.query('SELECT profile FROM users');
      expect(rows).toEqual(keys.map(() => ({ profile: round })));
    });
    // #endregion kill

    test('a worker that joins gets its share, and hands it over when it leaves', async () => {
      await using nodes = await Nodes.open(services, 4);
      const a = await nodes.start('a');
      for (const partition of [0, 1, 2, 3]) {
        await a.printed(`a taken ${partition} token 1`);
      }
      const b = await nodes.start('b');
      for (const partition of [2, 3]) {
        await a.printed(`a given back ${partition} token 1`);
        await b.printed(`b taken ${partition} token 2`);
      }
      b.signal('SIGTERM');
      expect(await b.ended).toMatchObject({ code: 0 });
      for (const partition of [2, 3]) {
        await a.printed(`a taken ${partition} token 3`);
      }
      a.signal('SIGTERM');
      expect(await a.ended).toMatchObject({ code: 0 });
      expect(await nodes.redis.keys('*lease')).toEqual([]);
    });

    test('where Redis has lost all, and its clock is behind, what is written to the next owner is stored', async () => {
      await using nodes = await Nodes.open(services, 1);
      const { client, store } = nodes;
      const past = await store.claim({ partition: 0, token: 1 });
      const version = 2 ** 52;
      await past.write([{ type: 'set', key: 'linh', value: haruka, version }]);
      const a = await nodes.start('a');
      await a.printed('a taken 0 token 2');
      await client.set('linh', linh);
      await a.printed('has stored batch 1');
      expect(await store.read('linh')).toEqual(linh);
    });

    test('what was stored and not settled is settled by the next, and not stored twice', async () => {
      await using nodes = await Nodes.open(services, 1);
      const { client, store, queue, redis, pool } = nodes;
      await client.set('linh', linh);
      // As if a worker had been killed between the two.
      const batch = await queue.read(0, 0, { count: 10, waitMs: 1, redis });
      const past = await store.claim({ partition: 0, token: 0 });
      await past.write(batch);
      await pool.query(`UPDATE users SET profile = '"stored"'`);
      await client.set('haruka', haruka);
      const a = await nodes.start('a');
      await a.printed('has stored batch 1');
      a.signal('SIGTERM');
      await a.ended;
      expect(await client.get('linh')).toBe('stored');
      expect(await client.get('haruka')).toEqual(haruka);
      expect(await redis.xLen(queue.keyOf(0, 'stream'))).toBe(0);
      expect(await redis.exists(queue.keyOf(0, 'pending'))).toBe(0);
    });
  },
);

const { CI } = process.env;
const kills = CI ? 10 : 2;

async function printed(
  demo: (print: (line: string) => void) => Promise<void>,
): Promise<string> {
  let output = '';
  await demo((line) => {
    output += `${line}\n`;
  });
  return output;
}
