import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient, type RedisClientType } from 'redis';
import { Guard, type Guarded } from '../../services/guard.ts';
import { startPostgres } from '../../services/postgres.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { projectFile } from '../../shared/project-file.ts';
import { sqlRegion } from '../../shared/sql-region.ts';
import type { User } from '../../shared/user.ts';
import { PostgresStore } from './postgres-store.ts';
import { readStatements } from './read-statements.ts';
import type { WorkerSettings } from './worker-process.ts';
import { WriteBehindClient } from './write-behind-client.ts';
import { WriteQueue } from './write-queue.ts';

const folder = projectFile('examples/write-behind/many-nodes');
export const statements = path.join(folder, 'users.sql');

/** No test waits for it: where a lease shall pass, it is removed. */
const leaseMs = 600_000;

export interface Services {
  readonly redis: Server;
  readonly postgres: Server;
}

export async function withServices(
  work: (services: Services) => Promise<void>,
): Promise<void> {
  await using redis = await startRedis();
  await using postgres = await startPostgres();
  await work({ redis, postgres });
}

type Choice = Partial<Pick<WorkerSettings, 'isFenced' | 'gate'>>;

/** A client, and as many workers as are wanted, each a process of its own. */
export class Nodes {
  readonly client: WriteBehindClient<User>;
  readonly store: PostgresStore<User>;
  readonly queue: WriteQueue<User>;
  readonly redis: RedisClientType;
  readonly pool: Pool;
  readonly partitions: number;
  readonly #services: Services;
  readonly #guard: Guard;

  /** Of what was there before, nothing is left. */
  static async open(services: Services, partitions: number): Promise<Nodes> {
    const redis: RedisClientType = createClient({
      url: services.redis.url,
      disableOfflineQueue: true,
    });
    redis.on('error', () => {});
    await redis.connect();
    await redis.flushAll();
    const pool = new Pool(services.postgres);
    await pool.query('DROP TABLE IF EXISTS users, partitions CASCADE');
    await pool.query(sqlRegion(statements, 'schema'));
    const guard = await Guard.open();
    return new Nodes(services, redis, pool, guard, partitions);
  }

  private constructor(
    services: Services,
    redis: RedisClientType,
    pool: Pool,
    guard: Guard,
    partitions: number,
  ) {
    this.#services = services;
    this.#guard = guard;
    this.redis = redis;
    this.pool = pool;
    this.partitions = partitions;
    // #region client
    this.queue = new WriteQueue({ redis, name: 'users', partitions });
    this.store = new PostgresStore(pool, readStatements(statements));
    this.client = new WriteBehindClient(this.queue, this.store);
    // #endregion client
  }

  /** It has begun to take its share. */
  async start(worker: string, choice: Choice = {}): Promise<Guarded> {
    const { redis, postgres } = this.#services;
    const settings: WorkerSettings = {
      worker,
      redis: redis.url,
      postgres: postgres.url,
      partitions: this.partitions,
      leaseMs,
      statements,
      isFenced: true,
      ...choice,
    };
    const guarded = this.#guard.run(process.execPath, [
      ...['--import', typeScript()],
      path.join(folder, 'worker-process.ts'),
      JSON.stringify(settings),
    ]);
    await guarded.printed(`${worker} is ready`);
    return guarded;
  }

  // #region expire
  /** What its lease passing would do, and what it would make the others see. */
  async expire(worker: string): Promise<void> {
    for (let partition = 0; partition < this.partitions; partition += 1) {
      const lease = this.queue.keyOf(partition, 'lease');
      const holder = await this.redis.get(lease);
      if (holder?.startsWith(`${worker} `)) await this.redis.del(lease);
    }
    await this.redis.zRem('users:workers', worker);
    await this.redis.publish('users:workers', worker);
  }
  // #endregion expire

  /** Lets one write pass. */
  async openGate(gate: string): Promise<void> {
    await this.redis.rPush(gate, 'open');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#guard.close();
    this.redis.destroy();
    await this.pool.end();
  }
}

/** A worker starts in a directory that knows of no packages. */
function typeScript(): string {
  const file = projectFile('node_modules/jiti/lib/jiti-register.mjs');
  return pathToFileURL(file).href;
}
