/** One worker, as a program. What it has to know is its argument, as JSON. */
import pg from 'pg';
import { createClient } from 'redis';
import { sqlRegion } from '../../shared/sql-region.ts';
import { Leases } from './leases.ts';
import type { ClaimedStore, PartitionedStore } from './partitioned-store.ts';
import { PostgresStore } from './postgres-store.ts';
import { readStatements } from './read-statements.ts';
import { UnfencedStore } from './unfenced-store.ts';
import { Worker } from './worker.ts';
import { WriteQueue } from './write-queue.ts';

export interface WorkerSettings {
  readonly worker: string;
  readonly redis: string;
  readonly postgres: string;
  readonly partitions: number;
  readonly leaseMs: number;
  /** The file with the statements. */
  readonly statements: string;
  readonly isFenced: boolean;
  /** A list in Redis. Each write waits for an element of it. */
  readonly gate?: string;
}

const settings: WorkerSettings = JSON.parse(process.argv[2] ?? '');
const { partitions, leaseMs, gate } = settings;
const say = (text: string) => console.log(`${settings.worker} ${text}`);
const onError = (error: unknown) => console.error(error);

const pool = new pg.Pool({ connectionString: settings.postgres });
pool.on('error', onError);
const redis = createClient({ url: settings.redis });
redis.on('error', onError);
await redis.connect();
const gates = redis.duplicate();
gates.on('error', onError);
await gates.connect();
const queue = new WriteQueue({ redis, name: 'users', partitions });
const leases = new Leases({ redis, queue, worker: settings.worker, leaseMs });

const { statements } = settings;
const fenced = new PostgresStore<unknown>(pool, readStatements(statements));
const unfenced = new UnfencedStore<unknown>(pool, {
  write: sqlRegion(statements, 'write-unfenced'),
  read: sqlRegion(statements, 'read'),
});
const inner = settings.isFenced ? fenced : unfenced;

let batches = 0;

// #region ask
/** Whoever has no fence asks for the lease before each write. */
const store: PartitionedStore<unknown> = {
  read: (key) => inner.read(key),
  async claim(claim): Promise<ClaimedStore<unknown>> {
    const claimed = await inner.claim(claim);
    return {
      ...claimed,
      async write(batch) {
        const isOwner = await leases.renew(claim);
        if (!isOwner) throw new Error('somebody else owns the partition');
        // #region pause
        if (gate !== undefined) {
          say('owns the lease, and is about to write');
          await gates.blPop(gate, 0);
        }
        // #endregion pause
        await claimed.write(batch);
        batches += 1;
        say(`has stored batch ${batches}`);
      },
    };
  },
};
// #endregion ask

// #region start
const worker = await Worker.start({
  redis,
  name: 'users',
  partitions,
  worker: settings.worker,
  store,
  leaseMs,
  onError: (error) => say(`says ${String(error)}`),
  onChange: ({ type, partition, token }) =>
    say(`${type} ${partition} token ${token}`),
});
// #endregion start
say('is ready');

process.once('SIGTERM', async () => {
  await worker.close();
  gates.destroy();
  redis.destroy();
  await pool.end();
});
