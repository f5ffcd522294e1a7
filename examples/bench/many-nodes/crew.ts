import { pathToFileURL } from 'node:url';
import { createClient, type RedisClientType } from 'redis';
import { Guard } from '../../services/guard.ts';
import { startPostgres } from '../../services/postgres.ts';
import { startRedis } from '../../services/redis.ts';
import type { Server } from '../../services/server.ts';
import { Pool } from '../../services/sql.ts';
import { projectFile } from '../../shared/project-file.ts';
import { sqlRegion } from '../../shared/sql-region.ts';
import { guests } from '../../shared/user.ts';
import { WriteQueue } from '../../write-behind/many-nodes/write-queue.ts';
import type { Order, Orders } from './worker-process.ts';

const statements = projectFile('examples/write-behind/many-nodes/users.sql');

export interface Situation {
  readonly workers: number;
  readonly partitions: number;
}

/** Workers in processes of their own, of which some are told to work. */
export class Crew {
  readonly #pool: Pool;
  readonly #redis: RedisClientType;
  #jobs = 0;

  static async use(
    size: number,
    work: (crew: Crew) => Promise<void>,
  ): Promise<void> {
    await using redisServer = await startRedis({ appendfsync: 'everysec' });
    await using postgres = await startPostgres();
    await using pool = new Pool(postgres);
    await pool.query(sqlRegion(statements, 'schema'));
    await using guard = await Guard.open();
    const redis: RedisClientType = createClient({ url: redisServer.url });
    redis.on('error', () => {});
    await redis.connect();
    const services = { redis: redisServer, postgres };
    const started = Array.from({ length: size }, (_, index) =>
      startWorker(guard, services, `worker-${index}`),
    );
    // One that ends fails the measurement, instead of being waited for.
    const ends = started.map(async (guarded) => {
      const { code, signal } = await guarded.ended;
      throw new Error(`a worker: ${signal ?? code}\n${guarded.output}`);
    });
    try {
      await Promise.race([work(new Crew(pool, redis)), ...ends]);
    } finally {
      for (const end of ends) end.catch(() => {});
      redis.destroy();
    }
  }

  private constructor(pool: Pool, redis: RedisClientType) {
    this.#pool = pool;
    this.#redis = redis;
  }

  // #region time
  /** Milliseconds until so many writes are stored, all of which wait at first. */
  async time({ workers, partitions }: Situation, writes: number) {
    this.#jobs += 1;
    const name = `job-${this.#jobs}`;
    await this.#pool.query('TRUNCATE users, partitions');
    await this.#redis.set(`${name}:left`, writes);
    const order = { name, partitions, share: partitions / workers };
    await this.#tell(workers, 'join', order);
    await this.#tell(workers, 'work', order);
    // They begin at the same time: when the table is free.
    const lock = await this.#pool.connect();
    await lock.query('BEGIN; LOCK TABLE users IN EXCLUSIVE MODE');
    await this.#append(order, writes);
    const begin = performance.now();
    await lock.query('COMMIT');
    await this.#redis.blPop('stored', 0);
    const took = performance.now() - begin;
    lock.release();
    await this.#tell(workers, 'end', order);
    return took;
  }
  // #endregion time

  async #append({ name, partitions }: Order, writes: number): Promise<void> {
    const maxPending = writes;
    const redis = this.#redis;
    const queue = new WriteQueue({ redis, name, partitions, maxPending });
    await Promise.all(
      guests(writes).map((user) => queue.append(user.id, user)),
    );
  }

  async #tell(workers: number, kind: string, order: Order): Promise<void> {
    for (let index = 0; index < workers; index += 1) {
      const list = `worker-${index}:${kind}`;
      await this.#redis.rPush(list, JSON.stringify(order));
    }
    for (let index = 0; index < workers; index += 1) {
      await this.#redis.blPop('done', 0);
    }
  }
}

function startWorker(
  guard: Guard,
  services: { readonly redis: Server; readonly postgres: Server },
  worker: string,
) {
  const { redis, postgres } = services;
  const orders: Orders = {
    ...{ worker, statements },
    redis: redis.url,
    postgres: postgres.url,
  };
  const jiti = projectFile('node_modules/jiti/lib/jiti-register.mjs');
  return guard.run(process.execPath, [
    ...['--import', pathToFileURL(jiti).href],
    projectFile('examples/bench/many-nodes/worker-process.ts'),
    JSON.stringify(orders),
  ]);
}
