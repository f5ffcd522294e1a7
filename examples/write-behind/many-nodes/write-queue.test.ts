import { expect, test } from 'vitest';
import { describeWithRedis } from './describe-with-redis.ts';
import { partitionOf } from './partition-of.ts';
import { QueueFullError, WriteQueue } from './write-queue.ts';

describeWithRedis(({ redis, server }) => {
  const open = (options: { maxPending?: number; partitions?: number } = {}) =>
    new WriteQueue<unknown>({
      ...{ redis: redis(), name: 'users', partitions: 1 },
      ...options,
    });

  const waiting = (queue: WriteQueue<unknown>, after = 0, partition = 0) =>
    queue.read(partition, after, { count: 100, waitMs: 1, redis: redis() });

  test('operations wait in the order in which they were appended', async () => {
    const queue = open();
    const versions = [
      await queue.append('linh', 1),
      await queue.append('haruka', 2),
      await queue.append('linh'),
    ];
    const [first = 0, second = 0, third = 0] = versions;
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
    expect(await waiting(queue)).toEqual([
      { type: 'set', key: 'linh', value: 1, version: first },
      { type: 'set', key: 'haruka', value: 2, version: second },
      { type: 'delete', key: 'linh', version: third },
    ]);
    expect(await waiting(queue, second)).toHaveLength(1);
  });

  test('what JSON cannot hold is refused by the name of its key', async () => {
    const queue = open();
    for (const value of [() => 1, Symbol('pro')]) {
      await expect(queue.append('linh', value)).rejects.toThrow(
        `linh: expected what JSON can hold, got ${typeof value}`,
      );
    }
    expect(await waiting(queue)).toEqual([]);
  });

  test('a key is always in its partition', async () => {
    const queue = open({ partitions: 4 });
    for (const key of ['linh', 'haruka', 'Trần', '']) {
      await queue.append(key, 1);
      const found = await waiting(queue, 0, partitionOf(key, 4));
      expect(found.map((operation) => operation.key)).toContain(key);
    }
  });

  test('the newest operation is pending, be it a delete, until it is settled', async () => {
    const queue = open();
    await queue.append('linh', 'free');
    const version = await queue.append('linh', 'pro');
    const set = { type: 'set', key: 'linh', value: 'pro', version };
    expect(await queue.pending('linh')).toEqual(set);
    const deleted = await queue.append('linh');
    expect(await queue.pending('linh')).toEqual({
      ...{ type: 'delete', key: 'linh', version: deleted },
    });
    await queue.settle(0, await waiting(queue));
    expect(await queue.pending('linh')).toBeUndefined();
    expect(await waiting(queue)).toEqual([]);
  });

  test('what comes while a batch is on its way is settled by no means', async () => {
    const queue = open();
    await queue.append('linh', 'free');
    const batch = await waiting(queue);
    await queue.append('linh', 'pro');
    await queue.settle(0, batch);
    expect(await queue.pending('linh')).toMatchObject({ value: 'pro' });
    expect(await waiting(queue)).toMatchObject([{ value: 'pro' }]);
  });

  test('one who settles late settles nothing that is newer', async () => {
    const queue = open();
    await queue.append('linh', 'free');
    const batch = await waiting(queue);
    await queue.settle(0, batch);
    await queue.append('linh', 'pro');
    await queue.settle(0, batch);
    expect(await queue.pending('linh')).toMatchObject({ value: 'pro' });
    expect(await waiting(queue)).toHaveLength(1);
  });

  test.each([0, '', false, null, { deep: ['ä', ' '] }])(
    '%j is a value like any other',
    async (value) => {
      const queue = open();
      await queue.append('linh', value);
      expect(await queue.pending('linh')).toMatchObject({ value });
      expect(await waiting(queue)).toMatchObject([{ type: 'set', value }]);
    },
  );

  test('a full partition refuses, and takes writes again when it has room', async () => {
    const queue = open({ maxPending: 2 });
    await queue.append('linh', 1);
    await queue.append('linh', 2);
    const third = queue.append('linh', 3);
    await expect(third).rejects.toThrow(QueueFullError);
    await expect(third).rejects.toThrow('partition 0: 2 operations wait');
    expect(await queue.pending('linh')).toMatchObject({ value: 2 });
    await queue.settle(0, await waiting(queue));
    await queue.append('linh', 3);
    expect(await waiting(queue)).toHaveLength(1);
  });

  test('versions grow where the clock of Redis was put back', async () => {
    const queue = open();
    const ahead = 2 ** 52;
    await redis().set(queue.keyOf(0, 'version'), ahead);
    expect(await queue.append('linh', 1)).toBe(ahead + 1);
    expect(await queue.append('linh', 2)).toBe(ahead + 2);
  });

  test('versions grow above what the store has, and are never put back', async () => {
    const queue = open();
    const ahead = 2 ** 52;
    await queue.raise(0, ahead);
    await queue.raise(0, 5);
    expect(await queue.append('linh', 1)).toBe(ahead + 1);
  });

  test('what the store refuses for good can be looked at', async () => {
    const queue = open();
    await queue.append('linh', 1);
    const [operation] = await waiting(queue);
    if (operation) await queue.bury(0, operation, new Error('no such plan'));
    const letters = await redis().xRange(queue.keyOf(0, 'dead'), '-', '+');
    expect(letters?.map(({ message }) => ({ ...message }))).toEqual([
      {
        operation: JSON.stringify(operation),
        error: 'Error: no such plan',
      },
    ]);
  });

  test('an error, and no acknowledgement, where Redis is gone', async () => {
    const queue = open();
    await server().kill();
    await expect(queue.append('linh', 1)).rejects.toThrow();
    const back = new Promise((resolve) => redis().once('ready', resolve));
    await server().restart();
    await back;
  });

  test.each([0, 1.5])('%d partitions are not possible', (partitions) => {
    expect(() => open({ partitions })).toThrow(
      `partitions: expected a whole number above 0, got ${partitions}`,
    );
  });
});
