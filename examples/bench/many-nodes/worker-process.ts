/** A worker that works when it is told to, as often as it is told to. */
import pg from 'pg';
import { createClient, type RedisClientType } from 'redis';
import { Leases } from '../../write-behind/many-nodes/leases.ts';
import type { PartitionedStore } from '../../write-behind/many-nodes/partitioned-store.ts';
import { PostgresStore } from '../../write-behind/many-nodes/postgres-store.ts';
import { readStatements } from '../../write-behind/many-nodes/read-statements.ts';
import { Worker } from '../../write-behind/many-nodes/worker.ts';
import { WriteQueue } from '../../write-behind/many-nodes/write-queue.ts';

export interface Orders {
  readonly worker: string;
  readonly redis: string;
  readonly postgres: string;
  readonly statements: string;
}

export interface Order {
  /** Another one each time. */
  readonly name: string;
  readonly partitions: number;
  /** How many of them it shall own. */
  readonly share: number;
}

const orders: Orders = JSON.parse(process.argv[2] ?? '');
const worker = orders.worker;
const onError = (error: unknown) => console.error(error);
const redis: RedisClientType = createClient({ url: orders.redis });
redis.on('error', onError);
await redis.connect();
const boss = redis.duplicate();
boss.on('error', onError);
await boss.connect();
const pool = new pg.Pool({ connectionString: orders.postgres, max: 16 });
pool.on('error', onError);
const statements = readStatements(orders.statements);
const table = new PostgresStore<unknown>(pool, statements);

for (;;) {
  const order: Order = JSON.parse(await next('join'));
  const { name, partitions, share } = order;
  const queue = new WriteQueue({ redis, name, partitions });
  // All are known before one of them takes its share.
  await new Leases({ redis, queue, worker }).heartbeat();
  await done();
  await next('work');
  let owned = 0;
  await new Promise<Worker<unknown>>((resolve, reject) => {
    const started = Worker.start({
      ...{ redis, name, partitions, worker, onError },
      store: counted(name),
      onChange() {
        owned += 1;
        if (owned === share) started.then(resolve, reject);
      },
    });
    started.catch(reject);
  }).then(async (working) => {
    await done();
    await next('end');
    await working.close();
    await done();
  });
}

async function next(kind: string): Promise<string> {
  const found = await boss.blPop(`${worker}:${kind}`, 0);
  return found?.element ?? '';
}

async function done(): Promise<void> {
  await redis.rPush('done', worker);
}

/** Whoever stores the last of what is left says so. */
function counted(name: string): PartitionedStore<unknown> {
  return {
    read: (key) => table.read(key),
    async claim(claim) {
      const claimed = await table.claim(claim);
      return {
        ...claimed,
        async write(batch) {
          await claimed.write(batch);
          const left = await redis.decrBy(`${name}:left`, batch.length);
          if (left === 0) await redis.rPush('stored', name);
        },
      };
    },
  };
}
