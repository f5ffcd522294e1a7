import type { RedisClientType } from 'redis';
import { expect, test } from 'vitest';
import { describeWithRedis } from './describe-with-redis.ts';
import { type Claim, FencedOutError } from './partitioned-store.ts';
import { Worker } from './worker.ts';

describeWithRedis(({ redis }) => {
  test('where Redis has lost its count of tokens, a worker goes on above what the store has seen', async () => {
    const { worker, told, store } = await start(redis());
    await told('taken 0 token 1');
    // The second time, nothing else is left that would wake it.
    for (const seen of [41, 99]) {
      store.seen = seen;
      await redis().del('{users:0}:lease');
      await redis().del('{users:0}:token');
      await redis().publish('users:workers', 'other');
      await told(`taken 0 token ${seen + 1}`);
    }
    await worker.close();
  });

  test("a worker whose lease is another one's stops by itself", async () => {
    const { worker, told } = await start(redis());
    await told('taken 0 token 1');
    await redis().set('{users:0}:lease', 'other 2');
    await redis().publish('users:workers', 'other');
    await told('lost 0 token 1');
    await worker.close();
    expect(await redis().get('{users:0}:lease')).toBe('other 2');
  });

  test('a partition that the store does not let it claim is free for others, and for another try', async () => {
    const { worker, told, store } = await start(redis(), { isDown: true });
    await told('error: no answer');
    store.isDown = false;
    await redis().publish('users:workers', 'other');
    await told('taken 0');
    await worker.close();
  });

  test('one that is closed leaves nothing behind but the count of tokens', async () => {
    const { worker, told, store } = await start(redis());
    await told('taken 0 token 1');
    await Promise.all([worker.close(), worker.close()]);
    expect(told.lines).toEqual(['taken 0 token 1', 'given back 0 token 1']);
    expect(await redis().keys('*')).toEqual(['{users:0}:token']);
    await redis().publish('users:workers', 'other');
    expect(store.claims).toHaveLength(1);
  });

  test('a worker that cannot start leaves no connection open', async () => {
    const subscriber = redis().duplicate();
    const unconnected = Object.assign(redis().duplicate(), {
      duplicate: () => subscriber,
    });
    await expect(start(unconnected)).rejects.toThrow('The client is closed');
    expect(subscriber.isOpen).toBe(false);
  });

  test('batches of no operations are not possible', async () => {
    await expect(start(redis(), { maxBatchSize: 0 })).rejects.toThrow(
      'maxBatchSize: expected a whole number above 0, got 0',
    );
  });
});

async function start(
  redis: RedisClientType,
  {
    maxBatchSize = 10,
    ...situation
  }: Situation & { maxBatchSize?: number } = {},
) {
  const store = new Claims(situation);
  const told = listen();
  const worker = await Worker.start({
    ...{ redis, name: 'users', partitions: 1, worker: 'a', store },
    ...{ maxBatchSize, leaseMs: 600_000 },
    onError: (error) =>
      told.tell(`error: ${error instanceof Error ? error.message : error}`),
    onChange: ({ type, partition, token }) =>
      told.tell(`${type} ${partition} token ${token}`),
  });
  return { worker, store, told };
}

/** Resolves when a line that begins so is told, or was. */
function listen() {
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  const told = async (line: string) => {
    if (lines.some((one) => one.startsWith(line))) return;
    await new Promise<void>((resolve) => waiting.set(line, resolve));
  };
  const tell = (line: string) => {
    lines.push(line);
    for (const [start, resolve] of waiting) {
      if (line.startsWith(start)) resolve();
    }
  };
  return Object.assign(told, { lines, tell });
}

interface Situation {
  readonly isDown?: boolean;
}

/** A store that nobody writes to. */
class Claims {
  readonly claims: Claim[] = [];
  isDown: boolean;
  seen = 0;

  constructor({ isDown = false }: Situation) {
    this.isDown = isDown;
  }

  async claim(claim: Claim) {
    if (this.isDown) throw new Error('no answer');
    this.claims.push(claim);
    if (claim.token <= this.seen) throw new FencedOutError(claim, this.seen);
    this.seen = claim.token;
    return { position: 0, read: this.read, write: async () => {} };
  }

  async read(): Promise<undefined> {}
}
